import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyBaseline, baselineEntry, readBaseline, updateBaseline, writeBaseline } from '../../src/engine/baseline.js'
import { assignFingerprints, fingerprint } from '../../src/engine/fingerprint.js'
import type { Finding } from '../../src/model/finding.js'
import { CACHE, ORDER, SESSION, STICKY } from '../report/sample.js'

const word = fc.constantFrom('a', 'b', 'User.cache', 'POST /x', '<module>')

/** Findings on distinct lines of two files, many of them equal but for the line. */
const findings = fc
  .uniqueArray(fc.record({ file: fc.constantFrom('a.ts', 'b.ts'), line: fc.integer({ min: 1, max: 60 }), rule: fc.constantFrom('r', 's'), scope: word, symbol: word }), {
    maxLength: 20, selector: ({ file, line }) => `${file}:${line}`,
  })
  .map((rows) => rows.map(({ file, line, ...parts }): Finding => ({ ...CACHE, ...parts, location: { file, line, column: 3, endLine: line, endColumn: 9 } })))

function prints(list: readonly Finding[]): string[] {
  const copies = list.map((finding) => ({ ...finding }))
  assignFingerprints(copies)
  return copies.map(({ fingerprint: print }) => print)
}

describe('fingerprints', () => {
  it('are 32 hex digits that depend on each part', () => {
    const identity = { rule: 'r', file: 'a.ts', scope: 's', symbol: 'x', ordinal: 0 }
    const others = [{ rule: 'q' }, { file: 'b.ts' }, { scope: 't' }, { symbol: 'y' }, { ordinal: 1 }].map((parts) => fingerprint({ ...identity, ...parts }))
    expect(fingerprint(identity)).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set([fingerprint(identity), ...others]).size).toBe(6)
  })

  it('parts do not run into each other', () => {
    expect(fingerprint({ rule: 'ab', file: 'c', scope: '', symbol: '', ordinal: 0 })).not.toBe(fingerprint({ rule: 'a', file: 'bc', scope: '', symbol: '', ordinal: 0 }))
  })

  it('differ within one run', () => {
    fc.assert(fc.property(findings, (list) => new Set(prints(list)).size === list.length))
  })

  it('survive inserted lines, reformatting and reworded messages', () => {
    const moved = fc.tuple(findings, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 3 }), fc.nat(40))
    fc.assert(
      fc.property(moved, ([list, above, stretch, column]) => {
        const after = list.map((one) => ({ ...one, message: 'reworded', severity: 'error' as const, location: { ...one.location, line: one.location.line * stretch + above, column } }))
        expect(prints(after)).toEqual(prints(list))
      }),
    )
  })

  it('do not depend on the order in which rules report', () => {
    fc.assert(
      fc.property(findings, (list) => {
        const reversed = [...list].reverse()
        expect(prints(reversed).reverse()).toEqual(prints(list))
      }),
    )
  })

  it('exactly one disappears with one of several equal findings', () => {
    fc.assert(
      fc.property(findings.filter((list) => list.length > 0), fc.nat(), (list, pick) => {
        const without = list.filter((_, index) => index !== pick % list.length)
        const left = new Set(prints(without))
        expect(prints(list).filter((print) => !left.has(print))).toHaveLength(1)
      }),
    )
  })

  it('moved functions keep theirs, as scopes are not in the order of the file', () => {
    const [first, second] = [{ ...CACHE, scope: 'f' }, { ...CACHE, scope: 'g', location: { ...CACHE.location, line: 40 } }]
    const swapped = [{ ...first, location: second.location }, { ...second, location: first.location }]
    expect(prints(swapped)).toEqual(prints([first, second]))
  })
})

describe('baseline', () => {
  const known = [SESSION, ORDER].map((finding) => baselineEntry(finding))

  it('writes one finding a line, sorted, and reads it back', () => {
    const text = writeBaseline([{ ...baselineEntry(ORDER), reason: 'planned, see #12' }, baselineEntry(SESSION), baselineEntry(SESSION)])
    expect(text.split('\n').filter((line) => line.includes('"fp"'))).toHaveLength(2)
    expect(writeBaseline(readBaseline(text))).toBe(text)
    expect(writeBaseline([...readBaseline(text)].reverse())).toBe(text)
    expect(readBaseline(writeBaseline([]))).toEqual([])
  })

  it('tells new, known and stale apart: a swap of one for another is no pass', () => {
    const { fresh, baselined, stale } = applyBaseline([SESSION, CACHE], known)
    expect([fresh, baselined, stale.map(({ fp }) => fp)]).toEqual([[CACHE], [SESSION], [ORDER.fingerprint]])
  })

  it('update keeps reasons and drops what is gone; prune adds nothing', () => {
    const before = known.map((entry) => ({ ...entry, reason: `because of ${entry.rule}` }))
    const how = { root: '.', isGone: () => false }
    expect(updateBaseline([SESSION, STICKY], before, { ...how, adds: true }).map(({ rule, reason }) => [rule, reason])).toEqual([
      ['in-memory-session', 'because of in-memory-session'],
      ['sticky-routing', undefined],
    ])
    expect(updateBaseline([SESSION, STICKY], before, { ...how, adds: false })).toEqual([before[0]])
  })

  it('a renamed file brings nothing new and keeps its reasons; without the old file gone it does', () => {
    const moved: Finding = { ...SESSION, location: { ...SESSION.location, file: 'src/elsewhere.ts' }, fingerprint: 'f'.repeat(32) }
    const before = [{ ...baselineEntry(SESSION), reason: 'planned' }]
    const isGone = (file: string): boolean => file === SESSION.location.file
    expect(applyBaseline([moved], before, isGone)).toMatchObject({ fresh: [], baselined: [moved], stale: [] })
    expect(applyBaseline([moved], before)).toMatchObject({ fresh: [moved], baselined: [], stale: before })
    expect(updateBaseline([moved], before, { adds: false, root: '.', isGone })).toEqual([{ ...baselineEntry(moved), reason: 'planned' }])
  })

  it('two services share a file: what lies outside of the audited folder stays as it is', () => {
    const web = { ...baselineEntry(ORDER), file: 'apps/web/src/a.ts' }
    const how = { adds: true, root: 'apps/api', isGone: () => false }
    expect(updateBaseline([SESSION], [web], how)).toEqual([web, { ...baselineEntry(SESSION), file: `apps/api/${SESSION.location.file}` }])
  })

  it.each([
    ['not JSON', '{'],
    ['merge conflict', '<<<<<<< ours\n{}'],
    ["version 7", '{"version":7,"findings":[]}'],
    ["'findings' is not a list", '{"version":1}'],
    ["no 'rule'", '{"version":1,"findings":[{"fp":"x"}]}'],
    ['version missing', 'null'],
  ])('refuses a file with %s, naming it', (reason, text) => {
    expect(() => readBaseline(text, 'known.json')).toThrow(reason)
    expect(() => readBaseline(text, 'known.json')).toThrow(/^known\.json(:1)?: .*baseline write/)
  })
})
