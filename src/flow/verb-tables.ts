import type { Expr, FileFacts } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { eachExpression, eachInside } from '../link/shape.js'

/** `named`: a function of the file, by its name. */
interface Row { verb: string; p: number; e: number; named?: string }

const VERBS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/
const known = new WeakMap<FileFacts, Row[]>()

/** `export default serve({ GET: list, POST: create })`: the rows of the table that a file hands to a helper. */
const rowsOf = (facts: FileFacts): Row[] => {
  let rows = known.get(facts)
  if (!rows) {
    const found: Row[] = []
    const [module] = facts.functions
    const see = (x: Expr): void => { if (x.k === 'call') found.push(...x.a.flatMap((arg) => rowsIn(facts, arg))) }
    if (module) eachExpression(module.body, see)
    for (const { x } of facts.exports) if (x) eachInside(x, see)
    known.set(facts, (rows = found))
  }
  return rows
}

const rowsIn = (facts: FileFacts, x: Expr): Row[] =>
  x.k === 'obj' && x.m.length > 0 && x.m.every(({ n }) => n !== undefined && VERBS.test(n)) ? x.m.map(({ n, v }) => rowOf(facts, n ?? '', v)) : []

/** `create`, where `const create = route({ … })`: what that was made of. */
const rowOf = ({ bindings, functions }: FileFacts, verb: string, v: Expr): Row => {
  if (v.k !== 'ref') return { verb, p: v.p, e: v.e }
  const made = (functions[0]?.body ?? []).flatMap((s) => (s.k === 'var' ? s.d.flatMap(({ t, i }) => (t.k === 'bind' && t.b === v.b && i ? [i] : [])) : []))[0]
  return { verb, p: (made ?? v).p, e: (made ?? v).e, named: bindings[v.b]?.n ?? '' }
}

/** Verbs that such a table of a file serves. */
export const verbsInTable = (facts: FileFacts): string[] => [...new Set(rowsOf(facts).map(({ verb }) => verb))].filter((verb) => verb !== 'OPTIONS' && verb !== 'HEAD')

/** Is a function written, or made, in the row of another verb? */
export const isOfOtherVerb = (verb: string, { unit, fn, env }: Instance): boolean => {
  const places = [{ unit, p: fn.p }, ...(env && env.fn.kind !== 'module' ? env.callers.map(({ from, site }) => ({ unit: from.unit, p: site.p })) : [])]
  const verbs = places.flatMap((place) => rowsOf(place.unit.facts).flatMap((row) => ((row.p <= place.p && place.p <= row.e) || (place.unit === unit && row.named !== undefined && row.named === fn.n) ? [row.verb] : [])))
  return verbs.length > 0 && !verbs.includes(verb)
}
