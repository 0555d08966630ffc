import { describe, expect, it } from 'vitest'
import { NOTHING, Solver, constant } from '../../src/link/solver.js'

const never = (): boolean => false

describe('solver', () => {
  it('lets values flow along edges, whenever the edge was drawn', () => {
    const solver = new Solver()
    const [a, b, c] = [solver.node(), solver.node(), solver.node()]
    solver.flow(a, b)
    solver.add(a, 1)
    expect(solver.run(100, never)).toBe(true)
    solver.flow(b, c)
    solver.flow(constant(2), a)
    solver.flow(NOTHING, a)
    expect(solver.run(100, never)).toBe(true)
    expect([...solver.values(c)]).toEqual([1, 2])
    expect([solver.size(c), solver.size(constant(7)), solver.size(NOTHING)]).toEqual([2, 1, 0])
  })

  it('ends in circles and shows each watcher each value once', () => {
    const solver = new Solver()
    const [a, b] = [solver.node(), solver.node()]
    const seen: number[] = []
    solver.flow(a, b)
    solver.flow(b, a)
    solver.watch(b, (value) => { seen.push(value) })
    for (let value = 0; value < 50; value++) solver.add(value % 2 ? a : b, value)
    solver.add(a, 3)
    solver.watch(a, { see: (value) => { seen.push(100 + value) } })
    expect(solver.run(1000, never)).toBe(true)
    expect(seen.filter((value) => value < 100).sort((x, y) => x - y)).toEqual(Array.from({ length: 50 }, (_, i) => i))
    expect(seen).toHaveLength(100)
  })

  it('holds few values that tell little', () => {
    const solver = new Solver()
    const node = solver.node()
    for (let value = 0; value < 400; value++) {
      if (value >= 200) solver.markWeak(value)
      solver.add(node, value)
    }
    expect(solver.size(node)).toBe(160)
    const weak = solver.node()
    for (let value = 200; value < 400; value++) solver.add(weak, value)
    expect(solver.size(weak)).toBe(24)
  })

  it('becomes less precise where a program takes too long, then stops', () => {
    const feed = (budget: number): { ended: boolean; haste: number; most: number } => {
      const solver = new Solver()
      const places = Array.from({ length: 40 }, () => solver.node())
      for (const from of places) for (const to of places) solver.flow(from, to)
      for (const place of places) solver.watch(place, () => {})
      for (let value = 0; value < 150; value++) {
        solver.add(places[value % 40] as number, value)
        if (!solver.run(budget, never)) return { ended: false, haste: solver.haste, most: 0 }
      }
      return { ended: true, haste: solver.haste, most: Math.max(...places.map((place) => solver.size(place))) }
    }
    expect(feed(100_000)).toEqual({ ended: true, haste: 0, most: 150 })
    expect(feed(10_000)).toEqual({ ended: true, haste: 1, most: 73 })
    expect(feed(1500)).toEqual({ ended: true, haste: 2, most: 22 })
    expect(feed(10).ended).toBe(false)
  })
})
