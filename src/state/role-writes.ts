import type { Expr, FnFact } from '../model/facts.js'
import { isCaught } from '../flow/catches.js'
import { pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { isExpression, someExpression } from '../link/shape.js'
import type { Value } from '../link/values.js'
import type { Cell, CellWrite } from './cells.js'
import { failed } from './own-measures.js'
import { isEmpty, isMade } from './patterns.js'

/** `load().then(() => { done = true }).catch(() => { done = false })`: lowered only where what it tells of has failed. */
export const withoutFailures = (cell: Cell): Cell | undefined => {
  const isFailure = ({ inst, site, valueExpr }: CellWrite): boolean => valueExpr?.k === 'lit' && valueExpr.v === false && (isCaught(inst.fn, site) || failed(inst))
  const writes = cell.writes.filter((w) => !isFailure(w))
  return writes.length > 0 && writes.length < cell.writes.length ? { ...cell, writes } : undefined
}

/** The one thing that a cell is ever set to, where it is written down. */
export const settingOf = (cell: Cell): string | number | boolean | undefined => {
  const sets = new Set(cell.writes.map((w) => (w.valueExpr?.k === 'lit' ? w.valueExpr.v : undefined)))
  const [only] = sets
  return sets.size === 1 && only !== null ? only : undefined
}

const LOG_FILE = /(^|\/)(logg(er|ing)\/[^/]+|log(s|g?er|ging)?|debug)\.[cm]?[jt]s$/i

const LOG_CLASS = /(\w*(?:Logger(?:Service)?|Log(?:Writer|Buffer|File|Stream|Transport|Manager)))\.#?\w+$/

/** The exports of one module, whatever they are at the time. */
export const isOneModule = (values: Value[]): boolean => values.every((v) => v.kind === 'object' && v.phase === 'startup' && (v.shape === 'exports' || v.shape === 'object') && v.unit === (values[0] as { unit?: unknown }).unit) && values.some((v) => v.kind === 'object' && v.shape === 'exports')

/** What a class that writes logs keeps for its own lines: a moment, a number, or what it alone looks at and gives to nobody as a whole. */
export const isOfLogger = (cell: Cell): boolean => {
  if (cell.home.kind === 'binding') return LOG_FILE.test(cell.home.unit.path) && cell.contents.size === 0 && cell.reads.every(({ inst }) => inst.unit === cell.home.unit)
  if (cell.home.kind === 'field' && cell.contents.size === 0 && LOG_FILE.test(cell.home.unit.path)) return cell.reads.every(({ inst }) => inst.unit === cell.home.unit)
  const owner = LOG_CLASS.exec(cell.home.name)?.[1]
  if (cell.home.kind !== 'field' || owner === undefined) return false
  return cell.contents.size === 0 || (cell.reads.length > 0 && cell.reads.every(({ inst, site, op }) => isMethodOf(inst, owner) && !(op === 'slot' && pointsOf(inst.fn).returns.some(({ x }) => x === site))))
}

const isMethodOf = ({ unit, fn }: Instance, name: string): boolean => fn.cls !== undefined && unit.facts.classes[fn.cls]?.n === name

/** `CHARS() { const all = make(); this.CHARS = () => all; return all }` */
export const isSelfReplacement = (write: CellWrite): boolean => write.kind !== 'mutator' && write.valueExpr?.k === 'fn' && isExpression(write.site) && write.site.k === 'set' && write.site.l.k === 'mem' && write.site.l.n === write.inst.fn.n

/** `table = table || compute()` */
export const isOwnFallback = ({ site, valueExpr }: CellWrite): boolean => {
  if (!isExpression(site) || site.k !== 'set' || !isExpression(site.l) || valueExpr?.k !== 'log' || valueExpr.op === '&&') return false
  const { l: to } = site
  const { l: from } = valueExpr
  return to.k === 'ref' ? from.k === 'ref' && from.b === to.b : to.k === 'mem' && from.k === 'mem' && from.n === to.n && from.o.k === to.o.k && (to.o.k === 'this' || (to.o.k === 'ref' && from.o.k === 'ref' && from.o.b === to.o.b))
}

/** `cached = await boot()`, where `boot` gives back what it has put in the cell itself. */
export const isGivenBack = (write: CellWrite, cell: Cell): boolean => {
  const value = write.valueExpr?.k === 'await' ? write.valueExpr.x : write.valueExpr
  const makers = new Set(write.inst.callees.filter((edge) => edge.site === value).map((edge) => edge.to.fn))
  return makers.size > 0 && [...makers].every((fn) => cell.writes.some((w) => w !== write && w.inst.fn === fn) && cell.reads.some((read) => read.inst.fn === fn && isInReturn(fn, read.site)))
}

const isInReturn = (fn: FnFact, site: Expr): boolean => {
  return someExpression(fn.body, (x, statement) => x === site && statement.k === 'ret')
}

/** A time or a number, nothing that grows. */
export const isMoment = (x: Expr): boolean => (x.k === 'lit' && x.v !== null) || ((x.k === 'new' || x.k === 'call') && isMade(x) && !isEmpty(x) && !/^(Map|Set|WeakMap|Array|Promise)$/.test(x.f.k === 'glob' ? x.f.n : ''))

/** Text, numbers, lists and plain objects, or what came over the wire: nothing that one talks to. */
export const isData = (value: Value): boolean => {
  if (value.kind === 'object') return value.shape === 'array' || (value.shape === 'object' && !value.holder.methods)
  return value.kind === 'lit' || (value.kind === 'lib' && /^(global#|@)|\$fetch|\.(data|rows|body)\b|\.json\(/.test(value.path))
}

/** Is an expression only asked whether it is not so: `if (!ready) …`? */
export const isNegated = (fn: FnFact, site: Expr): boolean => {
  return someExpression(fn.body, (x) => x.k === 'un' && x.op === '!' && x.x === site)
}

export const isBoolean = (write: CellWrite, look: LookedUp): boolean => {
  if (write.kind !== 'assign' || !write.valueExpr) return false
  const x = write.valueExpr
  if (x.k === 'lit') return typeof x.v === 'boolean'
  return x.k === 'un' && x.op === '!' ? true : x.k === 'ref' && look.values(write.inst, x).every((v) => v.kind === 'lit' && typeof v.value === 'boolean') && look.values(write.inst, x).length > 0
}

