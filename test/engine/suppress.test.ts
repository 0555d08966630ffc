import { describe, expect, it } from 'vitest'
import { applySuppressions, type Comment, type SuppressionInput } from '../../src/engine/suppress.js'
import type { Finding } from '../../src/model/finding.js'
import { CACHE, SESSION } from '../report/sample.js'

const RULES = ['process-cache', 'in-memory-session', 'sticky-routing']

function at(finding: Finding, file: string, line: number): Finding {
  return { ...finding, location: { file, line, column: 1, endLine: line, endColumn: 5 } }
}

function comment(text: string, line = 4, file = 'src/a.ts'): Comment {
  return { file, line, endLine: line + text.split('\n').length - 1, text }
}

function apply(parts: Partial<SuppressionInput>) {
  return applySuppressions({ findings: [at(CACHE, 'src/a.ts', 5)], comments: [], ignores: [], stateful: [], today: '2026-11-24', knownRules: RULES, ...parts })
}

const ids = (result: ReturnType<typeof apply>) => result.notices.map(({ id }) => id)

describe('comments', () => {
  it.each([
    ['line', '// stateless-audit-ignore process-cache: bounded, safe to lose'],
    ['bare words', ' stateless-audit-ignore process-cache: bounded'],
    ['block', '/* stateless-audit-ignore process-cache: bounded */'],
    ['JSX', '{/* stateless-audit-ignore process-cache: bounded */}'],
    ['YAML', '# stateless-audit-ignore process-cache: bounded'],
    ['several rules', '// stateless-audit-ignore in-memory-session, process-cache until 2027-01-31: see http://wiki/x'],
    ['its last day', '// stateless-audit-ignore process-cache until 2026-11-24: soon gone'],
    ['whole file', '// stateless-audit-ignore-file process-cache: a tool of one process'],
  ])('%s', (_, text) => {
    const result = apply({ comments: [comment(text)], ranRules: ['process-cache'] })
    expect(result.findings).toEqual([])
    expect(result.suppressed).toMatchObject([{ by: 'comment', location: { line: 4 } }])
    expect(result.notices).toEqual([])
  })

  it('keeps the whole reason, colons too', () => {
    const { suppressed } = apply({ comments: [comment('// stateless-audit-ignore process-cache: see http://wiki/x: fine {x}')] })
    expect(suppressed[0]?.reason).toBe('see http://wiki/x: fine {x}')
  })

  it('speaks for its own line or the next, not for others', () => {
    const lines = [3, 4, 5, 6].map((line) => at(CACHE, 'src/a.ts', line))
    const text = '// stateless-audit-ignore process-cache: bounded'
    expect(apply({ findings: lines.filter(({ location }) => location.line !== 4), comments: [comment(text)] }).findings.map(({ location }) => location.line)).toEqual([3, 6])
    expect(apply({ findings: lines, comments: [comment(text)] }).findings.map(({ location }) => location.line)).toEqual([3, 5, 6])
    expect(apply({ comments: [comment(text, 4, 'src/b.ts')] }).findings).toHaveLength(1)
  })

  it('a block of several lines and stacked comments reach the line below', () => {
    const block = comment('/*\n * stateless-audit-ignore process-cache: bounded\n * and small\n */', 1)
    expect(apply({ comments: [block] }).suppressed[0]?.reason).toBe('bounded and small')
    const findings = [at(CACHE, 'src/a.ts', 5), at(SESSION, 'src/a.ts', 5)]
    const stacked = [comment('// stateless-audit-ignore process-cache: bounded', 3), comment('// stateless-audit-ignore in-memory-session: one replica', 4)]
    expect(apply({ findings, comments: stacked })).toMatchObject({ findings: [], notices: [] })
  })

  it.each([
    ['suppression-without-reason', '// stateless-audit-ignore process-cache'],
    ['suppression-without-reason', '// stateless-audit-ignore process-cache:   '],
    ['suppression-without-rule', '// stateless-audit-ignore: all of it'],
    ['suppression-unknown-rule', '// stateless-audit-ignore process-cash: bounded'],
    ['suppression-expired', '// stateless-audit-ignore process-cache until 2026-11-23: soon gone'],
    ['suppression-bad-date', '// stateless-audit-ignore process-cache until 2026-02-30: soon gone'],
    ['suppression-bad-date', '// stateless-audit-ignore process-cache until tomorrow: soon gone'],
  ])('%s: the finding stays', (id, text) => {
    const result = apply({ comments: [comment(text)] })
    expect(ids(result)).toEqual([id])
    expect(result.findings).toHaveLength(1)
    expect(result.notices[0]?.location).toMatchObject({ file: 'src/a.ts', line: 4 })
  })

  it('tells of unused ones, but not for rules that did not run', () => {
    const comments = [comment('// stateless-audit-ignore process-cache, sticky-routing: bounded')]
    expect(apply({ comments }).notices).toMatchObject([{ id: 'suppression-unused', message: expect.stringContaining('sticky-routing') }])
    expect(apply({ comments, ranRules: ['process-cache'] }).notices).toEqual([])
  })

  it('leaves other comments alone', () => {
    const others = ['// eslint-disable', '// see stateless-audit-ignore in the docs', '// stateless-audit-ignored: x'].map((text) => comment(text))
    expect(apply({ comments: others })).toMatchObject({ suppressed: [], notices: [] })
  })
})

describe('config', () => {
  it('ignores by rule, file and symbol, with a last day', () => {
    const row = { rule: 'process-cache', files: ['src/**'], symbol: 'prices', reason: 'bounded' }
    expect(apply({ ignores: [{ ...row, until: '2026-11-24' }] }).suppressed).toMatchObject([{ by: 'config', reason: 'bounded' }])
    expect(ids(apply({ ignores: [{ ...row, until: '2026-11-23' }] }))).toEqual(['ignore-expired'])
    expect(ids(apply({ ignores: [{ ...row, symbol: 'rates' }] }))).toEqual(['ignore-unused'])
    expect(apply({ ignores: [{ ...row, files: ['lib/**'] }] }).findings).toHaveLength(1)
  })

  it('moves findings of stateful files to a place of their own', () => {
    const result = apply({ stateful: [{ files: ['src/*.ts'], reason: 'sharded by room' }] })
    expect(result).toMatchObject({ findings: [], suppressed: [], statefulByDesign: [{ by: 'stateful', reason: 'sharded by room' }] })
  })
})
