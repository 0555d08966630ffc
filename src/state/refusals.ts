import type { BindingId, Expr, Stmt } from '../model/facts.js'
import { blocksOf, eachExpression, someExpression } from '../link/shape.js'
import type { Cell, CellRead } from './cells.js'
import { calledName, STARTS } from './handles.js'
import { isAround } from './in-flight.js'
import { inside, ownWrites } from './patterns.js'

const REFUSES = /conflict|forbidden|unauthori[sz]ed|badrequest|bad_request|toomany|too_many|unavailable|locked|busy|precondition/i
const ANSWERS = /^(json|send|end|reply|write|text)$/
const FIRST_ERROR = 400
const LAST_ERROR = 599

/**
 * `if (running) return res.status(409).end(); running = true; …`: a flag that requests raise, and that turns others away.
 * Another replica lets them in, so it is neither made once nor anybody's own business.
 */
export const turnsAway = (cell: Cell): boolean => {
  if (!cell.writes.every(({ kind, valueExpr }) => kind === 'assign' && valueExpr?.k === 'lit' && typeof valueExpr.v === 'boolean')) return false
  if (!cell.writes.some(({ inst, valueExpr }) => inst.phase === 'request' && valueExpr?.k === 'lit' && valueExpr.v === true)) return false
  return cell.reads.some(({ inst, site }) => inst.phase === 'request' && hasRefusal(inst.fn.body, site))
}

/** `if (running.has(id)) return res.status(409).end(); running.add(id); … running.delete(id)`: the same for each key. What a timer lets go of is a pause. */
export const turnsAwayByKey = (cell: Cell): boolean => {
  const own = ownWrites(cell)
  const puts = own.filter(({ kind }) => kind === 'mutator' || kind === 'member')
  if (puts.length === 0 || !puts.every((put) => put.inst.phase === 'request' && own.some((w) => w.kind === 'delete' && w.op !== 'clear' && isAround(put.inst, w.inst) && (w.inst === put.inst || !w.inst.callers.some(({ later, site }) => later && isTimer(site)))))) return false
  return cell.reads.some(({ inst, site, op }) => (op === 'has' || op === 'read') && puts.some((put) => put.inst === inst) && [site, ...namedAs(inst.fn.body, site)].some((flag) => hasRefusal(inst.fn.body, flag)))
}

const isTimer = (site: Expr): boolean => site.k === 'call' && STARTS.test(calledName(site))

/** Uses of the local that is given it: `const running = jobs.get(id); if (running) …`. */
const namedAs = (body: Stmt[], site: Expr): Expr[] => {
  const names = new Set<BindingId>()
  const uses: Expr[] = []
  eachExpression(body, (x, s) => {
    if (s.k === 'var') for (const { t, i } of s.d) if (i === site && t.k === 'bind') names.add(t.b)
    if (x.k === 'ref' && names.has(x.b)) uses.push(x)
  })
  return uses
}

const hasRefusal = (body: Stmt[], flag: Expr): boolean =>
  body.some((s) => (s.k === 'if' && inside(flag, s.t) ? holdsIn(s.t, flag) && refuses(s.c) : blocksOf(s).some((inner) => hasRefusal(inner, flag))))

/** Does a read decide whether whoever asks is told that it cannot be now: `if (running > 5) return res.sendStatus(429)`? */
export const answersNo = ({ inst, site }: CellRead): boolean => {
  const asks = (body: Stmt[]): boolean => body.some((s) => (s.k === 'if' && inside(site, s.t) ? [s.c, s.a ?? []].some((part) => someExpression(part, isRefusal)) : blocksOf(s).some(asks)))
  return inst.phase === 'request' && asks(inst.fn.body)
}

/** `if (Date.now() - sentAt < PAUSE) return res.status(429).end(); sentAt = Date.now()`: a pause that holds for everybody, and that another replica does not know of. */
export const isPause = (cell: Cell): boolean =>
  cell.contents.size === 0 && cell.writes.every(({ kind }) => kind === 'assign') && cell.writes.some(({ inst }) => inst.phase === 'request') && cell.reads.some((read) => answersNo(read) && isOlder(read))

/** Is its age compared? */
const isOlder = ({ inst, site }: CellRead): boolean =>
  someExpression(inst.fn.body, (x) => x.k === 'bin' && /^[<>]=?$/.test(x.op) && [x.l, x.r].some((side) => side.k === 'bin' && side.op === '-' && inside(site, side)))

/** Is the flag up where a test holds? */
const holdsIn = (test: Expr, flag: Expr): boolean =>
  test === flag || (test.k === 'log' && test.op === '&&' && (holdsIn(test.l, flag) || holdsIn(test.r, flag)))
  || (test.k === 'bin' && /^===?$/.test(test.op) && test.l === flag && test.r.k === 'lit' && test.r.v === true)

const refuses = (body: Stmt[]): boolean => body.some((s) => s.k === 'throw') || someExpression(body, isRefusal)

/** Is whoever asks turned away by an error, whatever is said? */
export const fails = (body: Stmt[]): boolean => body.some((s) => s.k === 'throw') || someExpression(body, isError)

const isError = (x: Expr): boolean => (x.k === 'lit' ? typeof x.v === 'number' && x.v >= FIRST_ERROR && x.v <= LAST_ERROR : (x.k === 'mem' || x.k === 'glob') && REFUSES.test(x.n))

const isRefusal = (x: Expr): boolean => {
  if (isError(x)) return true
  return x.k === 'call' && x.f.k === 'mem' && ANSWERS.test(x.f.n) && x.a.some(isSaid)
}

/** Words for whoever asks, rather than what is there. */
const isSaid = (x: Expr): boolean => (x.k === 'lit' ? typeof x.v === 'string' : x.k === 'obj' && x.m.some(({ v }) => v.k === 'lit' || v.k === 'tpl'))
