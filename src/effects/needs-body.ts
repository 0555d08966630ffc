import type { Entry } from '../flow/entries.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { membersIn } from '../link/shape.js'
import type { Expr } from '../model/facts.js'

const BODILESS = /^(GET|HEAD)$/
/** Also under a name of the house (`aReq`). */
const REQUEST = /^_?(req|request)$|[a-z](Req|Request)$/

export const isBodiless = ({ kind, method }: Pick<Entry, 'kind' | 'method'>): boolean => kind === 'route' && BODILESS.test(method ?? '')

/** `if (req.body?.method === 'open') …`: a middleware of all methods goes that way for none that brings no body. */
export const needsBody = (look: LookedUp, inst: Instance, site: Expr): boolean =>
  membersIn(inst.fn).has('body')
  && [...holdingAt(pointsOf(inst.fn).at.get(site))].some((point) => point.kind === 'test' && asksBody(look, inst, point.test, point.holds, 0))

const asksBody = (look: LookedUp, inst: Instance, test: Expr, holds: boolean, depth: number): boolean => {
  if (test.k === 'un' && test.op === '!') return asksBody(look, inst, test.x, !holds, depth)
  // One of the sides is enough where both hold.
  if (test.k === 'log' && test.op === (holds ? '&&' : '||')) return asksBody(look, inst, test.l, holds, depth) || asksBody(look, inst, test.r, holds, depth)
  const given = test.k === 'bin' && /^[!=]==?$/.test(test.op) ? [test.l, test.r].find(isTypeOf) : undefined
  if (given && test.k === 'bin') return holds === test.op.startsWith('!') && [test.l, test.r].some((x) => x.k === 'lit' && x.v === 'undefined') && isInBody(inst, given.x)
  if (test.k === 'bin' && /^[!=]==?$/.test(test.op)) return holds !== test.op.startsWith('!') && [[test.l, test.r], [test.r, test.l]].some(([x, other]) => other?.k === 'lit' && other.v !== undefined && other.v !== null && x !== undefined && isInBody(inst, x))
  const made = test.k === 'ref' && depth < 2 ? look.definition(inst, test.b) : undefined
  return made ? asksBody(look, inst, made, holds, depth + 1) : holds && isInBody(inst, test)
}

const isTypeOf = (x: Expr): x is Expr & { k: 'un' } => x.k === 'un' && x.op === 'typeof'

/** `req.body.method`, `req.body['method']`: something that a body says. */
const isInBody = (inst: Instance, x: Expr): boolean => (x.k === 'mem' || x.k === 'elem') && (isBody(inst, x.o) || isInBody(inst, x.o))

const isBody = (inst: Instance, x: Expr): boolean => x.k === 'mem' && x.n === 'body' && ((x.o.k === 'ref' && REQUEST.test(inst.unit.facts.bindings[x.o.b]?.n ?? '')) || (x.o.k === 'mem' && REQUEST.test(x.o.n)))
