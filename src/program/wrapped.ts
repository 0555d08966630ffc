import type { Instance } from '../link/instances.js'
import type { CallExpr, Expr } from '../model/facts.js'

/** Wrappers around wrappers are not followed further. */
const DEEPEST = 4

/** The function that does the work of a handler: of `asyncHandler(create)` it is `create`, not what `asyncHandler` returned. */
export function wrappedIn(handler: Instance): Instance {
  let found = handler
  for (let depth = 0; depth < DEEPEST; depth++) {
    const inner = found.callees.flatMap(({ site, to }) => (site.k === 'call' && isHandedIn(site, found) ? [to] : []))
    const [one] = inner
    if (!one || inner.some(({ fn }) => fn !== one.fn)) break
    found = one
  }
  return found
}

/** Is what is called (`fn(…)`, `fn.call(…)`) a parameter of a function around this one? */
const isHandedIn = ({ f }: CallExpr, { unit, fn }: Instance): boolean => {
  const called: Expr = f.k === 'mem' && (f.n === 'call' || f.n === 'apply') ? f.o : f
  const binding = called.k === 'ref' ? unit.facts.bindings[called.b] : undefined
  return binding?.kind === 'param' && unit.facts.functions[binding.f] !== fn
}
