// What no tool that uses TypeScript's parser can beat, without the loading of modules: node bench/parse-floor.mjs <dir>
// The files are those that an audit of the folder reads (needs `npm run build`).
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ts } from 'ts-morph'
import { discover } from '../dist/src/input/index.js'
import { cpuSeconds, processCost } from './sources.mjs'

const root = resolve(process.argv[2] ?? '.')
const { sources } = await discover(root)
let lines = 0
const cpu = cpuSeconds(() => {
  for (const path of sources) {
    const text = readFileSync(join(root, path), 'utf8')
    ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false)
    lines += text.split('\n').length
  }
})
console.log(JSON.stringify({ files: sources.length, lines, cpu: +cpu.toFixed(2), peakMB: Math.round(processCost().peakMB) }))
