// What no tool that uses TypeScript's parser can beat: node bench/parse-floor.mjs <dir>
import { ts } from 'ts-morph'
import { processCost, readSources } from './sources.mjs'

const [dir = '.'] = process.argv.slice(2)
const sources = readSources(dir, new Set(['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs']))
let lines = 0
for (const { path, text } of sources) {
  ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false)
  lines += text.split('\n').length
}
const { cpu, peakMB } = processCost()
console.log(JSON.stringify({ files: sources.length, lines, cpu: +cpu.toFixed(2), peakMB: Math.round(peakMB) }))
