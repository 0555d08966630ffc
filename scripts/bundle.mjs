// Joins what a run loads to few files: opening and compiling four hundred modules costs a third of a second.
// Runs after tsc; `bin/` takes the bundle where there is one, `dist/src` works all the same. The package holds the bundle and the types alone.
import assert from 'node:assert'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { bundleParser, parserFile } from './bundle-parser.mjs'

const top = fileURLToPath(new URL('..', import.meta.url))
const out = join(top, 'dist/bundle')

// Large, or looking for files beside themselves.
const inPackage = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))
/** Modules of ECMAScript load faster than wrapped ones; of the types of a language server the parser of Dockerfiles takes two; commander starts processes for subcommands of a kind that we have none of. */
const PLACES = JSON.stringify(inPackage('vscode-languageserver-types/lib/esm/main.js'))
const instead = new Map([
  ['\0processes', { code: 'module.exports = {}' }],
  ['\0places', { code: `export { Position, Range } from ${PLACES}`, moduleSideEffects: false }],
])
const lean = {
  name: 'lean',
  resolveId: (id, importer) => {
    if (id === 'yaml') return inPackage('yaml/browser/dist/index.js')
    if (id === 'vscode-languageserver-types') return '\0places'
    return /^(node:)?child_process$/.test(id) && importer?.includes('/commander/') ? '\0processes' : null
  },
  load: (id) => instead.get(id),
}
/** Of ts-morph a run needs the parser that comes with it (`bundle-parser.mjs`). What a rule of the user's asks for is loaded whole. */
const parserOnly = {
  name: 'parser-only',
  resolveId: (id, importer) => (id === PARSER ? { id: join(out, id), external: true } : id !== 'ts-morph' ? null : importer?.endsWith('source-files.js') ? { id, external: true } : '\0parser'),
  load: (id) => (id === '\0parser' ? { code: `export { ts } from '${PARSER}'`, moduleSideEffects: false } : null),
}
const PARSER = './parser.js'
await bundleParser({ from: join(top, 'dist/src/syntax'), to: join(out, PARSER) })
/** Compiling four thousand rows as code takes longer than reading them as what they are: data. */
const CATALOG = join(top, 'dist/src/catalog/index.js')
const reader = `import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
export const catalog = JSON.parse(gunzipSync(readFileSync(new URL('./catalog.json.gz', import.meta.url))).toString())`
const asData = {
  name: 'catalog',
  load: (id) => (id === CATALOG ? { code: reader, moduleSideEffects: false } : null),
}
const writeCatalog = async () => {
  const { catalog } = await import(pathToFileURL(CATALOG).href)
  const text = JSON.stringify(catalog)
  assert.deepStrictEqual(JSON.parse(text), catalog, 'the catalog holds more than data')
  writeFileSync(join(out, 'catalog.json.gz'), gzipSync(text, { level: 9 }))
}
const external = [/^node:/, /^jiti/, /^cosmiconfig/]
const bundle = await rolldown({
  cwd: top,
  input: { main: 'dist/src/cli/main.js', index: 'dist/src/index.js', define: 'dist/src/config/define.js' },
  platform: 'node',
  external,
  plugins: [lean, parserOnly, asData],
  // Loading the schema of tables at once is meant: the linker asks for it.
  onLog: (level, log, handle) => { if (log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') handle(level, log) },
})
const { output } = await bundle.write({ dir: out, format: 'esm', minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } }, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' })
await writeCatalog()

/** The licences of what became part of the bundle. */
const packages = new Set([parserFile, inPackage('typescript/package.json'), ...output.flatMap((chunk) => chunk.moduleIds ?? [])].flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.split('\\').join('/'))?.[0] ?? []))
const notices = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  return `## ${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : 'No licence file comes with the package.'}\n`
})
writeFileSync(join(out, 'LICENSES.md'), `# Licences of bundled packages\n\n${notices.join('\n')}`)
if (!existsSync(join(out, 'main.js')) || packages.size === 0) throw new Error('the bundle lacks its entry or its packages')
