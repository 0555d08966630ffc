import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../src/audit.js'
import { resolveConfig } from '../src/config/resolve.js'
import { render } from '../src/report/index.js'

const root = fileURLToPath(new URL('..', import.meta.url))
let cacheDir = ''
beforeEach(() => { cacheDir = mkdtempSync(join(tmpdir(), 'warm-')) })
afterEach(() => { rmSync(cacheDir, { recursive: true, force: true }) })

const run = async (folder: string, cache: string | null): Promise<string> => {
  const config = resolveConfig(null, folder, {}, '2026-01-01')
  return render('json', await audit({ root: folder, config, cacheDir: cache, version: '1.2.3' }), { width: 100, color: false, links: false, verbose: true, quiet: false, failOn: 'error' })
}

describe('the same input gives the same bytes', () => {
  it.each([['an example', 'examples/shop'], ['all fixtures of rules as one program', 'fixtures/rules'], ['this tool', 'src']])('%s', async (_, folder) => {
    const path = join(root, folder)
    const without = await run(path, null)
    const cold = await run(path, cacheDir)
    // Facts and a study: a run that finds both, and one that finds the facts alone.
    expect(readdirSync(cacheDir)).toContain('studies')
    const warm = await run(path, cacheDir)
    rmSync(join(cacheDir, 'studies'), { recursive: true })
    expect(await run(path, cacheDir)).toBe(cold)
    expect(cold).toBe(without)
    expect(warm).toBe(cold)
    expect(warm.length).toBeGreaterThan(1000)
  }, 60_000)
})
