import type { Expr } from '../model/facts.js'
import { isSame } from '../state/once.js'

type Member = Expr & { k: 'mem' }

/** `door.state === SHUT ? OPEN : SHUT`: the member that is put into the one of two states that it is not in. */
export const turnedState = (x: Expr): Member | undefined => {
  if (x.k !== 'cond' || x.t.k !== 'bin' || !/^[!=]==?$/.test(x.t.op)) return undefined
  const { l, r, op } = x.t
  const [there, otherwise] = op.startsWith('!') ? [x.a, x.c] : [x.c, x.a]
  const isTurned = (state: Expr): boolean => isConstant(there) && isAlike(otherwise, state) && !isAlike(there, state)
  if (l.k === 'mem' && isTurned(r)) return l
  return r.k === 'mem' && isTurned(l) ? r : undefined
}

/** `'open'`, `State.Open` */
const isConstant = (x: Expr): boolean => (x.k === 'lit' ? x.v !== null : x.k === 'mem' && x.o.k === 'ref')

const isAlike = (x: Expr, y: Expr): boolean => (x.k === 'lit' ? y.k === 'lit' && x.v === y.v : isSame(x, y))
