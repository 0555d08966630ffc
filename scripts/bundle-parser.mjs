// TypeScript's parser alone, out of the one file that ts-morph brings: a seventh of it. Compiling the whole cost a sixth of a second of each run.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'

/** The parser that comes with ts-morph. */
export const parserFile = createRequire(createRequire(import.meta.url).resolve('ts-morph')).resolve('@ts-morph/common/dist/typescript.js')

/** Writes to the file `to` a module that exports `ts`, with every name that code in the folder `from` asks it for. */
export const bundleParser = async ({ from, to }) => {
  const { code, names } = asModule(readFileSync(parserFile, 'utf8'))
  const asked = namesIn(from).filter((name) => names.has(name))
  const parts = {
    name: 'parts',
    resolveId: (id) => (id === 'parser' ? id : null),
    load: (id) => (id === 'parser' ? `export { ${asked.join(', ')} } from ${JSON.stringify(parserFile)}` : id === parserFile ? code : null),
  }
  // Loading that file sets nothing that others see.
  const treeshake = { moduleSideEffects: false, propertyReadSideEffects: false, propertyWriteSideEffects: false, unknownGlobalSideEffects: false }
  const parser = await rolldown({ input: { parser: 'parser' }, platform: 'node', plugins: [parts], treeshake })
  // Within one function as it was: V8 looks names of a module up more slowly.
  const { output: [chunk] } = await parser.generate({ format: 'iife', name: 'ts', minify: { compress: false, mangle: true, codegen: { removeWhitespace: true } } })
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, `${chunk.code}\nexport { ts }\n`)
}

const namesIn = (folder) => {
  const texts = readdirSync(folder).filter((name) => /\.[jt]s$/.test(name)).map((name) => readFileSync(join(folder, name), 'utf8'))
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/(?<![\w.$])ts\.(\w+)/g)].map(([, name]) => name)))].sort()
}

/** The script `((module) => { … module.exports = …; … })(…)` as a module of the names that it exports. */
const asModule = (text) => {
  const names = /^__export\(typescript_exports, \{\n([^]*?)^\}\);\nmodule\.exports = .*$/m.exec(text)
  const start = text.indexOf('"use strict";')
  const end = text.lastIndexOf('// Annotate the CommonJS export names')
  if (!names || start < 0 || end < 0) throw new Error(`${parserFile} is not written as it was: mend scripts/bundle-parser.mjs`)
  const exported = [...names[1].matchAll(/^ {2}(\w+): \(\) => (\w+),?$/gm)].map(([, name, local]) => ({ name, local }))
  const code = `${withoutEffects(text.slice(start, end).replace(names[0], ''))}\nexport { ${exported.map(({ name, local }) => `${local} as ${name}`).join(', ')} }`
  return { code, names: new Set(exported.map(({ name }) => name)) }
}

/** What it does while it is loaded, said so that what nobody asks for can fall away: tables of exports, registers of the language service, namespaces, constants. */
const withoutEffects = (text) =>
  text
    // A parser needs no files.
    .replace(/^var sys = \(\(\) => \{$/m, 'var sys = void 0;\nvar files = /* @__PURE__ */ (() => {')
    .replace(/^(?:__export|registerCodeFix|registerRefactor|setObjectAllocator)\(/gm, '/* @__PURE__ */ $&')
    .replace(/^var (\w+);\n\(\((\w+)\) => \{\n([^]*?)^\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gm, 'var $1 = /* @__PURE__ */ (($2) => {\n$3return $2;\n})({});')
    .replace(/^(var \w+ = )((?:new )?[A-Za-z]\w*\()/gm, '$1/* @__PURE__ */ $2')
