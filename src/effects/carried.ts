import type { Expr, FnFact } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression } from '../link/shape.js'

/** What a member of an object was made with, where the object is made: `{ user }`, `new RenameCommand(user, nick)`. */
export const carriedIn = (look: LookedUp, inst: Instance, made: Expr, name: string): Expr | undefined => {
  if (made.k === 'obj') return made.m.find(({ n, kind }) => n === name && kind !== 'spread')?.v
  if (made.k !== 'new' || made.a.some(({ k }) => k === 'spread')) return undefined
  for (const value of look.values(inst, made)) {
    const cls = value.kind === 'object' ? value.cls : undefined
    const ctor = cls?.cls.ctor === undefined ? undefined : cls.unit.facts.functions[cls.cls.ctor]
    const at = ctor ? keptAt(ctor, name) : -1
    if (at >= 0) return made.a[at]
  }
  return undefined
}

/** Which parameter of a constructor does a member keep? */
const keptAt = ({ params, body }: FnFact, name: string): number => {
  const own = params.findIndex(({ prop }) => prop === name)
  if (own >= 0) return own
  let kept = -1
  eachExpression(body, (x) => {
    if (x.k !== 'set' || x.op !== '=' || x.l.k !== 'mem' || x.l.o.k !== 'this' || x.l.n !== name || x.r.k !== 'ref') return
    const { b } = x.r
    kept = params.findIndex(({ t }) => t.k === 'bind' && t.b === b)
  })
  return kept
}
