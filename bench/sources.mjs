import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'

const EXTENSIONS = new Set(['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '.vue', '.svelte', '.astro'])
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'build', 'coverage'])

/** Source files below a folder as `{ path, text }`, sorted by path. */
export function readSources(dir, extensions = EXTENSIONS) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && extensions.has(extname(entry.name)))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !relative(dir, path).split(/[\\/]/).some(part => SKIPPED.has(part)))
    .sort()
    .map(path => ({ path, text: readFileSync(path, 'utf8') }))
}

/** CPU seconds that `work` takes in this process. */
export function cpuSeconds(work) {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Seconds of CPU, user and system, and peak megabytes of this process so far. */
export function processCost() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, peakMB: maxRSS / 1024 }
}
