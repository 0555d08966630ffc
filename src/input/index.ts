import { posix, resolve } from 'node:path'
import type { InputFiles, Manifest } from '../model/input.js'
import { folderReason, type PackageRoots, type SkipReason, skipReason, sourceExtension } from './classify.js'
import { isDeploymentText, kindByName, type OtherKind } from './deployment.js'
import { builtFolders } from './built.js'
import { withDeno } from './deno.js'
import { onlyExamplesServe } from './examples.js'
import { withInherited } from './inherited.js'
import { readManifests } from './manifests.js'
import { isGeneratedLink, readHead, readText, readWhole, skipReasonOfHead } from './text.js'
import { pageScripts } from './page-scripts.js'
import { routeFiles } from './route-files.js'
import { servedFolders } from './served.js'
import { fetchedScripts, outermostOf, vendoredLibraries } from './vendored.js'
import { compare, type Tree, walk } from './walk.js'

export { isThere, readSource } from './text.js'

export interface DiscoverOptions {
  /** Only files that match are audited, and what is left out by default (tests, examples, generated …) is not. */
  include?: string[]
  exclude?: string[]
}

/** Finds everything that an audit reads below `root`: sources, manifests, deployment files, schemas, environment files. */
export async function discover(root: string, options: DiscoverOptions = {}): Promise<InputFiles> {
  const absolute = resolve(root)
  const tree = walk(absolute)
  const notices: InputFiles['notices'] = []
  const chosen = choose(tree, options, notices)
  const manifestFiles = tree.files.filter(file => posix.basename(file) === 'package.json')
  const folders: PackageRoots = packageRoots(manifestFiles.map(file => posix.dirname(file)), [], [])
  const packaged = withInherited(readManifests(absolute, manifestFiles.filter(file => folderReason(file, folders) !== 'build output'), notices))
  const manifests = withDeno(absolute, tree.files, packaged)
  const packages = packageRoots(manifests.map(manifest => manifest.dir), manifests, tree.files)
  const vendored = vendoredLibraries(tree.files)
  const built = builtFolders(absolute, tree.files.filter(file => folderReason(file, packages) !== 'build output'))
  const left = { vendored: new Set(vendored), fetched: fetchedScripts(tree.files), built: new Set(built.map(({ out }) => out)) }
  const { sources, texts, migrations, skipped, withExamples } = pickSources(absolute, tree, chosen, packages, left, onlyExamplesServe(manifests))
  const isBeside = (file: string): boolean => chosen.excluded.has(file) || describesOtherCode(file, packages, withExamples)
  const others = pickOthers(absolute, tree.files, isBeside)
  return {
    root: absolute,
    fromGitRoot: tree.fromGitRoot,
    sources,
    texts,
    skipped: [...skipped].map(([reason, count]) => ({ reason, count })).sort((a, b) => compare(a.reason, b.reason)),
    manifests,
    deployment: others.deployment,
    schemas: others.schema,
    environments: others.environment,
    migrations,
    ...besides('routeFiles', routeFiles(tree.files, manifests).filter(file => folderReason(file, packages) === undefined)),
    ...besides('pageScripts', pageScripts(absolute, tree.files.filter(file => folderReason(file, packages) === undefined), sources)),
    ...(vendored.length > 0 && { vendored }),
    ...(built.length > 0 && { built }),
    tsconfigs: others.tsconfig,
    notices,
  }
}

const besides = (name: 'routeFiles' | 'pageScripts', files: string[]): Pick<InputFiles, 'routeFiles' | 'pageScripts'> => (files.length > 0 ? { [name]: files } : {})

const serverFramework = /^(?:next|nuxt|express|fastify|koa|hono|@nestjs\/core|@sveltejs\/kit|@remix-run\/.+|@react-router\/.+)$/
/** A package of Docusaurus is nothing but the site; of the others, one that is called so: an application may hold its own pages of help. */
const docsSite = (dependency: string, dir: string): boolean => dependency === '@docusaurus/core' || (/^(?:nextra-theme-docs|@astrojs\/starlight|fumadocs-ui)$/.test(dependency) && /(?:^|[-_/])(?:docs?|documentation|website|site)$/i.test(dir))
const docsGenerator = /^(?:@docusaurus\/.+|vitepress|vuepress|nextra|fumadocs-.+|@astrojs\/starlight)$/

function packageRoots(dirs: string[], manifests: Manifest[], files: readonly string[]): PackageRoots {
  const roots = new Set(['.', ...dirs])
  const services = manifests.filter(({ dependencies }) => {
    const names = Object.keys(dependencies)
    return names.some(name => serverFramework.test(name)) && !names.some(name => docsGenerator.test(name))
  })
  const documentation = manifests.filter(({ dir, dependencies, devDependencies }) => dir !== '.' && Object.keys(dependencies).some(name => docsSite(name, dir) && !devDependencies.includes(name)))
  return { has: folder => roots.has(folder), services: new Set(services.map(manifest => manifest.dir)), documentation: new Set(documentation.map(manifest => manifest.dir)), served: servedFolders(manifests, files) }
}

interface Choice {
  /** Files that the user asked for; `undefined` where they did not say. */
  included: Set<string> | undefined
  excluded: Set<string>
}

function choose(tree: Tree, options: DiscoverOptions, notices: InputFiles['notices']): Choice {
  const excluded = options.exclude?.length ? tree.matching(options.exclude) : new Set<string>()
  if (!options.include?.length) return { included: undefined, excluded }
  for (const pattern of options.include.filter(each => !each.startsWith('!'))) {
    if (tree.matching([pattern]).size === 0) notices.push({ id: 'include-matches-nothing', message: `The include pattern "${pattern}" matches no file.` })
  }
  return { included: tree.matching(options.include), excluded }
}

/** Folders that are left out by what their files say. */
interface Left {
  vendored: ReadonlySet<string>
  /** Files by themselves. */
  fetched: ReadonlySet<string>
  built: ReadonlySet<string>
}

function pickSources(root: string, tree: Tree, { included, excluded }: Choice, packages: PackageRoots, left: Left, examplesServe: boolean) {
  const skipped = new Map<string, number>()
  const skip = (reason: string): void => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
  const migrations: string[] = []
  const examples: string[] = []
  const sources: string[] = []
  for (const file of tree.ignored) if (sourceExtension.test(file)) skip('ignored by git')
  for (const file of tree.files.filter(each => isSource(root, each))) {
    if (excluded.has(file) || (included && !included.has(file))) {
      skip('excluded by config')
      continue
    }
    const reason = included ? undefined : skipReason(file, packages) ?? reasonOfLeft(file, left)
    if (reason === 'migration') migrations.push(file)
    if (reason === 'example') examples.push(file)
    else if (reason && !(reason === 'generated' && isGeneratedLink(readText(root, file) ?? ''))) skip(reason)
    else sources.push(file)
  }
  // A collection of examples is audited in full: there they are the code.
  const withExamples = examples.length > sources.length || (examplesServe && examples.length > 0)
  for (const file of examples) {
    if (withExamples) sources.push(file)
    else skip('example')
  }
  const texts = new Map<string, string>()
  const kept = sources.filter(file => {
    const reason = reasonOfText(root, file, included !== undefined, texts)
    if (reason) skip(reason)
    return !reason
  })
  return { sources: kept.sort(compare), texts, migrations, skipped, withExamples }
}

const reasonOfLeft = (file: string, { vendored, fetched, built }: Left): SkipReason | undefined =>
  fetched.has(file) || outermostOf(file, vendored) !== undefined ? 'vendored' : outermostOf(file, built) !== undefined ? 'build output' : undefined

function reasonOfText(root: string, file: string, wanted: boolean, texts: Map<string, string>): string | undefined {
  const read = readWhole(root, file)
  if (!read) return 'unreadable'
  const said = wanted ? undefined : skipReasonOfHead(read)
  const reason = said === 'generated' && isGeneratedLink(read.text ?? '') ? undefined : said
  if (!reason && read.text !== undefined) texts.set(file, read.text)
  return reason
}

/** By extension; or a script for Node without one, as Express' generator writes (`bin/www`). */
function isSource(root: string, file: string): boolean {
  if (sourceExtension.test(file)) return true
  if (!/(?:^|\/)bin\/[\w-]+$/.test(file)) return false
  return /^#!.*\b(?:node|tsx|ts-node|bun)\b/.test(readHead(root, file)?.head ?? '')
}

const longestOther = 512 * 1024

function pickOthers(root: string, files: string[], isBeside: (file: string) => boolean): Record<OtherKind, string[]> {
  const picked: Record<OtherKind, string[]> = { deployment: [], schema: [], environment: [], tsconfig: [] }
  const charts = files.filter(file => posix.basename(file) === 'Chart.yaml').map(file => posix.dirname(file))
  for (const file of files) {
    const kind = kindByName(file)
    if (!kind || (kind !== 'tsconfig' && isBeside(file))) continue
    if (kind === 'tsconfig') picked.tsconfig.push(file)
    else if (kind !== 'ask') {
      if ((readHead(root, file)?.size ?? Infinity) < longestOther) picked[kind].push(file)
    } else if (isDeployment(root, file, charts)) picked.deployment.push(file)
  }
  return picked
}

function isDeployment(root: string, file: string, charts: string[]): boolean {
  const head = readHead(root, file)
  if (!head || head.size >= longestOther) return false
  return isDeploymentText(file, readText(root, file) ?? '', charts)
}

/** Files of tests, examples and built code do not describe this service. Folders with a dot (`.deploy`) may. */
function describesOtherCode(file: string, packages: PackageRoots, withExamples: boolean): boolean {
  const reason = folderReason(file, packages)
  if (reason === 'tooling') return /(?:^|\/)\.(?:devcontainer|github|gitlab|vscode|circleci)\//.test(file)
  if (reason === 'example') return !withExamples
  return reason !== undefined && reason !== 'migration' && reason !== 'generated'
}
