import { TO_OWN_PROCESS } from '../catalog/packages.js'
import type { BindingId, Expr, FnFact, Stmt } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Unit } from '../link/instances.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import { blocksOf, childrenOf, eachExpression, isExpression, isStatement, someExpression, somePart, someStatement } from '../link/shape.js'
import { holdsSettler } from './answers.js'
import type { Cell, CellWrite } from './cells.js'
import { calledName } from './handles.js'
import { isClock } from './own-measures.js'
import { inside } from './patterns.js'
import { localOf, localWith } from './locals.js'

const KEYED = /^(set|get|has|delete)$/

/** `const id = ++this.next; this.subscribers.set(id, …)`, dropped again by the same name, or the number of a call by which it is answered: numbers that mean something to this process alone. */
export const areOwnNumbers = (cell: Cell): boolean => {
  const taken = cell.writes.filter((w) => w.kind === 'update')
  return taken.length > 0 && taken.every((w) => onlyNames(w, cell)) && cell.reads.every((read) => taken.some((w) => w.inst.fn === read.inst.fn && (inside(read.site, w.site) || localOf(read.inst.fn.body, read.site) !== undefined)))
}

/** `child.send({ type: 'reload', number: sent++ })`: numbers of what is said between processes of one replica. */
export const areToldToOwnProcesses = ({ writes, reads }: Cell, a: Analysis): boolean => {
  const isTold = ({ inst, site }: Cell['reads'][number]): boolean => a.callsOf(inst).some(({ path, site: call }) => TO_OWN_PROCESS.test(path) && call.k === 'call' && call.a.some((arg) => inside(site, arg)))
  const counts = writes.some(({ kind }) => kind === 'update') && writes.every(({ kind, valueExpr }) => kind === 'update' || valueExpr?.k === 'lit')
  const others = counts ? reads.filter((read) => !writes.some((w) => inside(read.site, w.site)) || isTold(read)) : []
  return others.length > 0 && others.every(isTold)
}

/** Also `++this.next; const id = this.next`. */
const onlyNames = ({ inst, site }: CellWrite, cell: Cell): boolean => {
  const apart = cell.reads.filter((read) => read.inst === inst && !inside(read.site, site))
  const given = localWith(inst.fn.body, (value) => value === site || isNamedBy(value, site))?.binding
  const bindings = [...(given !== undefined || apart.length === 0 ? [given] : []), ...apart.map((read) => localOf(inst.fn.body, read.site))]
  return bindings.every((binding) => binding !== undefined && isOfProcess(inst.unit, binding))
}

/** `${Date.now()}:${++this.next}`, `'c' + ++this.next` */
const isNamedBy = (value: Expr, site: CellWrite['site']): boolean => (value.k === 'tpl' || (value.k === 'bin' && value.op === '+')) && somePart(value, (part) => part === site)

const isOfProcess = (unit: Unit, binding: BindingId): boolean => unit.facts.functions.every((fn) => areKeys(fn, binding)) || nameAnswers(unit, binding)

const areKeys = (fn: FnFact, binding: BindingId): boolean => {
  let uses = 0
  let keys = 0
  eachExpression(fn.body, (x) => {
    if (isRef(x, binding)) uses++
    if (x.k === 'elem' && isRef(x.i, binding)) keys++
    if (x.k === 'bin' && /^[=!]==?$/.test(x.op)) keys += childrenOf(x).filter((part) => isRef(part, binding)).length
    const [first] = x.k === 'call' && x.f.k === 'mem' && KEYED.test(x.f.n) ? x.a : []
    if (first && isRef(first, binding)) keys++
  })
  return uses === keys
}

/** The number of a question to another service, under which its answer is waited for. */
const nameAnswers = (unit: Unit, binding: BindingId): boolean => unit.facts.functions.some(({ body }) => someExpression(body, (x) => {
  if (x.k === 'set') return x.l.k === 'elem' && isRef(x.l.i, binding) && holdsSettler(unit, x.r)
  const [key, value] = x.k === 'call' && x.f.k === 'mem' && x.f.n === 'set' ? x.a : []
  return key !== undefined && value !== undefined && isRef(key, binding) && holdsSettler(unit, value)
}))

const TIDIES = /^(delete|clear)$|clean|purge|sweep|prune|evict|expire|tidy/i

/** `if (++asked % 100 === 0) sweep()`: a count that only says when this process tidies up. */
export const saysWhenToTidy = ({ contents, writes, reads }: Cell): boolean =>
  contents.size === 0 && reads.length > 0 && writes.every(({ kind, valueExpr }) => kind === 'update' || valueExpr?.k === 'lit') && writes.some(({ kind }) => kind === 'update')
  && reads.every(({ inst, site }) => writes.some((w) => w.kind === 'assign' && w.inst === inst && inside(site, w.site)) || isTest(inst.fn.body, site) || writes.some((w) => w.kind === 'update' && inside(site, w.site) && isStatement(inst.fn.body, w.site)))

/** `if (Date.now() > nextPrune) { deleteOld(); nextPrune = Date.now() + HOUR }`: a moment that only says when this process tidies up again. */
export const saysWhenToTidyNext = ({ contents, writes, reads }: Cell): boolean =>
  contents.size === 0 && reads.length > 0 && writes.every(({ kind, valueExpr }) => kind === 'assign' && valueExpr !== undefined && somePart(valueExpr, isClock))
  && reads.every(({ inst, site }) => someStatement(inst.fn, (s) => s.k === 'if' && inside(site, s.t) && !s.a && removes(s.c) && writes.some((w) => someExpression(s.c, (x) => x === w.site))))

const removes = (body: Stmt[]): boolean => !leaves(body) && someExpression(body, (x) => x.k === 'call' && REMOVES.test(calledName(x)))
const REMOVES = /^(delete|remove)|clean|purge|sweep|prune|evict|expire|tidy/i

/** Hangs nothing on it but what is thrown away? */
const isTest = (body: Stmt[], site: Expr): boolean => body.some((s) => (s.k === 'if' && inside(site, s.t) ? !s.a && tidies(s.c) : blocksOf(s).some((inner) => isTest(inner, site))))

const tidies = (body: Stmt[]): boolean => !leaves(body) && someExpression(body, (x) => x.k === 'del' || (x.k === 'call' && TIDIES.test(calledName(x))))

const leaves = (body: Stmt[]): boolean => body.some((s) => s.k === 'ret' || s.k === 'throw' || blocksOf(s).some(leaves))

/** `setInterval(() => { this.now = Date.now() }, 1000)`: the time, as the timer that does nothing else has last looked. */
export const isTick = ({ contents, writes }: Cell): boolean =>
  contents.size === 0 && writes.some(({ inst }) => inst.phase === 'background') && writes.every(({ inst, kind, valueExpr }) => kind === 'assign' && valueExpr !== undefined && isNow(valueExpr) && inst.phase !== 'request' && (inst.phase === 'startup' || inst.fn.body.length === 1))

const isNow = (x: Expr): boolean =>
  (x.k === 'call' && x.f.k === 'mem' && x.f.o.k === 'glob' && x.f.n === 'now') || ((x.k === 'new' || x.k === 'call') && x.f.k === 'glob' && x.f.n === 'Date' && x.a.length === 0) || (x.k === 'un' && isNow(x.x)) || (x.k === 'bin' && [x.l, x.r].every((part) => part.k === 'lit' || isNow(part)))

/** Is a number counted on from what was there? `length = parse(text); length += more` begins anew each time. */
export const addsUp = ({ writes }: Cell): boolean => writes.some((w) => w.kind === 'update' && !writes.some((first) => beginsAnew(first, w)))

const beginsAnew = ({ kind, inst, site, valueExpr }: CellWrite, { inst: then, site: added }: CellWrite): boolean =>
  kind === 'assign' && inst === then && valueExpr !== undefined && valueExpr.k !== 'lit' && isExpression(site) && isExpression(added) && site !== added && [...holdingAt(pointsOf(inst.fn).at.get(added))].some((at) => at.kind === 'ran' && somePart(at.x, (x) => x === site))

const isRef = (x: Expr, binding: BindingId): boolean => x.k === 'ref' && x.b === binding
