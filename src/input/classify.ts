import { posix } from 'node:path'

/** What the path of a file alone says about it. */
export type SkipReason =
  | 'build output' | 'declaration' | 'test' | 'migration' | 'generated' | 'minified' | 'vendored' | 'tooling' | 'example'

/** Folders with a package.json, and the audited root itself; those of websites that are services. */
export interface PackageRoots {
  has(folder: string): boolean
  services: ReadonlySet<string>
  /** Sites of documentation, by what they are generated with. */
  documentation: ReadonlySet<string>
  /** Folders whose files are sent to browsers as they are. */
  served: ReadonlySet<string>
}

export const sourceExtension = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|astro)$/

const buildFolders = new Set([
  'dist', '.next', '.nuxt', '.output', 'coverage', '.turbo', '.vercel', '.netlify', '.svelte-kit', '.astro', '.serverless', '.aws-sam', '.nyc_output',
])
/** Usual names of hand-written folders too: build output only beside a package.json, as what is called `dist-lib`. */
const buildFoldersOfPackage = /^(?:build|out|dist[-_][\w-]+)$/
const testFolders = new Set(['__tests__', '__test__', '__mocks__', '__fixtures__', '__snapshots__', '__e2e__', '__integration__', 'test', 'tests', 'test-server', 'test-servers', 'test-utils', 'test-helpers', 'e2e', 'cypress'])
/** `test-e2e`, `e2e-tests`, `integration_test` */
const testKind = /^(?:(?:e2e|integration|unit|functional|acceptance|smoke|load|perf|performance|stress|regression|browser|system)[-_]?tests?|tests?[-_](?:e2e|integration|unit|functional|acceptance|smoke|load|perf|performance|support|fixtures|data))$/
const isTestFolder = (folder: string): boolean => testFolders.has(folder) || testKind.test(folder)
/** Stands in for another service while one develops or tests: `mock-oauth-server`. */
const standIn = /^(?:(?:mock|fake|stub)-(?:[\w-]+-)?|(?:[\w-]+-)?(?:mock|fake|stub)-)(?:server|proxy|api|service|backend|provider|gateway)s?$/
/** Files that a framework takes for a page or route of the folder's name, also where that is `test`. */
const routeFile = /(?:^|\/)(?:src\/)?(?:app|routes)\/.*\/(?:route|page|layout|\+server|\+page|\+layout)(?:\.server)?\.(?:[jt]sx?|svelte)$/
const testFile = /(?:_test|\.(?:(?:client|server|unit|api|db|e2e|int|integration|func|functional|smoke)?[._-]?tests?|specs?|cy|e2e|e2e-spec|int-spec|stories|story))\.[cm]?[jt]sx?$/
const testSetup = /^(?:(?:jest|vitest|playwright|cypress|karma|mocha|protractor|wdio|nightwatch|stryker)[.-].*|setup-?tests?|test-?setup|test)\.[cm]?[jt]sx?$/i
/** Named after its contents, as bundlers do: `index.c38d8f17.js`, `vendor-d13879e1.js`. */
const hashed = /^[\w.-]+[.-](?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,20}\.m?js$/
const migrationFolders = new Set(['migrations', 'seeds', 'seeders'])
const numbered = /^V?\d{3,}/
const vendorFolders = new Set(['third_party', 'third-party', 'vendored'])
/** `vendor` is also a word of shops (`src/modules/vendor`): vendored only beside a package.json or among browser assets. */
const vendorFoldersOfPackage = new Set(['vendor', 'vendors'])
const assetFolders = new Set(['public', 'static', 'assets', 'js', 'javascripts', 'lib', 'libs', 'wwwroot'])
/** `js/lib/knockout-2.1.0.js`, `js/jquery-3.3.1.slim.js`: a library as it was fetched. */
const versioned = /^[a-z][a-z._-]*-\d+\.\d+(?:\.\d+)?(?:\.[a-z]+)*\.js$/i
const tool = [
  'webpack', 'rollup', 'vite', 'babel', 'tailwind', 'postcss', 'eslint', 'oxlint', 'prettier', 'stylelint', 'commitlint', 'lint-staged', 'tsup', 'tsdown', 'esbuild',
  'rspack', 'rsbuild', 'metro', 'svelte', 'vue', 'drizzle', 'prisma', 'i18next', 'next-i18next', 'next-sitemap', 'orval', 'codegen', 'openapi-ts', 'release',
  'semantic-release', 'size-limit', 'unocss', 'uno', 'windi', 'panda', 'docusaurus', 'nodemon', 'knip', 'craco', 'gatsby', 'snowpack', 'svgo', 'swc', 'capacitor', 'electron',
].join('|')
const toolFile = new RegExp(`^(?:(?:${tool})(?:[.-][\\w-]+)*[.-]config(?:\\.[\\w-]+)*|\\.[\\w-]+rc|\\.[\\w-]+|gulpfile(?:\\.babel|\\.esm)?|gruntfile|jakefile)\\.[cm]?[jt]s$`, 'i')
/** Folders with a leading dot belong to tools; these are conventions of server code. */
const codeDotFolders = new Set(['.server', '.client', '.well-known', '.adonisjs'])
const exampleFolders = new Set(['examples', 'example', 'samples', 'docs', 'website', 'playground', 'playgrounds', 'fixtures'])

/** Why a source file is left out by default, by its path; `undefined` where it is not. */
export function skipReason(file: string, packages: PackageRoots): SkipReason | undefined {
  const name = posix.basename(file)
  if (/\.d\.(?:[\w-]+\.)?[cm]?ts$/.test(name)) return 'declaration'
  return folderReason(file, packages) ?? nameReason(name, file, packages)
}

const known = new WeakMap<PackageRoots, Map<string, SkipReason | undefined>>()

/** The same for the folders of a path alone. Those named after tests may hold a route, which the file decides; the rest is asked once a folder. */
export function folderReason(file: string, packages: PackageRoots): SkipReason | undefined {
  const folder = posix.dirname(file)
  let reasons = known.get(packages)
  if (!reasons) known.set(packages, (reasons = new Map()))
  if (!reasons.has(folder)) reasons.set(folder, folder === '.' ? undefined : reasonOfFolders(`${folder}/.`, packages))
  const reason = reasons.get(folder)
  return reason === 'test' && routeFile.test(file) ? reasonOfFolders(file, packages) : reason
}

function reasonOfFolders(file: string, packages: PackageRoots): SkipReason | undefined {
  const folders = file.split('/').slice(0, -1)
  for (const [index, folder] of folders.entries()) {
    if (folder === 'website' && packages.services.has(folders.slice(0, index + 1).join('/'))) continue
    const atPackage = packages.has(folders.slice(0, index).join('/') || '.')
    if (isTestFolder(folder) && routeFile.test(file)) continue
    const path = folders.slice(0, index + 1).join('/')
    if (packages.served.has(path)) return 'vendored'
    if (packages.documentation.has(path)) return 'tooling'
    const reason = reasonOfFolder(folder, folders[index - 1], atPackage)
    if (reason) return reason
  }
  return undefined
}

function reasonOfFolder(folder: string, parent: string | undefined, atPackage: boolean): SkipReason | undefined {
  if (buildFolders.has(folder) || (atPackage && buildFoldersOfPackage.test(folder))) return 'build output'
  if (isTestFolder(folder) || standIn.test(folder)) return 'test'
  if (migrationFolders.has(folder)) return 'migration'
  if (folder === '__generated__' || folder === 'generated') return 'generated'
  if (vendorFolders.has(folder)) return 'vendored'
  if (vendorFoldersOfPackage.has(folder) && (atPackage || (parent && assetFolders.has(parent)))) return 'vendored'
  if (atPackage && (folder === 'public' || folder === 'wwwroot')) return 'vendored'
  if (folder.startsWith('.') && !codeDotFolders.has(folder)) return 'tooling'
  return atPackage && exampleFolders.has(folder) ? 'example' : undefined
}

function nameReason(name: string, file: string, packages: PackageRoots): SkipReason | undefined {
  if (testFile.test(name) || testSetup.test(name)) return 'test'
  if (/[.-]generated\.[cm]?[jt]sx?$/.test(name)) return 'generated'
  if (/[.-]min\.[cm]?js$/.test(name)) return 'minified'
  if (/\.(?:dist|bundle|umd|iife)\.[cm]?js$/.test(name) || hashed.test(name)) return 'build output'
  if (toolFile.test(name)) return 'tooling'
  const folder = posix.dirname(file)
  if (versioned.test(name) && assetFolders.has(posix.basename(folder))) return 'vendored'
  if (posix.basename(folder) === 'migration' && numbered.test(name)) return 'migration'
  const grandparent = posix.dirname(folder)
  if (folder.endsWith('assets/js') && packages.has(posix.dirname(grandparent))) return 'vendored'
  return undefined
}
