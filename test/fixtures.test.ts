import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { audit } from '../src/audit.js'
import type { ResolvedConfig } from '../src/config/types.js'
import type { Finding, Report } from '../src/model/report.js'
import { halvesOf, unseenRows, watch } from './catalog-state/exercised.js'
import { MOST_USED } from './catalog-state/most-used.js'

const at = (folder: string): string => fileURLToPath(new URL(`../fixtures/${folder}`, import.meta.url))

const config: ResolvedConfig = {
  file: null, include: [], exclude: [], only: [], rules: {}, customRules: [watch], overrides: [], entries: [], models: [], stateful: [], ignores: [], idempotent: [],
  failOn: 'error', minConfidence: 'medium', maxWarnings: null, strict: false, gate: {}, baseline: null, cacheDir: null, today: '2026-11-24',
}

interface Expectation {
  file: string
  line: number
  kind: 'want' | 'missing' | 'spurious' | 'speaks-for'
  rule: string
  text: string | undefined
  via: string[]
}

const EXPECTATION = /(?:\/\/|#| )(?: ?)(want|missing|spurious|speaks-for) ([a-z-]+)(?: "([^"]*)")?(?: via "([^"]*)")?/g

/** Expectations stand on the lines that they expect. */
function expectations(root: string): Expectation[] {
  return filesBelow(root).flatMap((path) =>
    readFileSync(path, 'utf8').split('\n').flatMap((text, index) =>
      [...text.matchAll(EXPECTATION)].map(([, kind, rule, shown, via]): Expectation => ({
        file: relative(root, path), line: index + 1, kind: kind as Expectation['kind'], rule: rule as string, text: shown, via: via ? via.split(' → ') : [],
      })),
    ),
  )
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir).sort().flatMap((name) => (statSync(join(dir, name)).isDirectory() ? filesBelow(join(dir, name)) : [join(dir, name)]))
}

function answers(finding: Finding, one: Expectation): boolean {
  if (finding.rule !== one.rule || finding.location.file !== one.file || finding.location.line !== one.line) return false
  if (one.text !== undefined && !finding.message.includes(one.text) && !finding.symbol.includes(one.text)) return false
  let step = 0
  for (const { message } of finding.trace) if (step < one.via.length && message.includes(one.via[step] as string)) step++
  return step === one.via.length
}

const show = (finding: Finding): string => `${finding.rule} ${finding.location.file}:${finding.location.line} ${finding.symbol} — ${finding.message} [${finding.trace.map((s) => s.message).join(' → ')}]`

for (const base of [at('rules'), at('catalog')]) for (const rule of readdirSync(base).sort()) {
  describe(rule, () => {
    for (const name of readdirSync(join(base, rule)).sort()) {
      it(name, async () => {
        const root = join(base, rule, name)
        const report = await audit({ root, config, cacheDir: null, version: '0.0.0' })
        const findings = report.findings.filter((finding) => finding.confidence !== 'low')
        const expected = expectations(root).filter((one) => one.kind !== 'speaks-for')
        const fires = expected.filter((one) => one.kind !== 'missing')
        expect(findings.filter((finding) => !fires.some((one) => answers(finding, one))).map(show), 'findings without expectation').toEqual([])
        expect(fires.filter((one) => !findings.some((finding) => answers(finding, one))), 'expectations without finding').toEqual([])
        expect(expected.filter((one) => one.kind === 'missing' && findings.some((finding) => answers(finding, one))), 'known misses that fire now').toEqual([])
        expect(expectations(root).filter((one) => one.kind === 'speaks-for' && !speaks(report, one)), 'evidence that is not there').toEqual([])
      })
    }
  })
}

// After all of them, since they are asked what they came across.
describe('rows of the catalog', () => {
  it('are each exercised by a fixture', () => {
    expect(unseenRows(), 'rows that no fixture exercises').toEqual([])
  })

  it.each(MOST_USED)('%s is called without its option, with what takes it outside, and with what does not', (path) => {
    expect(halvesOf(path)).toEqual(['clears', 'default', 'stays'])
  })
})

/** Is there evidence for a question at a place? */
function speaks({ questions }: Report, one: Expectation): boolean {
  const evidence = questions.find(({ id }) => id === one.rule)?.evidence ?? []
  return evidence.some(({ message, location }) => location?.file === one.file && location.line === one.line && (one.text === undefined || message.includes(one.text)))
}
