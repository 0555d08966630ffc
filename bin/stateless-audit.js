#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/src/cli/main.js', import.meta.url)
if (existsSync(main)) {
  await (await import(main.href)).main()
} else {
  process.stderr.write('stateless-audit: dist/ is missing; run `npm run build` first\n')
  process.exitCode = 2
}
