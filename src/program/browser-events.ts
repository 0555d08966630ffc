import type { Expr, FnFact } from '../model/facts.js'
import type { CallEdge } from '../link/instances.js'
import { eachExpression, eachInside } from '../link/shape.js'

const forEvents = new WeakMap<FnFact, Set<Expr>>()

/** What stands in attributes of elements that events call: `onSubmit={handleSubmit(save)}`. */
const eventsOf = (fn: FnFact): Set<Expr> => {
  const known = forEvents.get(fn)
  if (known) return known
  const found = new Set<Expr>()
  forEvents.set(fn, found)
  eachExpression(fn.body, (x) => {
    if (x.k !== 'call' || !x.jsx || x.a[0]?.k !== 'obj') return
    for (const { n, v } of x.a[0].m) if (v && n !== undefined && /^on[A-Z]/.test(n)) eachInside(v, (inner) => found.add(inner))
  })
  return found
}

/** What a component that is rendered gives to events (`onSubmit`), or awaits where it cannot wait itself. */
export const onlyInBrowser = ({ from, to, site }: CallEdge): boolean =>
  eventsOf(from.fn).has(site) || /^on[A-Z]/.test(to.fn.n ?? '') || (to.fn.async !== undefined && !from.fn.async && /^[A-Z]/.test(from.fn.n ?? '') && !/^[A-Z]/.test(to.fn.n ?? ''))
