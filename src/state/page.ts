import type { Expr } from '../model/facts.js'
import { isExpression } from '../link/shape.js'

/** `window.queue.push(x)`, `window.shown = true`: only a browser has a window. */
export const isOfPage = (x: Expr): boolean => {
  if (x.k === 'set') return isExpression(x.l) && isOfPage(x.l)
  if (x.k === 'call') return isOfPage(x.f)
  if (x.k === 'mem' || x.k === 'elem') return isOfPage(x.o)
  return x.k === 'glob' && x.n === 'window'
}
