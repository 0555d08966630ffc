import type { BindingId, Expr } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { eachExpression, isStatement, someExpression } from '../link/shape.js'
import { localOf } from './locals.js'

const LOGGERS = /^(console|log|logger)$/
/** A helper of the project around a logger, and one around that. */
const DEEPEST = 2
const MOST_CALLERS = 40

/** Does what was read end in a log: as an argument of a call that writes one, in a local used only for that, or handed back to callers that do no more with it? */
export const isPrinted = (inst: Instance, read: Expr, depth = 0): boolean => {
  if (isSaid(inst, read, depth)) return true
  if (depth > DEEPEST) return false
  const local = localOf(inst.fn.body, read)
  if (local !== undefined) return isSaidWherever(inst, local, depth)
  return isHandedBack(inst, read) && isOnlyPrinted(inst, depth)
}

const isHandedBack = ({ fn }: Instance, read: Expr): boolean => fn.async === undefined && someExpression(fn.body, (x, s) => s.k === 'ret' && s.x === x && x === read)

const isOnlyPrinted = ({ callers }: Instance, depth: number): boolean =>
  callers.length <= MOST_CALLERS && callers.some(({ from, site }) => !isStatement(from.fn.body, site)) && callers.every(({ from, site }) => site.k === 'call' && (isStatement(from.fn.body, site) || isPrinted(from, site, depth + 1)))

const isSaid = (inst: Instance, read: Expr, depth: number): boolean =>
  someExpression(inst.fn.body, (x) => {
    const place = x.k === 'call' ? x.a.findIndex((arg) => inside(read, arg)) : -1
    return x.k === 'call' && place >= 0 && (isLogger(inst, x.f) || isLogHelper(inst, x, place, depth))
  })

/** `console.log(…)`, `logger.debug(…)`, `request.log.info(…)` */
const isLogger = ({ unit }: Instance, f: Expr): boolean => {
  if (f.k !== 'mem') return false
  const name = f.o.k === 'glob' || f.o.k === 'mem' ? f.o.n : f.o.k === 'ref' ? unit.facts.bindings[f.o.b]?.n : undefined
  return name !== undefined && LOGGERS.test(name)
}

/** `const trace = (text) => { if (verbose) console.log(text) }` */
const isLogHelper = (inst: Instance, call: Expr & { k: 'call' }, place: number, depth: number): boolean => {
  const called = depth < DEEPEST ? inst.callees.filter(({ site, later }) => site === call && !later) : []
  return called.length > 0 && called.every(({ to }) => {
    const given = to.fn.params[place]?.t
    return given?.k === 'bind' && isSaidWherever(to, given.b, depth + 1)
  })
}

/** What a callback does with it is not followed. */
const isSaidWherever = (inst: Instance, binding: BindingId, depth: number): boolean => {
  const own: Expr[] = []
  let uses = 0
  for (const fn of inst.unit.facts.functions) {
    if (fn.p < inst.fn.p || fn.e > inst.fn.e) continue
    eachExpression(fn.body, (x) => {
      if (x.k !== 'ref' || x.b !== binding) return
      uses++
      if (fn === inst.fn) own.push(x)
    })
  }
  return uses === own.length && own.every((use) => isSaid(inst, use, depth))
}

const inside = (x: Expr, around: Expr): boolean => x.p >= around.p && x.e <= around.e
