import { describe, expect, it } from 'vitest'
import { applySuppressions, type Comment, type SuppressionInput } from '../../src/engine/suppress.js'
import type { Finding } from '../../src/model/finding.js'
import { CACHE } from '../report/sample.js'

const place = (file: string, line: number): Finding['location'] => ({ file, line, column: 1, endLine: line, endColumn: 9 })
const ORDER: Finding = { ...CACHE, rule: 'non-idempotent-post', question: 'retries', symbol: 'POST /orders', location: place('src/a.ts', 5), related: [{ message: 'handled here', location: place('src/orders.ts', 9) }] }

const comment = (text: string, line: number, file = 'src/a.ts', endLine = line): Comment => ({ file, line, endLine, text })
const apply = (parts: Partial<SuppressionInput>) =>
  applySuppressions({ findings: [ORDER], comments: [], ignores: [], stateful: [], today: '2026-11-26', knownRules: ['non-idempotent-post', 'unsafe-get', 'process-cache'], ...parts })

describe('declared intent', () => {
  it('a mark above the registration, or above the handler elsewhere', () => {
    for (const one of [comment('/** @idempotent a comment is a comment */', 4), comment('/**\n * Adds.\n * @idempotent a comment is a comment\n * @param x what\n */', 4, 'src/orders.ts', 8)]) {
      const result = apply({ comments: [one] })
      expect(result.findings).toEqual([])
      expect(result.suppressed).toMatchObject([{ reason: 'a comment is a comment', by: 'comment', location: { line: 4 } }])
      expect(result.notices).toEqual([])
    }
  })

  it('a row of the config', () => {
    const result = apply({ idempotent: [{ entry: 'POST /orders', reason: 'the gateway drops repeats' }] })
    expect(result).toMatchObject({ findings: [], suppressed: [{ reason: 'the gateway drops repeats', by: 'config' }], notices: [] })
  })

  it('counts only with a reason, at its place, and for repeats', () => {
    expect(apply({ comments: [comment('/** @idempotent */', 4)] })).toMatchObject({ findings: [ORDER], notices: [{ id: 'idempotent-without-reason', location: { line: 4 } }] })
    expect(apply({ comments: [comment('/** @idempotent x */', 2)] })).toMatchObject({ findings: [ORDER], notices: [{ id: 'idempotent-unused', location: { line: 2 } }] })
    const get = { ...ORDER, rule: 'unsafe-get' }
    expect(apply({ findings: [get], comments: [comment('/** @idempotent x */', 4)] }).findings).toEqual([get])
    expect(apply({ findings: [{ ...CACHE, location: place('src/a.ts', 5) }], comments: [comment('/** @idempotent x */', 4)] }).findings).toHaveLength(1)
  })

  it('tells what is unused, where the rules ran', () => {
    const idempotent = [{ entry: 'POST /other', reason: 'x' }]
    expect(apply({ idempotent }).notices).toMatchObject([{ id: 'idempotent-unused', message: expect.stringContaining('POST /other') }])
    expect(apply({ idempotent, ranRules: ['process-cache'] }).notices).toEqual([])
  })
})
