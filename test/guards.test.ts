import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { audit } from '../src/audit.js'
import type { ResolvedConfig } from '../src/config/types.js'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const config: ResolvedConfig = {
  file: null, include: [], exclude: [], only: [], rules: {}, customRules: [], overrides: [], entries: [], models: [], stateful: [], ignores: [], idempotent: [],
  failOn: 'error', minConfidence: 'low', maxWarnings: null, strict: false, gate: {}, baseline: null, cacheDir: null, today: '2026-11-24',
}
const page = readFileSync(at('docs/guards.md'), 'utf8')
const sections = page.split(/^## /m)

const files = (dir: string): string[] => readdirSync(dir).flatMap((name) => (statSync(join(dir, name)).isDirectory() ? files(join(dir, name)) : [join(dir, name)]))

/** The lines of a fixture that register an entry under this path. */
function registrations(folder: string, path: string): string[] {
  return files(at(`fixtures/rules/${folder}`)).flatMap((file) => readFileSync(file, 'utf8').split('\n').filter((line) => new RegExp(`\\.(post|put|patch|get)\\('${path.replaceAll('/', '\\/')}'`).test(line)))
}

interface Place { row: string; folder: string; path: string }

/** The places in the second and third column of a table. */
function places(section: string, column: number): Place[] {
  return section.split('\n').filter((line) => /^\| (?!---)/.test(line)).slice(1).map((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    const [, folder = '', path = ''] = /^`([^`]+)` `([^`]+)`$/.exec(cells[column + 1] ?? '') ?? []
    return { row: cells[1] ?? '', folder, path }
  })
}

const sectionOf = (name: string): string => sections.find((one) => one.startsWith(`${name}\n`)) ?? ''

describe('docs/guards.md', () => {
  const guards = sectionOf('Guards')
  const others = sectionOf('No guards')
  const silent = [...places(guards, 1), ...places(others, 2)]
  const told = [...places(guards, 2), ...places(others, 1)]

  it('has the guards and the others of the design', () => {
    expect(places(guards, 1).length).toBeGreaterThanOrEqual(20)
    expect(places(others, 1).length).toBeGreaterThanOrEqual(14)
  })

  it.each(silent)('$row: $folder $path stays silent', ({ folder, path }) => {
    const lines = registrations(folder, path)
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toMatch(/\/\/ want/)
  })

  it.each(told)('$row: $folder $path is told', ({ folder, path }) => {
    const lines = registrations(folder, path)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/\/\/ want [a-z-]+/)
  })

  it('says the race where something is only looked for before', async () => {
    const report = await audit({ root: at('fixtures/rules/non-idempotent-post/checked'), config, cacheDir: null, version: '0.0.0' })
    const raced = report.findings.find(({ symbol }) => symbol === 'POST /notes/once')
    expect(raced?.confidence).toBe('low')
    expect(raced?.message).toContain('at the same time')
  })

  it('names fixtures that are there', () => {
    const named = [...page.matchAll(/`([a-z-]+(?:\/[a-z-]+)?)`(?! `\/)/g)].map(([, name]) => name as string).filter((name) => /^(uniqueness|cascades|mikro-orm|second-try|sql-conflicts|dynamodb|waterline|drivers|senders|payment-without-key\/providers)$/.test(name))
    expect(named.length).toBeGreaterThan(10)
    for (const name of named) expect(readdirSync(at(`fixtures/rules/${name.includes('/') ? name : `non-idempotent-post/${name}`}`)).length).toBeGreaterThan(0)
  })
})
