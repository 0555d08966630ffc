import { describe, expect, it } from 'vitest'
import { exprs, facts, first, fn, show } from './helpers.js'

describe('expressions', () => {
  it('turns a literal index into a member, another into an element', () => {
    expect(first("o['a'][0]")).toEqual({ k: 'elem', o: { k: 'mem', o: 'o', n: 'a' }, i: { lit: 0 } })
  })

  it('keeps optional chains on the member and the call', () => {
    expect(first('a?.b?.(c)?.[d]')).toEqual({
      k: 'elem', opt: 1, i: 'd', o: { k: 'call', opt: 1, a: ['c'], f: { k: 'mem', opt: 1, o: 'a', n: 'b' } },
    })
  })

  it('sees through casts, assertions and parentheses', () => {
    expect(first('((<any>(a as B)!) satisfies C).d')).toEqual({ k: 'mem', o: 'a', n: 'd' })
  })

  it('keeps type arguments of calls and constructions', () => {
    expect(first('get<User[]>(x)')).toMatchObject({ k: 'call', ta: [{ k: 'arr', x: { k: 'ref', n: 'User' } }] })
    expect(first('new Map<string, number>()')).toMatchObject({ k: 'new', a: [], ta: [{ k: 'prim' }, { k: 'prim' }] })
  })

  it('lowers templates, tagged or not', () => {
    expect(exprs(facts('`a${x}b`'))[0]).toMatchObject({ k: 'tpl', q: ['a', 'b'], x: [{ n: 'x' }] })
    const of = facts('sql`select ${a} from ${b}`; t`x`')
    expect(exprs(of)[0]).toMatchObject({ k: 'tpl', q: ['select ', ' from ', ''], tag: { k: 'glob', n: 'sql' } })
    expect(exprs(of)[1]).toMatchObject({ k: 'tpl', q: ['x'], x: [], tag: { n: 't' } })
  })

  it('lowers object members with their kinds', () => {
    const of = facts('({ a, b: 1, [c]: 2, ["d"]: 3, 5: 4, m() {}, get g() { return 1 }, set g(v) {}, ...rest })')
    const x = exprs(of)[0]
    expect(x?.k === 'obj' ? x.m.map(prop => [prop.kind, prop.n, show(of, prop.c)]) : []).toEqual([
      ['init', 'a', undefined], ['init', 'b', undefined], ['init', undefined, 'c'], ['init', 'd', undefined], ['init', '5', undefined],
      ['method', 'm', undefined], ['get', 'g', undefined], ['set', 'g', undefined], ['spread', undefined, undefined],
    ])
    expect(x?.k === 'obj' ? show(of, x.m.at(-1)?.v) : undefined).toBe('rest')
  })

  it('names functions after what they are assigned to', () => {
    const of = facts(`
      const a = () => {}; let b; b = function () {}; x.y.c = async () => {}; exports.d = function () {}
      const o = { e: () => {}, f() {} }; class K { g = () => {}; h() {} }
      const { i = () => {} } = x; function p(j = () => {}) {}; module.exports = function () {}; const n = function own() {}`)
    const names = of.functions.map(fact => fact.n)
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'own']) expect(names).toContain(name)
    expect(names).not.toContain('exports')
    expect(names).not.toContain('n')
    expect(of.functions.find(fact => fact.n === 'c')?.async).toBe(1)
  })

  it('lowers assignments, destructuring ones as patterns', () => {
    expect(first('a.b ||= c')).toEqual({ k: 'set', op: '||=', l: { k: 'mem', o: 'a', n: 'b' }, r: 'c' })
    expect(first('({ a, b: c.d = 1, ...e } = f)')).toEqual({
      k: 'set', op: '=', r: 'f', l: {
        k: 'objpat', m: [{ n: 'a', t: { k: 'target', x: 'a' } }, { n: 'b', t: { k: 'def', t: { k: 'target', x: { k: 'mem', o: 'c', n: 'd' } }, d: { lit: 1 } } }],
        rest: { k: 'target', x: 'e' },
      },
    })
    expect(first('[a, , ...b] = c')).toEqual({ k: 'set', op: '=', r: 'c', l: { k: 'arrpat', x: [{ k: 'target', x: 'a' }, null], rest: { k: 'target', x: 'b' } } })
  })

  it('lowers operators', () => {
    expect(first('a && b ?? c')).toMatchObject({ k: 'log', op: '??', l: { k: 'log', op: '&&' } })
    expect(first('a, b, c')).toEqual({ k: 'seq', x: ['a', 'b', 'c'] })
    expect(first('++a.b')).toEqual({ k: 'upd', op: '++', pre: 1, x: { k: 'mem', o: 'a', n: 'b' } })
    expect(first('delete a[b]')).toEqual({ k: 'del', x: { k: 'elem', o: 'a', i: 'b' } })
    expect(first('typeof a === "b"')).toEqual({ k: 'bin', op: '===', l: { k: 'un', op: 'typeof', x: 'a' }, r: { lit: 'b' } })
    expect(first('[, 1n, 1e999, /x/g, null, import.meta.url]')).toMatchObject({
      x: [{ lit: null }, { lit: expect.any(String) }, { lit: expect.any(String) }, { k: 're', v: '/x/g' }, { lit: null }, { k: 'mem', o: { k: 'meta', n: 'import.meta' } }],
    })
  })

  it('turns JSX into calls', () => {
    const text = 'const x = <Foo.Bar a="s" b {...c} on={() => 1}>text{d}<div/>{/* no */}</Foo.Bar>'
    const of = facts(text, 'file.tsx')
    const statement = of.functions[0]?.body[0]
    const x = statement?.k === 'var' ? statement.d[0]?.i : undefined
    expect(show(of, x)).toMatchObject({
      k: 'call', jsx: 1, f: { k: 'mem', o: 'Foo', n: 'Bar' },
      a: [{ k: 'obj', m: [
        { n: 'a', v: { lit: 's' } }, { n: 'b', v: { lit: true } }, { kind: 'spread', v: 'c' }, { n: 'on', v: { k: 'fn' } },
        { n: 'children', v: { k: 'arr', x: ['d', { k: 'call', f: { lit: 'div' }, jsx: 1 }] } },
      ] }],
    })
    expect(fn(of, 'on').kind).toBe('arrow')
    expect(facts('export default () => <><a-b/></>', 'file.js').parseErrors).toEqual([])
  })

  it('gives spans of the source', () => {
    const text = '  /* c */ foo . bar ( 1 ) // end'
    const x = exprs(facts(text))[0]
    expect(text.slice(x?.p, x?.e)).toBe('foo . bar ( 1 )')
    expect(x?.k === 'call' && x.f.k === 'mem' ? text.slice(x.f.q, x.f.e) : '').toBe('bar')
  })
})
