#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'

// In a run of seconds, optimising later costs less than it saves. The releases that were tried: others would print that they do not know it.
const later = { v20: ['--interrupt-budget=2000000'], v22: ['--invocation-count-for-turbofan=30000'], v24: ['--invocation-count-for-turbofan=100000', '--no-concurrent-sparkplug'] }
if (!process.versions.bun) for (const flag of later[process.version.split('.')[0]] ?? []) setFlagsFromString(flag)

// The bundle loads faster; a build without one works all the same.
const main = ['../dist/bundle/main.js', '../dist/src/cli/main.js'].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url))
if (main) {
  await (await import(main.href)).main()
} else {
  process.stderr.write('stateless-audit: dist/ is missing; run `npm run build` first\n')
  process.exitCode = 2
}
