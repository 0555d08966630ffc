// What deployment files cost: cold runs of two copies of a folder, one of them without its deployment and environment files, in turn. The difference
// counts all that those files cost (finding, loading of readers, reading, joining) and nothing that helper threads happen to do meanwhile, as a phase of
// `--timing` does: node bench/deployment.mjs <dir> … (after npm run build)
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { discover } from '../dist/src/input/index.js'

const ROUNDS = Number(process.env.ROUNDS ?? 9)
const here = fileURLToPath(new URL('.', import.meta.url))
const bin = join(here, '../bin/stateless-audit.js')

function cpuOf(folder) {
  const child = spawnSync(process.execPath, ['--import', join(here, 'report-cost.mjs'), bin, folder, '--no-cache', '--format', 'json'], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], maxBuffer: 1e8, encoding: 'utf8' })
  if (!child.output[3] || child.status > 1) throw new Error(`${folder}: exit code ${child.status}: ${child.stderr}`)
  return JSON.parse(child.output[3]).cpu
}

const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]

for (const dir of process.argv.slice(2)) {
  const work = mkdtempSync(join(tmpdir(), 'stateless-audit-bench-'))
  const [full, bare] = ['full', 'bare'].map((name) => join(work, name))
  for (const copy of [full, bare]) cpSync(resolve(dir), copy, { recursive: true, filter: (path) => !/^(\.git|node_modules)$/.test(basename(path)) })
  const { deployment, environments } = await discover(full)
  for (const file of [...deployment, ...environments]) rmSync(join(bare, file))
  // Which of the two runs first changes from pair to pair: what the machine does meanwhile hits both alike.
  const runs = Array.from({ length: ROUNDS }, (_, round) => (round % 2 === 0 ? [cpuOf(full), cpuOf(bare)] : [cpuOf(bare), cpuOf(full)].reverse()))
  const cost = middle(runs.map(([a, b]) => a - b))
  const whole = middle(runs.map(([a]) => a))
  const least = [0, 1].map((side) => Math.min(...runs.map((run) => run[side])))
  rmSync(work, { recursive: true, force: true })
  console.log(`${basename(resolve(dir))}: ${deployment.length + environments.length} files, ${cost.toFixed(3)} s of ${whole.toFixed(2)} s CPU (${(100 * cost / whole).toFixed(1)} %, median of ${ROUNDS} pairs); quickest runs ${(least[0] - least[1]).toFixed(3)} s of ${least[0].toFixed(2)} s (${(100 * (least[0] - least[1]) / least[0]).toFixed(1)} %)`)
}
