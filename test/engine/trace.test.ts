import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { auditTrace } from '../../src/audit.js'
import type { ResolvedConfig } from '../../src/config/types.js'
import { tellOfFindings } from '../../src/engine/untold.js'
import { CACHE, sample, STICKY } from '../report/sample.js'

const root = fileURLToPath(new URL('../../fixtures/trace', import.meta.url))
const config: ResolvedConfig = {
  file: null, include: [], exclude: [], only: [], rules: {}, customRules: [], overrides: [], entries: [], models: [], stateful: [], ignores: [], idempotent: [],
  failOn: 'error', minConfidence: 'medium', maxWarnings: null, strict: false, gate: {}, baseline: null, cacheDir: null, today: '2026-11-24',
}
const trace = (what: string): Promise<string> => auditTrace({ root, config, cacheDir: null, version: '0.0.0' }, what)

describe('trace says why something is reported, or why it is not', () => {
  const lines = readFileSync(`${root}/app.ts`, 'utf8').split('\n')
  const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1
  let told: Record<string, string> = {}

  beforeAll(async () => {
    const asked = ['carts', 'LIMITS', 'prices', 'theme', 'redis', 'hits', 'notice', 'seen', 'Basket.currency', 'lines', 'parts', 'POST /carts/:id', 'GET /limits', 'nothing']
    const places = ['const prices', "app.post('/notice'", 'seen.set(req', "theme = 'dark'", 'app.listen'].map((text) => `app.ts:${lineOf(text)}`)
    const answers: [string, string][] = []
    for (const what of [...asked, ...places]) answers.push([what, await trace(what)])
    told = Object.fromEntries(answers)
  }, 60_000)

  it('reported, with every way to it', () => {
    expect(told.carts).toMatch(/^carts \(app\.ts:7\), role: store\n reported as [a-z-]+: `carts` /)
    expect(told.carts).toContain('POST /carts/:id is registered here')
  })

  it.each([
    ['LIMITS', 'never written after it is made'],
    ['prices', 'written at start-up only'],
    ['theme', 'nothing that was found calls the code that writes it'],
    ['redis', 'role client: it holds what a process is right to have for itself'],
    ['hits', 'nobody reads what is written'],
    ['notice', 'module-mutable-state is suppressed by a comment (app.ts:'],
    ['seen', 'only as long as its key'],
    ['Basket.currency', 'never written after it is made'],
    ['lines', 'made by the request that writes it'],
    ['parts', 'a local of a callback, made anew each time that runs'],
  ])('%s: %s', (what, why) => {
    expect(told[what]).toContain('not reported: ')
    expect(told[what]).toContain(why)
  })

  it('names the places that write it', () => {
    expect(told.theme).toMatch(/app\.ts:\d+:\d+ {2}written by darken, which nothing calls/)
    expect(told.prices).toMatch(/written by the module itself, at start-up/)
  })

  it('entries: what they change, and whether that is reported', () => {
    expect(told['POST /carts/:id']).toContain('writes:\n  carts (store)')
    expect(told['GET /limits']).toContain('not reported: it changes nothing outside the process')
  })

  it('places: a declaration, a registration, a line of a function', () => {
    expect(told[`app.ts:${lineOf('const prices')}`]).toContain('written at start-up only')
    expect(told[`app.ts:${lineOf("app.post('/notice'")}`]).toMatch(/^POST \/notice/)
    expect(told[`app.ts:${lineOf('seen.set(req')}`]).toContain('it runs for GET /seen')
    expect(told[`app.ts:${lineOf("theme = 'dark'")}`]).toContain('`darken` declares no state, and nothing that was found calls it')
    expect(told[`app.ts:${lineOf('app.listen')}`]).toContain('it runs at start-up')
  })

  it('says so where there is nothing of that name', () => {
    expect(told.nothing).toContain('there is no variable, field or entry of that name')
  })

  it('findings of low confidence and those in the baseline', () => {
    const report = { ...sample({ findings: [CACHE], baselined: [STICKY] }), statefulByDesign: [] }
    expect(tellOfFindings({ report, minConfidence: 'high' }, ({ rule }) => rule === CACHE.rule)).toContain(`only of ${CACHE.confidence} confidence, below --min-confidence high`)
    expect(tellOfFindings({ report, minConfidence: 'low' }, ({ rule }) => rule === STICKY.rule)).toBe(`not reported: ${STICKY.rule} is in the baseline`)
    expect(tellOfFindings({ report, minConfidence: 'low' }, () => false)).toBeUndefined()
  })
})
