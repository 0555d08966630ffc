import { describe, expect, it } from 'vitest'
import type { CallEdge, Instance } from '../../src/link/instances.js'
import { isMerged } from '../../src/program/merged-calls.js'

/** `const measured = (run) => run()`, called in some places with a function each, and taken for one. */
const wrapperOf = (places: number, kind: 'param' | 'const'): CallEdge => {
  const wrapper = { kind: 'arrow' }
  const site = { k: 'call', f: { k: 'ref', b: 0 }, a: [] }
  const from = { fn: wrapper, unit: { facts: { bindings: [{ n: 'run', kind, f: 0 }], functions: [wrapper] } }, env: undefined, callees: [] as unknown[], callers: [] as unknown[] }
  for (let i = 0; i < places; i++) {
    from.callees.push({ from, to: { fn: { n: `work${i}` } }, site })
    from.callers.push({ from: {}, to: from, site: { k: 'call', p: i } })
  }
  return from.callees[0] as CallEdge & { from: Instance }
}

describe('ways through a wrapper', () => {
  it('are doubtful where many calls were taken for one', () => {
    expect(isMerged(wrapperOf(5, 'param'))).toBe(true)
  })
  it('hold where each call was told apart, or hardly any were not', () => {
    expect(isMerged(wrapperOf(1, 'param'))).toBe(false)
    expect(isMerged(wrapperOf(3, 'param'))).toBe(false)
  })
  it('hold where the wrapper runs what it has itself', () => {
    expect(isMerged(wrapperOf(5, 'const'))).toBe(false)
  })
})
