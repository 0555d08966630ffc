import type { Expr } from '../model/facts.js'

/** `cache.set(key, (found = load()))`: what the assignment gives. */
export const assigned = (x: Expr | undefined): Expr | undefined => (x?.k === 'set' && x.op === '=' ? assigned(x.r) : x)

/** The key of a member that is written: `table[key] = …`. */
export const keyOf = (site: Expr): Expr | undefined => {
  const target = site.k === 'set' ? (site.l as Expr) : site.k === 'upd' || site.k === 'del' ? site.x : undefined
  return target?.k === 'elem' ? target.i : undefined
}

/** The argument at a path of the catalog: `'1'` is the second. */
export const argument = (written: Expr[], path: string | undefined): Expr | undefined => (path !== undefined && /^\d+$/.test(path) ? written[Number(path)] : undefined)
