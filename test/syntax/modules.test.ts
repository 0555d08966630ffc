import { describe, expect, it } from 'vitest'
import { exprs, facts, first, show } from './helpers.js'

describe('modules', () => {
  it('keeps imports in all forms', () => {
    const of = facts(`import 'side'; import a, { b as c, type D, default as e } from 'x'; import * as ns from 'y'
      import type { T } from 'z'; import eq = require('w'); import al = ns.inner.deep`)
    expect(of.imports.map(fact => [fact.s, fact.typeOnly, fact.names.map(name => [name.n, of.bindings[name.b]?.n, name.typeOnly])])).toEqual([
      ['side', undefined, []],
      ['x', undefined, [['default', 'a', undefined], ['b', 'c', undefined], ['D', 'D', 1], ['default', 'e', undefined]]],
      ['y', undefined, [['*', 'ns', undefined]]], ['z', 1, [['T', 'T', undefined]]], ['w', undefined, [['default', 'eq', undefined]]],
    ])
    expect(show(of, of.functions[0]?.body)).toMatchObject([{ k: 'var', d: [{ t: '$al', i: { k: 'mem', n: 'deep', o: { o: '$ns' } } }] }])
  })

  it('keeps exports in all forms', () => {
    const of = facts(`export * from 'a'; export * as b from 'b'; export { c as d, type T2 } from 'c'; export type { T } from 't'
      export const { e, f: [g] } = x; export function h() {} export class I {} export let j = 1; const k = 1; export { k as l, k as default }
      export enum M { A }`)
    expect(of.exports.map(({ p: _p, b, ...fact }) => ({ ...fact, ...(b === undefined ? {} : { b: of.bindings[b]?.n }) }))).toEqual([
      { n: '*', from: 'a', i: '*' }, { n: 'b', from: 'b', i: '*' }, { n: 'd', from: 'c', i: 'c' }, { n: 'T2', from: 'c', i: 'T2', typeOnly: 1 },
      { n: 'T', from: 't', i: 'T', typeOnly: 1 }, { n: 'e', b: 'e' }, { n: 'g', b: 'g' }, { n: 'h', b: 'h' }, { n: 'I', b: 'I' }, { n: 'j', b: 'j' },
      { n: 'l', b: 'k' }, { n: 'default', b: 'k' }, { n: 'M', b: 'M' },
    ])
    expect(of.specifiers.toSorted()).toEqual(['a', 'c', 't'])
  })

  it('keeps default exports, named as bindings and anonymous as expressions', () => {
    expect(facts('export default function f() {}').exports).toMatchObject([{ n: 'default', b: 0 }])
    expect(facts('const a = 1; export default a').exports).toMatchObject([{ n: 'default', b: 0 }])
    expect(facts('export = make()').exports).toMatchObject([{ n: '=', x: { k: 'call' } }])
    for (const [text, kind] of [['export default function () {}', 'fn'], ['export default class {}', 'class'], ['export default { a: 1 }', 'obj']] as const) {
      const of = facts(text)
      expect(of.exports).toMatchObject([{ n: 'default', x: { k: kind } }])
      expect(of.functions[0]?.body).toEqual([])
    }
  })

  it('lists every literal specifier once', () => {
    const of = facts("import 'a'; const b = require('b'); require('b'); import('c'); let t: import('d').X; require(dyn); import(`f`)")
    expect(of.specifiers).toEqual(['a', 'b', 'c', 'd', 'f'])
    expect(exprs(of)[1]).toMatchObject({ k: 'imp', s: { k: 'lit', v: 'c' } })
  })

  it('leaves CommonJS writes in the body', () => {
    const of = facts("const x = require('x'); exports.a = () => 1; module.exports = { x }", 'file.js')
    expect(of.exports).toEqual([])
    expect(exprs(of).map(x => show(of, x))).toMatchObject([{ k: 'set', l: { k: 'mem', o: 'exports', n: 'a' } }, { k: 'set', l: { k: 'mem', o: 'module', n: 'exports' }, r: { k: 'obj' } }])
    expect(first("require('x')('y')")).toEqual({ k: 'call', f: { k: 'call', f: 'require', a: [{ lit: 'x' }] }, a: [{ lit: 'y' }] })
  })

  it('ignores ambient modules but for their types', () => {
    const of = facts("declare module 'express-session' { interface SessionData { user: string } } declare global { var db: Db; interface Window {} } use(db)")
    expect(of.bindings).toEqual([])
    expect(of.types.map(type => type.n)).toEqual(['SessionData', 'Window'])
    expect(show(of, exprs(of)[0])).toMatchObject({ a: ['db'] })
  })

  it('finds the comments that speak to the tool, not strings', () => {
    const text = `const a = "// stateless-audit-no"; const r = /\\/\\/ @stateful/; const t = \`/* @stateless \${1 /* @stateless in */} */\`
// stateless-audit-disable-next-line x -- why
/** @idempotent by key */ go() // nothing
const q = a / 2 / 3 // @stateful yes`
    const of = facts(text)
    expect(of.comments.map(comment => comment.text)).toEqual(['@stateless in', 'stateless-audit-disable-next-line x -- why', '@idempotent by key', '@stateful yes'])
    for (const comment of of.comments) expect(text.slice(comment.p, comment.e)).toMatch(/^\/[/*]/)
    expect(facts('<p>// @stateful</p>', 'a.tsx').comments).toEqual([])
  })

  it('counts lines', () => {
    expect([facts('').lines, facts('a').lines, facts('a\n').lines, facts('a\nb').lines]).toEqual([0, 1, 1, 2])
  })
})
