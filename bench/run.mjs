// Median of five fresh processes each: the parse floor, a cold run, a warm one (nothing changed), and one that has the facts but must link anew
// (as after a change of one file): node bench/run.mjs <dir>
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROUNDS = 5
const here = fileURLToPath(new URL('.', import.meta.url))
const [dir = '.'] = process.argv.slice(2)
const bin = join(here, '../bin/stateless-audit.js')
const cache = mkdtempSync(join(tmpdir(), 'stateless-audit-bench-'))

/** Runs a script in a fresh process; a preloaded module writes its cost on file descriptor 3 when it ends. */
function measure(script, args) {
  const child = spawnSync(process.execPath, ['--import', join(here, 'report-cost.mjs'), script, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'], maxBuffer: 1e8, encoding: 'utf8',
  })
  const report = child.output[3]
  if (!report) throw new Error(`${script} ended with ${child.status}: ${child.stderr}`)
  return { ...JSON.parse(report), status: child.status }
}

function median(runs, of) {
  return runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)]
}

function series(name, before, script, args) {
  const runs = Array.from({ length: ROUNDS }, () => { before(); return measure(script, args) })
  if (runs.some(run => run.status > 1)) throw new Error(`${name}: exit code ${runs.map(run => run.status).join(', ')}`)
  return { name, cpu: median(runs, run => run.cpu), peakMB: median(runs, run => run.peakMB) }
}

/** The parse floor says itself what parsing took: loading modules and finding the files do not count. */
function floor() {
  const runs = Array.from({ length: ROUNDS }, () => JSON.parse(spawnSync(process.execPath, [join(here, 'parse-floor.mjs'), dir], { encoding: 'utf8' }).stdout))
  console.log(`${runs[0].files} files, ${runs[0].lines} lines`)
  return { name: 'parse floor', cpu: median(runs, run => run.cpu), peakMB: median(runs, run => run.peakMB) }
}

const audit = [resolve(dir), '--format', 'json', '--cache-dir', cache]
const rows = [
  floor(),
  series('cold', () => rmSync(cache, { recursive: true, force: true }), bin, audit),
  series('warm', () => {}, bin, audit),
  series('linked anew', () => rmSync(join(cache, 'studies'), { recursive: true, force: true }), bin, audit),
]
rmSync(cache, { recursive: true, force: true })
const [{ cpu: least }] = rows
for (const row of rows) {
  console.log(`${row.name.padEnd(12)} ${row.cpu.toFixed(2).padStart(7)} s CPU ${Math.round(row.peakMB).toString().padStart(6)} MB  ${(row.cpu / least).toFixed(2)} × floor`)
}
