// Cost and size of the facts of a folder (needs `npm run build`): node bench/facts.mjs <dir> [dist folder]
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ts } from 'ts-morph'
import { cpuSeconds, processCost, readSources } from './sources.mjs'

const [dir = '.', dist = 'dist'] = process.argv.slice(2)
const { extractFacts } = await import(pathToFileURL(resolve(dist, 'src/syntax/index.js')).href)
const sources = readSources(dir)
const parseAll = () => { for (const { path, text } of sources) ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false) }
const extractAll = () => sources.map(({ path, text }) => extractFacts(path, text))

parseAll()
extractAll()
const parse = cpuSeconds(parseAll)
let facts = []
const extract = cpuSeconds(() => { facts = extractAll() })
const bytes = facts.reduce((sum, fact) => sum + Buffer.byteLength(JSON.stringify(fact)), 0)
const text = sources.reduce((sum, source) => sum + Buffer.byteLength(source.text), 0)
console.log(JSON.stringify({
  files: sources.length, lines: facts.reduce((sum, fact) => sum + fact.lines, 0),
  parseCpu: +parse.toFixed(2), extractCpu: +extract.toFixed(2), ratio: +(extract / parse).toFixed(2),
  sourceMB: +(text / 1e6).toFixed(1), factsMB: +(bytes / 1e6).toFixed(1),
  parseErrors: facts.filter(fact => fact.parseErrors.length > 0).length, peakMB: Math.round(processCost().peakMB),
}))
