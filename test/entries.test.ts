import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { linkProgram } from '../src/audit.js'
import { locator } from '../src/engine/locate.js'
import type { ResolvedConfig } from '../src/config/types.js'

const base = fileURLToPath(new URL('../fixtures/entries', import.meta.url))

const config: ResolvedConfig = {
  file: null, include: [], exclude: [], only: ['unsafe-get'], rules: {}, customRules: [], overrides: [], entries: [], models: [], stateful: [], ignores: [], idempotent: [],
  failOn: 'error', minConfidence: 'medium', maxWarnings: null, strict: false, gate: {}, baseline: null, cacheDir: null, today: '2026-11-24',
}

/** `// entry POST /orders`, several with ` ; ` between them; `<!-- entry … -->` and `# entry …` in files of other kinds. */
const EXPECTATION = /(?:\/\/|#|<!--) entry (.+?)(?: -->)?$/

const filesBelow = (dir: string): string[] =>
  readdirSync(dir).sort().flatMap((name) => (statSync(join(dir, name)).isDirectory() ? filesBelow(join(dir, name)) : [join(dir, name)]))

const expectedIn = (root: string): string[] =>
  filesBelow(root).flatMap((path) => readFileSync(path, 'utf8').split('\n').flatMap((text, index) => {
    const symbols = EXPECTATION.exec(text)?.[1]?.split(' ; ') ?? []
    return symbols.map((symbol) => `${relative(root, path)}:${index + 1} ${symbol}`)
  }))

/** Every way into a small program, and no other: expectations stand on the lines of the entries. */
for (const framework of readdirSync(base).sort()) {
  describe(framework, () => {
    for (const name of readdirSync(join(base, framework)).sort()) {
      it(name, async () => {
        const root = join(base, framework, name)
        const { program } = await linkProgram({ root, config, cacheDir: null, version: '0.0.0' })
        const locate = locator((file) => readFileSync(join(root, file), 'utf8'))
        const found = program.entries.map(({ site, symbol }) => `${site.file}:${locate(site).line} ${symbol}`)
        const expected = expectedIn(root)
        expect(expected.length).toBeGreaterThan(0)
        expect([...found].sort()).toEqual([...expected].sort())
      })
    }
  })
}
