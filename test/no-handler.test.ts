import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { audit } from '../src/audit.js'
import type { ResolvedConfig } from '../src/config/types.js'

const config: ResolvedConfig = {
  file: null, include: [], exclude: [], only: [], rules: {}, customRules: [], overrides: [], entries: [], models: [], stateful: [], ignores: [], idempotent: [],
  failOn: 'error', minConfidence: 'low', maxWarnings: null, strict: false, gate: {}, baseline: null, cacheDir: null, today: '2026-11-24',
}
const unresolved = async (root: string): Promise<unknown[]> => (await audit({ root, config, cacheDir: null, version: '0.0.0' })).coverage.registrations?.unresolved ?? []

it('registrations that name no handler at all are no gap', async () => {
  expect(await unresolved(fileURLToPath(new URL('../fixtures/entries/feathers/setup-hooks', import.meta.url)))).toEqual([])
})

it('a handler of which nothing is known is one', async () => {
  const root = mkdtempSync(join(tmpdir(), 'no-handler-'))
  writeFileSync(join(root, 'app.js'), "const app = require('express')()\nmodule.exports = (given) => { app.get('/x', given.handler) }\nmodule.exports({})\napp.listen(3000)\n")
  expect(await unresolved(root)).toHaveLength(1)
  rmSync(root, { recursive: true })
})
