import { describe, expect, it } from 'vitest'
import { bindings, facts, fn, show } from './helpers.js'

describe('classes', () => {
  it('puts field initialisers into synthetic functions', () => {
    const of = facts('class S { static count = 0; #p = new Map<string, T>(); ["lit"] = 1; [computed] = 2; handler = () => this.#p; declare x: Foo; static { boot() } }')
    const cls = of.classes[0]
    expect(cls?.fields.map(field => [field.n, field.static])).toEqual([['count', 1], ['#p', undefined], ['lit', undefined], ['handler', undefined], ['x', undefined]])
    expect(show(of, of.functions[cls?.init ?? -1])).toMatchObject({ kind: 'init', cls: 0, owner: 0, body: [
      { x: { k: 'set', l: { k: 'mem', o: { k: 'this' }, n: '#p' }, r: { k: 'new', f: 'Map' } } }, { x: { l: { n: 'lit' } } },
      { x: { l: { k: 'elem', i: 'computed' } } }, { x: { l: { n: 'handler' }, r: { k: 'fn' } } },
    ] })
    expect(show(of, of.functions[cls?.sinit ?? -1])).toMatchObject({ kind: 'sinit', body: [{ x: { l: { n: 'count' } } }, { k: 'block', b: [{ x: { f: 'boot' } }] }] })
    expect(fn(of, 'handler')).toMatchObject({ kind: 'arrow', owner: cls?.init })
  })

  it('assigns parameter properties first and lists them as fields', () => {
    const of = facts("class S { constructor(private readonly db: Db, @Inject('t') public repo: Repo<User>, plain: string) { this.start() } }")
    const ctor = fn(of, 'constructor')
    expect(show(of, ctor.body)).toMatchObject([
      { x: { k: 'set', l: { k: 'mem', o: { k: 'this' }, n: 'db' }, r: '$db' } }, { x: { l: { n: 'repo' }, r: '$repo' } }, { x: { k: 'call' } },
    ])
    expect(ctor.params.map(param => param.prop)).toEqual(['db', 'repo', undefined])
    expect(ctor.params[1]?.dec).toHaveLength(1)
    expect(of.classes[0]?.fields).toMatchObject([{ n: 'db', param: 1, ro: 1, ty: { k: 'ref', n: 'Db' } }, { n: 'repo', param: 1, ty: { a: [{ n: 'User' }] }, dec: [{ x: { k: 'call' } }] }])
    expect(of.classes[0]?.ctor).toBe(of.functions.indexOf(ctor))
  })

  it('keeps members, accessors, statics and abstract ones; overloads once', () => {
    const of = facts('abstract class S { static s() {} get g() { return 1 } set g(v) {} abstract a(): void; async m(x: 1): void; async m(x: any) {} *[Symbol.iterator]() {} #q() {} }')
    expect(of.classes[0]?.abstract).toBe(1)
    expect(of.classes[0]?.methods.map(method => [method.n, method.kind, method.static, method.abstract])).toEqual([
      ['s', 'method', 1, undefined], ['g', 'get', undefined, undefined], ['g', 'set', undefined, undefined], ['a', 'method', undefined, 1],
      ['m', 'method', undefined, undefined], ['[Symbol.iterator]', 'method', undefined, undefined], ['#q', 'method', undefined, undefined],
    ])
    expect(fn(of, 'a').bodiless).toBe(1)
    expect(fn(of, '[Symbol.iterator]').gen).toBe(1)
    expect(fn(of, 'm')).toMatchObject({ async: 1, cls: 0 })
  })

  it('keeps decorators with arguments on classes, members and parameters', () => {
    const of = facts("@Controller('x') class C { @Input() a: A; @Get(':id', { b: 1 }) one(@Param('id') id: string, @Body() dto: Dto) {} }")
    const cls = of.classes[0]
    expect(show(of, cls?.dec)).toEqual([{ x: { k: 'call', f: 'Controller', a: [{ lit: 'x' }] } }])
    expect(show(of, cls?.fields[0]?.dec)).toEqual([{ x: { k: 'call', f: 'Input', a: [] } }])
    expect(show(of, cls?.methods[0]?.dec)).toMatchObject([{ x: { f: 'Get', a: [{ lit: ':id' }, { k: 'obj' }] } }])
    expect(fn(of, 'one').params.map(param => show(of, param.dec))).toMatchObject([[{ x: { f: 'Param', a: [{ lit: 'id' }] } }], [{ x: { f: 'Body' } }]])
  })

  it('keeps heritage with type arguments, and binds the class name', () => {
    const of = facts('class A extends B.Base<User> implements I, J<K> {} const X = class extends A {}; new A()')
    expect(show(of, of.classes[0]?.ext)).toEqual({ k: 'mem', o: 'B', n: 'Base' })
    expect(of.classes[0]?.extTypes).toMatchObject([{ n: 'User' }])
    expect(of.classes[0]?.impl).toMatchObject([{ n: 'I' }, { n: 'J', a: [{ n: 'K' }] }])
    expect(of.classes[1]?.n).toBe('X')
    const [a] = bindings(of, 'A')
    expect(of.bindings[a ?? -1]).toMatchObject({ kind: 'class', cls: 0 })
    expect(of.classes[0]?.b).toBe(a)
  })

  it('keeps types of variables, interfaces and aliases', () => {
    const of = facts(`import { Foo } from 'x'
      let a: Foo.Bar<string>[], b: typeof a, c: import('y').Z, d: 'l' | 1 | null, e: (x: number) => void, f: [A, B?], g: keyof T, h: readonly string[]
      export interface I<T> extends J { m(x: T): string; readonly p?: number } type K = { q: I<1> }; export type { K }`)
    expect(of.bindings.slice(1).map(binding => binding.ty)).toMatchObject([
      { k: 'arr', x: { k: 'ref', n: 'Foo.Bar', b: 0, a: [{ n: 'string' }] } }, { k: 'typeof', x: { k: 'ref', b: 1 } }, { k: 'import', s: 'y', n: 'Z' },
      { k: 'union', x: [{ v: 'l' }, { v: 1 }, { k: 'prim', n: 'null' }] }, { k: 'fn', ps: [{ n: 'number' }], r: { n: 'void' } },
      { k: 'tuple', x: [{ n: 'A' }, { n: 'B' }] }, { k: 'other' }, { k: 'arr', x: { n: 'string' } },
    ])
    expect(of.types).toMatchObject([
      { n: 'I', kind: 'interface', exported: 1, tp: ['T'], ext: [{ n: 'J' }], m: [{ n: 'm', ty: { k: 'fn' } }, { n: 'p', opt: 1, ty: { n: 'number' } }] },
      { n: 'K', kind: 'alias', exported: 1, ty: { k: 'obj', m: [{ n: 'q' }] } },
    ])
  })
})
