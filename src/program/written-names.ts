import type { Instance } from '../link/instances.js'
import type { Expr } from '../model/facts.js'

/** The name that an expression ends in: of a member, a local, or what the file does not bind. */
export const writtenName = ({ unit }: Instance, x: Expr): string => (x.k === 'mem' || x.k === 'glob' ? x.n : x.k === 'ref' ? unit.facts.bindings[x.b]?.n ?? '' : '')
