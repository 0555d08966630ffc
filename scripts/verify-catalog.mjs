// Checks what the catalog says of packages against the packages themselves:
//   npm run build && node scripts/verify-catalog.mjs <folder>… [--write]
// Each folder holds a node_modules with packages to check (`npm pack` and unpack, or `npm install --ignore-scripts`; nothing of them is run). Several folders are
// several versions. For each path the export and its members are looked for in the package's types, else in its text, and so is each option that a row names;
// what happens when an option is absent is looked for in the sources (catalog-defaults.json). --write keeps the outcome in docs/catalog-verified.md, where what
// was found of packages that these folders do not hold stays as it was; packages that need no row stand there with the reason (catalog-without-rows.json).
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { moduleOf, optionsOf, packageOf } from './verify/paths.mjs'
import { PackageText } from './verify/text.mjs'
import { PackageTypes } from './verify/types.mjs'
import { rowsOf, table } from './verify/table.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const FAMILIES = { sessions: 'sessionRows', stores: 'storeRows', auth: 'authRows', 'rate-limits': 'rateLimitRows', caches: 'cacheRows', containers: 'containerRows', pubsub: 'pubsubRows', sockets: 'socketRows', schedulers: 'schedulerRows', queues: 'queueRows', uploads: 'uploadRows', disk: 'diskRows', embedded: 'embeddedRows', 'locks-ids': 'lockAndIdRows', agents: 'agentRows', setters: 'globalSetterRows', identities: 'sharedIdentityRows', 'ssr-stores': 'ssrStoreRows', clients: 'clientRows', 'by-design': 'statefulByDesignRows' }
const FILES = { setters: 'global-setters', identities: 'shared-identity', 'by-design': 'stateful-by-design' }
const folders = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))

/** Paths and options of each package, by family; of caches and lists not the members, whose rows name what any of them may have. */
async function claims() {
  const found = new Map()
  for (const [family, name] of Object.entries(FAMILIES)) {
    const rows = (await import(pathToFileURL(join(root, `dist/src/catalog/state/${FILES[family] ?? family}.js`)).href))[name]
    for (const row of rows) for (const path of row.access ? [] : [row.path].flat()) {
      const pack = packageOf(path)
      if (!pack) continue
      const known = found.get(pack) ?? { families: new Set(), paths: new Map() }
      known.families.add(family)
      known.paths.set(path, new Set([...(known.paths.get(path) ?? []), ...optionsOf(row)]))
      found.set(pack, known)
    }
  }
  return found
}

/** Packages that it takes from its own scope, or that it is a front of: options may be declared there. */
function siblings(folder, pack) {
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(join(folder, 'node_modules', pack, 'package.json'), 'utf8'))
  const own = pack.startsWith('@') ? pack.slice(0, pack.indexOf('/')) : pack
  return Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => name.replace(/^@/, '').startsWith(own.replace(/^@/, ''))).map((name) => join(folder, 'node_modules', name)).filter((at) => existsSync(at))
}

function check(folder, pack, paths) {
  const at = join(folder, 'node_modules', pack)
  const { version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'))
  const text = new PackageText([at, join(folder, 'node_modules/@types', pack.replace(/^@/, '').replace('/', '__'))], siblings(folder, pack))
  const types = new PackageTypes(folder, [...new Set([...paths.keys()].map(moduleOf))])
  const seen = {}
  for (const [path, options] of paths) {
    const by = types.has(path) ? 'types' : text.hasPath(path) ? 'text' : 'absent'
    const named = {}
    if (by !== 'absent') for (const option of options) named[option] = types.hasOption(path, option) ? 'types' : text.hasOption(option) ? 'text' : 'absent'
    seen[path] = { by, options: named }
  }
  return { version, paths: seen }
}

/** What the sources do when an option is absent. */
function defaults(folder, pack, entries) {
  return entries.filter((entry) => entry.package === pack).map(({ file, says, means }) => {
    const at = join(folder, 'node_modules', pack, file)
    return { file, means, holds: existsSync(at) && new RegExp(says).test(readFileSync(at, 'utf8')) }
  })
}

const known = await claims()
const expected = JSON.parse(readFileSync(new URL('./catalog-defaults.json', import.meta.url), 'utf8'))
const result = {}
for (const folder of folders) for (const [pack, { families, paths }] of [...known].sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (!existsSync(join(folder, 'node_modules', pack, 'package.json'))) continue
  const { version, paths: seen } = check(folder, pack, paths)
  const one = (result[pack] ??= { families: [...families], versions: {}, defaults: [] })
  one.versions[version] = seen
  one.defaults.push(...defaults(folder, pack, expected).filter(({ holds }) => holds).map(({ file, means }) => ({ version, file, means })))
}
const missed = expected.filter((entry) => result[entry.package] && !result[entry.package].defaults.some(({ file, means }) => file === entry.file && means === entry.means))
const without = JSON.parse(readFileSync(new URL('./catalog-without-rows.json', import.meta.url), 'utf8'))
const at = join(root, 'docs/catalog-verified.md')
const kept = rowsOf(readFileSync(at, 'utf8')).filter(([pack]) => known.has(pack) && !result[pack])
process.stdout.write(table(result, missed, without))
if (process.argv.includes('--write')) writeFileSync(at, table(result, missed, without, kept, new Date().toISOString().slice(0, 10)))
if (missed.length > 0) process.exitCode = 1
