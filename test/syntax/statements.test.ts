import { describe, expect, it } from 'vitest'
import { facts, fn, show } from './helpers.js'

function body(text: string): unknown {
  const of = facts(`async function f() { ${text} }`)
  return show(of, fn(of, 'f').body)
}

describe('statements', () => {
  it('keeps the skeleton of branches, loops and tries', () => {
    expect(body('if (a) return b; else { throw c }')).toEqual([{ k: 'if', t: 'a', c: [{ k: 'ret', x: 'b' }], a: [{ k: 'throw', x: 'c' }] }])
    expect(body('for (let i = 0; i; i++) a')).toMatchObject([{ k: 'loop', kind: 'for', init: [{ k: 'var', kind: 'let', d: [{ t: '$i', i: { lit: 0 } }] }], t: '$i', upd: { k: 'upd' }, b: [{ k: 'expr', x: 'a' }] }])
    expect(body('for (const { a } of b) {}')).toEqual([{ k: 'loop', kind: 'of', t: 'b', each: { k: 'objpat', m: [{ n: 'a', t: '$a' }] }, b: [] }])
    expect(body('for (a.b in c) {}')).toMatchObject([{ k: 'loop', kind: 'in', each: { k: 'target', x: { k: 'mem', n: 'b' } } }])
    expect(body('do { a } while (b)')).toEqual([{ k: 'loop', kind: 'do', t: 'b', b: [{ k: 'expr', x: 'a' }] }])
    expect(body('try { a } catch ({ code }) { code } finally { c }')).toEqual([{
      k: 'try', b: [{ k: 'expr', x: 'a' }], param: { k: 'objpat', m: [{ n: 'code', t: '$code' }] }, c: [{ k: 'expr', x: '$code' }], f: [{ k: 'expr', x: 'c' }],
    }])
    expect(body('try { a } catch { }')).toEqual([{ k: 'try', b: [{ k: 'expr', x: 'a' }], c: [] }])
  })

  it('keeps switches and labels', () => {
    expect(body('switch (a) { case 1: case 2: b; break; default: c }')).toEqual([{
      k: 'switch', x: 'a', cases: [{ t: { lit: 1 }, b: [] }, { t: { lit: 2 }, b: [{ k: 'expr', x: 'b' }, { k: 'break' }] }, { b: [{ k: 'expr', x: 'c' }] }],
    }])
    expect(body('outer: for (;;) { continue outer }')).toEqual([{ k: 'block', label: 'outer', b: [{ k: 'loop', kind: 'for', b: [{ k: 'continue', label: 'outer' }] }] }])
  })

  it('declares by patterns with defaults, rest and nesting', () => {
    expect(body('const { a, b: { c = 1 }, [k]: d, ...r } = x, [e, , f = g, ...h] = y')).toEqual([{
      k: 'var', kind: 'const', d: [
        { i: 'x', t: { k: 'objpat', m: [{ n: 'a', t: '$a' }, { n: 'b', t: { k: 'objpat', m: [{ n: 'c', t: { k: 'def', t: '$c', d: { lit: 1 } } }] } }, { c: 'k', t: '$d' }], rest: '$r' } },
        { i: 'y', t: { k: 'arrpat', x: ['$e', null, { k: 'def', t: '$f', d: 'g' }], rest: '$h' } },
      ],
    }])
  })

  it('tells directives from statements', () => {
    const of = facts("'use server'; import 'x'; async function act() { 'use server'; go() }")
    expect(of.directives).toEqual(['use server'])
    expect(fn(of, 'act').directives).toEqual(['use server'])
    expect(fn(of, 'act').body).toHaveLength(1)
  })

  it('returns the body of an arrow, and binds parameters with types, defaults and rest', () => {
    const of = facts('const f = (this: X, a: string, { b = 2 }: Opts, c?: number, d = a, ...e: T[]): Promise<void> => go(a, b)')
    const arrow = fn(of, 'f')
    expect(arrow.params.map(param => show(of, param.t))).toEqual(['$a', { k: 'objpat', m: [{ n: 'b', t: { k: 'def', t: '$b', d: { lit: 2 } } }] }, '$c', { k: 'def', t: '$d', d: '$a' }, '$e'])
    expect(arrow.params.map(param => [param.ty !== undefined, param.opt, param.rest])).toEqual([[true, undefined, undefined], [true, undefined, undefined], [true, 1, undefined], [false, undefined, undefined], [true, undefined, 1]])
    expect(arrow.ret).toEqual({ k: 'ref', n: 'Promise', a: [{ k: 'prim', n: 'void' }] })
    expect(arrow.body).toMatchObject([{ k: 'ret', x: { k: 'call' } }])
    expect(of.bindings.find(binding => binding.n === 'f')?.fn).toBe(of.functions.indexOf(arrow))
  })

  it('binds an overloaded function to its implementation', () => {
    const of = facts('function f(a: string): void; function f(a: number): void; function f(a: unknown) { use(a) }')
    const id = of.bindings.find(binding => binding.n === 'f')?.fn
    expect(of.functions[id ?? -1]?.bodiless).toBeUndefined()
    expect(of.functions.filter(fact => fact.bodiless === 1)).toHaveLength(2)
  })

  it('makes enums objects', () => {
    const of = facts("export enum E { A, B = 5, C, D = 'd' } const enum F { X = 1 << 2 }")
    expect(show(of, of.functions[0]?.body[0])).toMatchObject({ k: 'var', d: [{ t: '$E', i: { k: 'obj', m: [{ n: 'A', v: { lit: 0 } }, { n: 'B', v: { lit: 5 } }, { n: 'C', v: { lit: 6 } }, { n: 'D', v: { lit: 'd' } }] } }] })
    expect(of.bindings.map(binding => binding.kind)).toEqual(['enum', 'enum'])
    expect(of.exports).toMatchObject([{ n: 'E', b: 0 }])
  })

  it('makes namespaces objects of what they export, or members of what they extend', () => {
    const of = facts('export namespace N { let hidden = 1; export const v = hidden; export function w() {} } class C {} namespace C { export const s = 1 } namespace A.B { export const t = 1 } namespace T { export type X = 1 }')
    const text = JSON.stringify(show(of, of.functions[0]?.body))
    expect(text).toContain('{"t":"$N","i":{"k":"obj","m":[{"n":"v","v":"$v","kind":"init"},{"n":"w","v":"$w","kind":"init"}]}}')
    expect(text).toContain('{"k":"set","op":"=","l":{"k":"mem","o":"$C","n":"s"},"r":"$s"}')
    expect(text).toContain('{"t":"$A","i":{"k":"obj","m":[{"n":"B","v":"$B","kind":"init"}]}}')
    expect(of.exports.map(fact => fact.n)).toEqual(['N'])
    expect(of.bindings.some(binding => binding.n === 'T')).toBe(false)
  })

  it('knows calls that never come back', () => {
    const of = (text: string): unknown => {
      const file = facts(`import { redirect } from 'next/navigation'; import invariant from 'tiny-invariant'; function refuse(): never { throw a } function warn() { log(a) } function f(ctx) { ${text} }`)
      return show(file, fn(file, 'f').body)
    }
    expect(of("redirect('/')")).toMatchObject([{ k: 'throw', x: { k: 'call' } }])
    expect(of('if (a) refuse(); warn()')).toMatchObject([{ k: 'if', c: [{ k: 'throw' }] }, { k: 'expr' }])
    expect(of('ctx.throw(404); other.throw(a)')).toMatchObject([{ k: 'throw' }, { k: 'expr' }])
    expect(of('a || ctx.throw(404)')).toMatchObject([{ k: 'if', t: { k: 'un', op: '!', x: 'a' }, c: [{ k: 'throw' }] }])
    expect(of("invariant(a === b, 'c')")).toMatchObject([{ k: 'if', t: { k: 'bin', op: '!==' }, c: [{ k: 'throw', x: { lit: 'c' } }] }])
  })
})
