import type { Expr, FnFact } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression, isExpression, someExpression } from '../link/shape.js'
import type { CellWrite } from './cells.js'
import { isNothing as isNull } from './derived.js'

/**
 * Is a place behind a flag that the same function raises, and that nothing in the file takes down again: `if (done) return; done = true; …`,
 * `if (!client) { connection = connect(); client = connection.client() }`?
 * What happens there happens once in the life of the process.
 */
export const isBehindFlag = (inst: Instance, site: Expr): boolean => {
  for (const point of holdingAt(pointsOf(inst.fn).at.get(site))) {
    if (point.kind !== 'test') continue
    const isRaised = (flag: Expr): boolean => isRaisedOnce(inst, flag)
    if (flagsOf(point.test, point.holds).some(isRaised) || oneOf(point.test, point.holds)?.every(isRaised)) return true
  }
  return false
}

/** `routes = read(); loaded = true`, where code elsewhere asks for `!loaded` first, and nothing takes the flag down. */
export const raisesFlag = (inst: Instance): boolean => {
  const flags: Expr[] = []
  eachSet(inst.fn, (target, value) => { if (isTrue(value)) flags.push(target) })
  const { functions } = inst.unit.facts
  return flags.some((flag) => isRaisedOnce(inst, flag) && functions.some((fn) => someExpression(fn.body, (x) => x.k === 'un' && x.op === '!' && isSame(x.x, flag))))
}

interface Behind { built: Expr[]; kept: Expr[] }
/** By the place, whose function and file are always the same ones: every entry that gets there asks. */
const known = new WeakMap<Expr, Behind>()

/**
 * Is a place behind something that was there before the function ran and that is put there with it: under a name, once in the life of the process
 * (`if (!Metrics.instance) Metrics.instance = new Metrics()`), or kept by a key (`if (!meters[id]) { meters[id] = new Meter(); meters[id].fill() }`)?
 */
export const madeOnMiss = (inst: Instance, site: Expr): Behind => {
  let behind = known.get(site)
  if (!behind) {
    const tests = [...holdingAt(pointsOf(inst.fn).at.get(site))].flatMap((point) => (point.kind === 'test' ? [point] : []))
    const built = tests.flatMap(({ test, holds }) => flagsOf(test, holds).filter((flag) => isLasting(inst, flag) && isRaisedOnce(inst, flag)))
    known.set(site, (behind = { built, kept: tests.flatMap(({ test, holds }) => flagsOf(test, holds, isKept).filter((kept) => isPut(inst, kept))) }))
  }
  return behind
}

const isKept = (x: Expr): boolean => x.k === 'elem'

/** Does it live as long as the process? Not what a request has made: `this.sent` of a reply, a local of the function around. */
export const isOfProcess = (look: LookedUp, inst: Instance, x: Expr): boolean => {
  if (x.k === 'mem' || x.k === 'elem') return isOfProcess(look, inst, x.o)
  const self = x.k === 'this' ? look.values(inst, x) : []
  if (x.k === 'this') return self.length === 0 || !self.every((value) => value.kind === 'object' && value.phase !== 'startup')
  const { functions, bindings } = inst.unit.facts
  const owner = x.k === 'ref' ? functions[bindings[x.b]?.f ?? 0] : undefined
  let at: Instance | undefined = inst
  while (at && at.fn !== owner) at = at.env
  return at === undefined || at.phase === 'startup'
}

const isPut = (inst: Instance, kept: Expr): boolean => {
  let put = false
  if (isLasting(inst, kept)) eachSet(inst.fn, (target, value) => { put ||= isSame(target, kept) && !isNothing(value) })
  return put
}

/** What a test has found unset. */
const flagsOf = (test: Expr, holds: boolean, isFlag: (x: Expr) => boolean = isNamed): Expr[] => {
  if (test.k === 'un' && test.op === '!') return flagsOf(test.x, !holds, isFlag)
  if (test.k === 'log' && (test.op === '&&') === holds) return [...flagsOf(test.l, holds, isFlag), ...flagsOf(test.r, holds, isFlag)]
  return !holds && isFlag(test) ? [test] : []
}

/** `if (client && signer) return …`: behind it one of the two was unset, whichever it was. */
const oneOf = (test: Expr, holds: boolean): Expr[] | undefined => {
  if (test.k === 'un' && test.op === '!') return oneOf(test.x, !holds)
  if (test.k !== 'log' || test.op === '??' || (test.op === '&&') === holds) return undefined
  const sides = [test.l, test.r].map((side) => oneOf(side, holds) ?? flagsOf(side, holds))
  return sides.every((flags) => flags.length > 0) ? sides.flat() : undefined
}

const isNamed = (x: Expr): boolean => x.k === 'ref' || x.k === 'mem'

const isRaisedOnce = (inst: Instance, flag: Expr): boolean => {
  let raised = false
  const lasts = isLasting(inst, flag)
  eachSet(inst.fn, (target, value) => { if (isSame(target, flag) && (lasts ? !isNothing(value) : isTrue(value))) raised = true })
  if (!raised) return false
  let dropped = false
  for (const fn of inst.unit.facts.functions) {
    // How a field begins is no later change of it.
    if (fn.kind !== 'ctor' && fn.kind !== 'init') eachSet(fn, (target, value) => { if (isSame(target, flag) && (fn === inst.fn ? isNothing(value) : !isTrue(value))) dropped = true })
  }
  return !dropped
}

export const eachSet = (fn: FnFact, see: (target: Expr, value: Expr) => void): void =>
  eachExpression(fn.body, (x) => { if (x.k === 'set' && x.op === '=' && isExpression(x.l)) see(x.l, x.r) })

const isTrue = (x: Expr): boolean => x.k === 'lit' && x.v === true

/** Something that is there before the function runs, and after: no local of it, and nothing inside one. */
export const isLasting = (inst: Instance, x: Expr): boolean => {
  if (x.k === 'mem' || x.k === 'elem') return isLasting(inst, x.o)
  const { functions, bindings } = inst.unit.facts
  return x.k === 'this' || (x.k === 'ref' && functions[bindings[x.b]?.f ?? 0] !== inst.fn)
}

const isNothing = (x: Expr): boolean => (x.k === 'lit' && (x.v === null || x.v === false)) || (x.k === 'glob' && x.n === 'undefined')

/** The same binding, or a member of the same name of the same thing. */
export const isSame = (x: Expr, y: Expr): boolean => {
  if (x.k === 'ref') return y.k === 'ref' && x.b === y.b
  if (x.k === 'glob') return y.k === 'glob' && x.n === y.n
  if (x.k === 'elem') return y.k === 'elem' && isSame(x.o, y.o) && isSame(x.i, y.i)
  return x.k === 'mem' && y.k === 'mem' ? x.n === y.n && isSame(x.o, y.o) : x.k === 'this' && y.k === 'this'
}

/** `if (game.plugins === undefined) game.plugins = []`, `game.plugins ??= []`, `game.plugins = game.plugins ?? []`: what lacks a member is given one; whoever comes later finds it. */
export const isCompletion = ({ inst, kind, op, site, keyExpr }: CellWrite): boolean => {
  if (kind !== 'member' || keyExpr || site.k !== 'set' || !isExpression(site.l) || site.l.k !== 'mem') return false
  const target = site.l
  if (op === '??=' || op === '||=') return true
  if (op !== '=') return false
  if (site.r.k === 'log' && site.r.op !== '&&' && isSame(site.r.l, target)) return true
  for (const point of holdingAt(pointsOf(inst.fn).at.get(site))) if (point.kind === 'test' && saysUnset(point.test, point.holds, target)) return true
  return false
}

const saysUnset = (test: Expr, holds: boolean, target: Expr): boolean => {
  if (test.k === 'un' && test.op === '!') return saysUnset(test.x, !holds, target)
  if (test.k === 'log') return (test.op === '&&') === holds && (saysUnset(test.l, holds, target) || saysUnset(test.r, holds, target))
  if (test.k === 'bin' && /^[=!]==?$/.test(test.op)) {
    const tested = isNull(test.r) ? test.l : test.l.k === 'un' && test.l.op === 'typeof' && test.r.k === 'lit' && test.r.v === 'undefined' ? test.l.x : undefined
    return tested !== undefined && test.op.startsWith('=') === holds && isSame(tested, target)
  }
  return !holds && isSame(test, target)
}

/** `shop.engine = engines[name]; shop.engine.rate = rate`: the second completes what the first has put there. */
export const completes = (fn: FnFact, write: Expr): boolean => {
  const holder = write.k === 'set' && write.op === '=' && isExpression(write.l) && write.l.k === 'mem' && (write.l.o.k === 'mem' || write.l.o.k === 'ref') ? write.l.o : undefined
  if (!holder) return false
  let put = false
  eachSet(fn, (target) => { if (target.p < write.p && isSame(target, holder)) put = true })
  return put
}
