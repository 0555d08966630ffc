import { describe, expect, it } from 'vitest'
import { ByCallers } from '../../src/effects/asked-callers.js'
import type { Callers } from '../../src/flow/reach.js'
import type { CallEdge, Instance } from '../../src/link/instances.js'

const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name }) as unknown as Instance) as [Instance, Instance, Instance]
const edge = (from: Instance, to: Instance): CallEdge => ({ from, to }) as CallEdge

/** Says by way of `a` whether `b` was reached, and asks about `c` only where it was. */
const asking = () => {
  const by = new ByCallers<string, string>()
  let found = 0
  const of = (what: string, callers: Callers): string => by.of(what, callers, (asked) => {
    found++
    return asked.has(b) ? `b from ${asked.get(c)?.from === a ? 'a' : 'elsewhere'}` : `none of ${asked.size}`
  })
  return { of, times: () => found }
}

describe('what is found out by way of callers', () => {
  it('is found once for all that give the same answers, whatever else they have reached', () => {
    const { of, times } = asking()
    const way = edge(a, c)
    expect(of('x', new Map([[b, undefined], [c, way]]))).toBe('b from a')
    expect(of('x', new Map([[a, edge(b, a)], [b, edge(c, b)], [c, way]]))).toBe('b from a')
    expect(times()).toBe(1)
  })

  it('is found anew where an answer differs, and where it is asked of something else', () => {
    const { of, times } = asking()
    expect(of('x', new Map([[b, undefined], [c, edge(a, c)]]))).toBe('b from a')
    expect(of('x', new Map([[b, undefined], [c, edge(b, c)]]))).toBe('b from elsewhere')
    expect(of('x', new Map([[a, undefined]]))).toBe('none of 1')
    expect(of('x', new Map())).toBe('none of 0')
    expect(of('y', new Map([[a, undefined]]))).toBe('none of 1')
    expect(times()).toBe(5)
    expect(of('x', new Map([[b, undefined]]))).toBe('b from elsewhere')
    expect(times()).toBe(6)
  })
})
