import { ts } from 'ts-morph'
import { describe, expect, it } from 'vitest'
import type { FileFacts } from '../../src/model/facts.js'
import { TYPESCRIPT_VERSION, extractFacts } from '../../src/syntax/index.js'
import { everyObject, facts } from './helpers.js'

const SAMPLE = `'use server'
import a, { b as c } from 'x'; import * as ns from "y"
@Dec({ x: [1, , ...y] }) export default class S<T> extends B.C<D> implements I {
  static n = 1; #p?: Map<string, T> = new Map(); [k] = 2; static { let t = \`a\${this.n}b\` }
  constructor(private readonly db: Db, @Inject('t') { q = 1, ...r }: X) { super(); this.#p?.set('a', db!) }
  get g(): number { return 1 } async *m<U>(this: S<T>, x?: U, ...rest: any[]): AsyncGenerator<U> { yield* rest; await x }
}
export const { e, f: [g, , h = () => arguments] } = ns.q?.['z']?.(c), fn = async ({ i }, j = i) => ({ i, j, get k() { return 1 }, [e]: 2, ...g })
enum E { A, B = 'x'.length, C } namespace N.M { export const v = E.A; export function w() {} }
outer: for (const x of fn()) { try { switch (x) { case 1: continue outer; default: let z = x; break } } catch { do { var late = 1 } while (late--) } finally { ; } }
if (a) ({ a, b: c.d = 1 } = e); else [g, ...h] = x; label: { delete a[0], void 0, typeof b, !c, -1n ** 2n, a ??= b || c && (e ? g : h) }
type Q<T> = { [K in keyof T]: T[K] } | [A, B?] | typeof ns.x | import('m').R<1> | \`t\${string}\`; interface I<T> extends J<T> { (x: 1): 2; new (): I; p?: 'l' }
module.exports = function named() { return new.target ?? import.meta.url ?? /re[/]gex/g.test(tag\`x\${1}y\`) } // @stateful
export { fn as default, type Q } from './z'; export * as all from 'w'; export = import('v')`

/** A generator of numbers in [0, 1) that gives the same ones in each run. */
function random(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296
}

/** Throws unless all indices lead somewhere and no span leaves the text. */
function check(of: FileFacts, length: number): void {
  const limits: Record<string, number> = { b: of.bindings.length, c: of.classes.length, f: of.functions.length }
  everyObject(of, fact => {
    for (const key of ['p', 'e', 'q']) if (typeof fact[key] === 'number') expect(fact[key]).toBeLessThanOrEqual(length)
    for (const [key, limit] of Object.entries(limits)) {
      if (typeof fact[key] !== 'number') continue
      expect(fact[key]).toBeGreaterThanOrEqual(0)
      expect(fact[key]).toBeLessThan(limit)
    }
    for (const value of Object.values(fact)) expect(value).not.toBeUndefined()
  })
  for (const fact of of.functions.slice(1)) expect(fact.owner).toBeLessThan(of.functions.length)
}

describe('robustness', () => {
  it('reads the sample', () => {
    const of = facts(SAMPLE, 'a.ts')
    check(of, SAMPLE.length)
    expect(of.functions.length).toBe(11)
    expect(of.comments).toHaveLength(1)
  })

  it('survives truncations', () => {
    const next = random(7)
    for (let round = 0; round < 150; round++) {
      const end = Math.floor(next() * SAMPLE.length)
      const start = round % 2 === 0 ? 0 : Math.floor(next() * end)
      const text = SAMPLE.slice(start, end)
      check(extractFacts(['a.ts', 'a.tsx', 'a.js', 'a.vue'][round % 4] ?? 'a.ts', text), text.length)
    }
  })

  it('survives shuffled pieces and garbage', () => {
    const next = random(11)
    const pieces = SAMPLE.split(/(?<=\W)/)
    for (let round = 0; round < 60; round++) {
      const text = Array.from({ length: 60 }, () => pieces[Math.floor(next() * pieces.length)]).join('')
      check(extractFacts('a.tsx', text), text.length)
    }
    for (const text of ['\0\u{1F600}\uFEFF', '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x', '#!/bin/sh\necho "hi', 'const', 'export', '<script', '---\n']) {
      for (const path of ['a.ts', 'a.js', 'a.vue', 'a.astro', 'noextension']) check(extractFacts(path, text), text.length)
    }
  })

  it('reports parse errors and keeps what was recovered', () => {
    const of = facts('const a = ; function ok() { return 1 } class {')
    expect(of.parseErrors.length).toBeGreaterThan(0)
    expect(of.parseErrors[0]).toEqual({ p: expect.any(Number), message: expect.any(String) })
    expect(of.functions.some(fact => fact.n === 'ok')).toBe(true)
  })

  it('cuts what is nested too deeply instead of overflowing', () => {
    for (const text of [`x = ${'('.repeat(20000)}1`, `x = ${'1 + '.repeat(20000)}1`, `${'if (a) b; else '.repeat(5000)}c`, `x${'.y()'.repeat(3000)}`, `x = ${'['.repeat(5000)}${']'.repeat(5000)}`, `let t: ${'A<'.repeat(3000)}B${'>'.repeat(3000)}`]) {
      const of = extractFacts('a.ts', text)
      expect(() => JSON.stringify(of)).not.toThrow()
    }
    expect(extractFacts('a.ts', `x = ${'1 + '.repeat(20000)}1`).parseErrors[0]?.message).toMatch(/deep/)
  })

  it('gives facts that JSON keeps as they are', () => {
    const of = facts(SAMPLE)
    expect(JSON.parse(JSON.stringify(of))).toStrictEqual(of)
  })

  it('knows which TypeScript it parses with', () => {
    expect(TYPESCRIPT_VERSION).toBe(ts.version)
  })
})
