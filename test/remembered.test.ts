import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../src/audit.js'
import { resolveConfig } from '../src/config/resolve.js'
import type { Config } from '../src/config/schema.js'
import type { ResolvedConfig } from '../src/config/types.js'

let root = ''
let cacheDir = ''

const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'remembered-'))
  cacheDir = mkdtempSync(join(tmpdir(), 'studies-'))
  put('package.json', '{ "name": "shop", "dependencies": { "express": "^4" } }')
  put('.gitignore', 'generated\n')
  put('src/app.ts', "import express from 'express'\nimport { votes } from '@/votes'\nimport './generated/names.json'\nconst app = express()\napp.post('/votes/:id', (req, res) => { votes.set(req.params.id, req.body); res.end() })\napp.get('/votes/:id', (req, res) => { res.json(votes.get(req.params.id)) })\n")
  put('src/votes.ts', 'export const votes = new Map<string, unknown>()\n')
  put('tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }')
})
afterEach(() => { for (const dir of [root, cacheDir]) rmSync(dir, { recursive: true, force: true }) })

/** Rules and symbols of the findings, and whether a program had to be linked for them. */
const run = async (config: Config = {}, more: Partial<ResolvedConfig> = {}): Promise<{ found: string[]; linked: boolean; notices: string[] }> => {
  const phases: string[] = []
  const resolved = { ...resolveConfig({ file: join(root, 'c.json'), config } as never, root, {}, '2026-01-01'), ...more }
  const report = await audit({ root, config: resolved, cacheDir, version: '1.2.3', onProgress: ({ phase }) => phases.push(phase) })
  return { found: report.findings.map(({ rule, symbol }) => `${rule} ${symbol}`), linked: phases.includes('link'), notices: report.notices.map(({ id }) => id) }
}
const studies = (): string[] => readdirSync(join(cacheDir, 'studies'))

describe('a study of an earlier run', () => {
  it('is taken where nothing changed', async () => {
    const first = await run()
    expect(first).toMatchObject({ linked: true })
    expect(first.found).toContain('module-mutable-state votes')
    expect(await run()).toEqual({ ...first, linked: false })
    expect(studies()).toHaveLength(1)
  })

  it.each<[string, () => void]>([
    ['a source', () => put('src/votes.ts', 'export const votes = new Map<string, string>()\n')],
    ['a new source', () => put('src/more.ts', 'export const more = 1\n')],
    ['a manifest', () => put('package.json', '{ "name": "shop", "dependencies": { "express": "^5" } }')],
    ['a tsconfig', () => put('tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }')],
    ['a deployment file', () => put('docker-compose.yml', 'services:\n  app:\n    build: .\n')],
    ['an environment file', () => put('.env.production', 'SESSION_DRIVER=memory\n')],
    ['a schema', () => put('prisma/schema.prisma', 'model Vote { id String @id }\n')],
    ['a file that git ignores and an import names', () => put('src/generated/names.json', '{}')],
  ])('is made again after a change of %s', async (_, change) => {
    await run()
    change()
    expect(await run()).toMatchObject({ linked: true })
    expect(await run()).toMatchObject({ linked: false })
  })

  it('is made again where the config says what to find, and not where it says what to do with it', async () => {
    await run()
    expect(await run({ rules: { 'module-mutable-state': 'off' } })).toMatchObject({ linked: true })
    expect(await run({}, { failOn: 'never', minConfidence: 'low', today: '2027-01-01' })).toMatchObject({ linked: false })
    const ignores = [{ rule: 'module-mutable-state', files: ['src/votes.ts'], reason: 'a demo' }]
    const ignoring = await run({ ignores } as Config)
    expect(ignoring.linked).toBe(false)
    expect(ignoring.found).not.toContain('module-mutable-state votes')
  })

  it('knows the dates of suppressions anew', async () => {
    put('src/votes.ts', '// stateless-audit-ignore module-mutable-state until 2026-06-01: moves to Redis\nexport const votes = new Map<string, unknown>()\n')
    expect((await run()).found).not.toContain('module-mutable-state votes')
    const later = await run({}, { today: '2026-07-01' })
    expect(later.linked).toBe(false)
    expect(later.found).toContain('module-mutable-state votes')
  })

  it('is not trusted when it is damaged, nor kept for rules of the user', async () => {
    const first = await run()
    const file = join(cacheDir, 'studies', studies()[0] ?? '')
    writeFileSync(file, readFileSync(file, 'utf8').replace('module-mutable-state', 'module-mutable-statf'))
    expect(await run()).toEqual(first)
    rmSync(join(cacheDir, 'studies'), { recursive: true })
    const { rules } = await import('../rules/index.js')
    const own = { ...(rules[0] as (typeof rules)[number]), id: 'own' }
    expect(await run({}, { customRules: [own] })).toMatchObject({ linked: true })
    expect(await run({}, { customRules: [own] })).toMatchObject({ linked: true })
  })
})
