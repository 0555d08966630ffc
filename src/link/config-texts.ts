import type { Expr, FnFact } from '../model/facts.js'
import type { Unit } from './instances.js'
import { isExpression } from './shape.js'

/** Texts of a list (or the only one) in a configuration that a module exports: `export default defineNuxtConfig({ imports: { dirs: ['stores'] } })`. */
export const configTexts = (unit: Unit, path: string): string[] => {
  let x = configurationOf(unit)
  for (const name of path.split('.')) x = x?.k === 'obj' ? x.m.find(({ n }) => n === name)?.v : undefined
  return x === undefined ? [] : x.k === 'arr' ? x.x.flatMap(textOf) : textOf(x)
}

/** The configuration that a module exports, also as a constant or through a function: `export default () => plugin(options)`. */
export const configurationOf = (unit: Unit): Expr | undefined => {
  let x = exportedBy(unit)
  for (let depth = 0; depth < 5 && x !== undefined && x.k !== 'obj'; depth++) {
    x = x.k === 'call' ? x.a[0] : x.k === 'ref' ? constantOf(unit, x.b) : x.k === 'fn' ? returnedBy(unit.facts.functions[x.f]) : undefined
  }
  return x
}

const returnedBy = (fn: FnFact | undefined): Expr | undefined => {
  const last = fn?.body.at(-1)
  return last?.k === 'ret' ? last.x : undefined
}

/** `export default …`, or `module.exports = …`. */
const exportedBy = (unit: Unit): Expr | undefined => {
  const exported = unit.facts.exports.find(({ n }) => n === 'default' || n === '=')
  if (exported) return exported.x ?? (exported.b === undefined ? undefined : declaredAs(unit, exported.b))
  for (const s of unit.facts.functions[0]?.body ?? []) {
    if (s.k === 'expr' && s.x.k === 'set' && isExpression(s.x.l) && s.x.l.k === 'mem' && s.x.l.n === 'exports' && s.x.l.o.k === 'glob' && s.x.l.o.n === 'module') return s.x.r
  }
  return undefined
}

const declaredAs = (unit: Unit, binding: number): Expr | undefined => {
  const f = unit.facts.bindings[binding]?.fn
  return f === undefined ? constantOf(unit, binding) : { k: 'fn', f, p: 0, e: 0 }
}

/** What a variable of a module's own body is made as. */
export const constantOf = (unit: Unit, binding: number): Expr | undefined => {
  for (const s of unit.facts.functions[0]?.body ?? []) {
    if (s.k === 'var') for (const { t, i } of s.d) if (t.k === 'bind' && t.b === binding) return i
  }
  return undefined
}

const textOf = (x: Expr): string[] => (x.k === 'lit' && typeof x.v === 'string' ? [x.v] : x.k === 'tpl' && x.x.length === 0 ? [x.q[0] ?? ''] : [])
