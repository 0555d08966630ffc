import { describe, expect, it } from 'vitest'
import { tellsLittle } from '../../src/link/copies.js'
import type { MadeObject } from '../../src/link/values.js'
import type { Expr, PropFact } from '../../src/model/facts.js'

const at = { p: 0, e: 0 }
const holding = (...m: Pick<PropFact, 'kind' | 'n' | 'v'>[]): Expr => ({ k: 'obj', m: m.map((prop) => ({ ...prop, p: 0, q: 0 })), ...at })
const made = (more: Partial<MadeObject>): MadeObject => ({ shape: 'object', phase: 'request', site: holding({ kind: 'init', n: 'id', v: { k: 'lit', v: 1, ...at } }), ...more }) as MadeObject

describe('what tells little where there are many', () => {
  it('is a list, plain data of a request, a time or an error', () => {
    expect(tellsLittle(made({}))).toBe(true)
    expect(tellsLittle(made({ shape: 'array', phase: 'startup' }))).toBe(true)
    expect(tellsLittle(made({ shape: 'library', phase: 'startup', path: 'global#Date.new' }))).toBe(true)
    expect(tellsLittle(made({ shape: 'library', path: 'global#TypeError.new' }))).toBe(true)
  })

  it('is nothing that lives on, holds functions or is kept as a store', () => {
    expect(tellsLittle(made({ phase: 'startup' }))).toBe(false)
    expect(tellsLittle(made({ site: holding({ kind: 'init', n: 'run', v: { k: 'fn', f: 0, ...at } }) }))).toBe(false)
    expect(tellsLittle(made({ site: holding({ kind: 'method', n: 'run', v: { k: 'fn', f: 0, ...at } }) }))).toBe(false)
    expect(tellsLittle(made({ shape: 'library', path: 'global#Map.new' }))).toBe(false)
  })
})
