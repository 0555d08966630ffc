import { describe, expect, it } from 'vitest'
import type { Expr } from '../../src/model/facts.js'
import { bindings, everyObject, exprs, facts, fn, show } from './helpers.js'

/** Bindings that the references named `name` lead to, in source order; undefined for globals. */
function uses(text: string, name: string): (number | undefined)[] {
  const of = facts(text)
  const found: { p: number; b: number | undefined }[] = []
  everyObject(of, fact => {
    const x = fact as unknown as Expr
    if (x.k === 'ref' && x.p !== undefined && of.bindings[x.b]?.n === name) found.push({ p: x.p, b: x.b })
    if (x.k === 'glob' && x.n === name) found.push({ p: x.p, b: undefined })
  })
  return found.sort((a, b) => a.p - b.p).map(use => use.b)
}

describe('scopes', () => {
  it('binds uses before hoisted declarations', () => {
    const text = 'f(x); function f() { return later } var x; const later = 1'
    const of = facts(text)
    expect(show(of, exprs(of)[0])).toEqual({ k: 'call', f: '$f', a: ['$x'] })
    expect(uses(text, 'later')).toEqual(bindings(of, 'later'))
  })

  it('hoists var out of nested blocks, but not out of functions', () => {
    const text = 'function f() { use(v); if (a) { for (var i = 0;;) { var v = 1 } } } function g() { use(v, i) }'
    const of = facts(text)
    const [v] = bindings(of, 'v')
    expect(of.bindings[v ?? -1]).toMatchObject({ kind: 'var', f: of.functions.indexOf(fn(of, 'f')) })
    expect(uses(text, 'v')).toEqual([v, undefined])
  })

  it('shadows by block, parameter, catch and class expression name', () => {
    const text = 'let a = 1; { let a = 2; use(a) } use(a); function f(a) { use(a) } try {} catch (a) { use(a) } use(class a { m() { a } })'
    expect(uses(text, 'a')).toEqual(bindingOrder(text))
  })

  it('keeps a function expression\'s own name inside it', () => {
    expect(uses('use(function own() { own() }); own()', 'own')).toEqual([expect.any(Number), undefined])
  })

  it('shares one binding between repeated var declarations', () => {
    expect(bindings(facts('var a = 1; var a = 2; if (x) { var a = 3 }'), 'a')).toHaveLength(1)
  })

  it('marks bindings that are fresh in each round of a loop', () => {
    const of = facts('for (const a of x) { let b; var c; const f = () => { let d } } while (x) { let e } let g')
    expect(of.bindings.filter(binding => binding.loop === 1).map(binding => binding.n).sort()).toEqual(['a', 'b', 'e', 'f'])
  })

  it('leaves unbound names as globals and notes arguments', () => {
    const of = facts('function f() { return () => arguments[0] } function g() { return process.env }')
    expect(fn(of, 'f').args).toBe(1)
    expect(fn(of, 'g').args).toBeUndefined()
    expect(show(of, fn(of, 'g').body)).toEqual([{ k: 'ret', x: { k: 'mem', o: 'process', n: 'env' } }])
  })

  it('scopes switch cases together', () => {
    const text = 'switch (x) { case 1: let s = 1; break; default: use(s) } use(s)'
    expect(uses(text, 's')).toEqual([bindings(facts(text), 's')[0], undefined])
  })
})

/** Declaration offsets decide which `a` is which: outer, block, parameter, catch, class. */
function bindingOrder(text: string): number[] {
  const of = facts(text)
  const byOffset = bindings(of, 'a').sort((a, b) => (of.bindings[a]?.p ?? 0) - (of.bindings[b]?.p ?? 0))
  return [1, 0, 2, 3, 4].map(index => byOffset[index] ?? -1)
}
