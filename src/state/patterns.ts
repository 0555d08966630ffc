import type { BindingId, Expr, FnFact } from '../model/facts.js'
import { isCaught } from '../flow/catches.js'
import type { Instance } from '../link/instances.js'
import { endsProcess } from '../link/scripts.js'
import { surroundings } from '../link/surroundings.js'
import { boundBy, eachExpression, eachInside, isExpression, someExpression, someStatement } from '../link/shape.js'
import type { Cell, CellRead, CellWrite } from './cells.js'
import { isPrinted } from './printed.js'
import { type Answers, isSent } from './sent.js'

/** Shapes of use of a cell: queue, buffer, stack, eviction. */

const PUTS = new Set(['push', 'unshift', 'set', 'add', 'enqueue'])
const TAKES = new Set(['shift', 'pop', 'splice'])

/** A slot that is emptied: by `null`, `undefined`, or `delete`. */
export const isReset = (write: CellWrite): boolean => {
  const x = write.valueExpr
  if (write.site.k === 'del') return write.kind === 'assign'
  return x !== undefined && ((x.k === 'lit' && x.v === null) || (x.k === 'glob' && x.n === 'undefined'))
}

/** The writes to the cell itself; what happens inside the things it holds tells little about it. */
export const ownWrites = (cell: Cell): CellWrite[] => {
  const own = cell.writes.filter((w) => !w.inner)
  return own.length > 0 ? own : cell.writes
}

/** Things are put in by some code and taken out, or all at once, by other code. */
export const isQueue = (cell: Cell): boolean => {
  const writes = ownWrites(cell)
  const putting = writes.filter((w) => PUTS.has(w.op) || (w.kind === 'member' && w.keyExpr !== undefined))
  if (putting.every(isTally)) return false
  // What could not be worked off is put back where it was taken.
  const puts = new Set(putting.filter((w) => !isCaught(w.inst.fn, w.site)).map((w) => w.inst.fn))
  const listed = putting.some((w) => w.op === 'push' || w.op === 'unshift')
  if (!listed && !writes.some((w) => w.inst.phase === 'background') && isLookedInto(cell, new Set(writes.map((w) => w.inst.fn)))) return false
  return writes.some((w) => (puts.has(w.inst.fn) ? listed && isTakenWhole(cell, w) : (listed && isTaken(w)) || isDrained(cell, w, listed)))
}

/** `stats[path] = { allowed: 0, declined: 0 }`, `hits[path] = (hits[path] || 0) + 1`: how often something was seen is no work that waits. */
const isTally = ({ kind, valueExpr: x }: CellWrite): boolean =>
  kind === 'update' || (kind === 'member' && ((x?.k === 'bin' && x.op === '+' && isNumber(x.r)) || (x?.k === 'obj' && x.m.length > 0 && x.m.every(({ v }) => isNumber(v)))))

export const isNumber = (x: Expr): boolean => x.k === 'lit' && typeof x.v === 'number'

/** `const all = this.waiting; this.waiting = []`: what has come in meanwhile, also by the code that works it off. */
const isTakenWhole = (cell: Cell, write: CellWrite): boolean =>
  write.kind === 'assign' && write.valueExpr !== undefined && isEmpty(write.valueExpr) && cell.reads.some(({ inst, site, op }) => op === 'slot' && inst.fn === write.inst.fn && site.p < write.site.p && surroundings(inst.fn).get(site)?.pattern?.k === 'bind')

/** Asked for single keys by code that changes nothing: a table, however it is emptied. */
const isLookedInto = (cell: Cell, changing: ReadonlySet<FnFact>): boolean => cell.reads.some(({ inst, site, op }) => op === 'read' && !changing.has(inst.fn) && (site.k === 'elem' || (site.k === 'call' && site.f.k === 'mem' && site.f.n === 'get')))

/** The next in line, which somebody goes on with; one that is looked for and cut out is only removed, as the oldest is that nobody looks at. */
const isTaken = ({ inst, op, site }: CellWrite): boolean => {
  if (!TAKES.has(op) || (op !== 'splice' && surroundings(inst.fn).get(site as Expr)?.statement?.k === 'expr')) return false
  const first = op === 'splice' && site.k === 'call' ? site.a[0] : undefined
  return op !== 'splice' || (first?.k === 'lit' && first.v === 0)
}

/** Emptied by code that has looked at all of it: a buffer that is flushed. A cache is emptied unseen. */
const isDrained = (cell: Cell, write: CellWrite, listed: boolean): boolean => {
  const empties = write.op === 'clear' || (write.kind === 'assign' && write.valueExpr !== undefined && isEmpty(write.valueExpr))
  if (!empties || endsAll(write.inst.fn)) return false
  // What is emptied first and looked at later is what came in between.
  const seen = cell.reads.filter((read) => read.inst.fn === write.inst.fn && read.op !== 'has' && read.site.p < write.site.e)
  return seen.some((read) => read.op === 'iterate' || (read.op !== 'size' && !inside(read.site, write.site) && (listed || write.op !== 'clear')))
}

/** Does an expression look at the cell? */
export const isReadOf = (cell: Cell, x: Expr): boolean => cell.reads.some(({ site }) => site === x)

export const inside = (x: Expr, around: Expr): boolean => x.p >= around.p && x.e <= around.e

/** Pushed and popped by one synchronous function: a stack that is empty again when it returns. */
export const isStack = (cell: Cell): boolean => {
  if (cell.writes.some((w) => w.inner)) return false
  const pushes = new Map<FnFact, number>()
  for (const w of cell.writes) if (w.op === 'push') pushes.set(w.inst.fn, 1)
  const pops = new Set(cell.writes.filter((w) => w.op === 'pop').map((w) => w.inst.fn))
  return pushes.size > 0 && [...pushes.keys()].every((fn) => pops.has(fn) && !fn.async)
}

/** Each key is kept as its own value: equal texts become one, and nobody can tell. */
export const isInterned = (cell: Cell): boolean => {
  const puts = ownWrites(cell).filter((w) => w.kind !== 'delete')
  return puts.length > 0 && puts.every((w) => w.op !== 'add' && w.keyExpr?.k === 'ref' && w.valueExpr?.k === 'ref' && w.keyExpr.b === w.valueExpr.b)
}

/** `next = (next + 1) % workers.length`, `if (++next === workers.length) next = 0`, and read only to take the one whose turn it is. */
export const isTurn = (cell: Cell): boolean => isRoundRobin(cell) || (
  cell.contents.size === 0 && cell.reads.length > 0 && cell.writes.some((w) => startsOver(w)) && cell.writes.every((w) => w.kind === 'update' || startsOver(w)) && picksAll(cell))

/** What takes one of a list goes back to the first where it has gone past the last, however that is written. */
const picksAll = ({ reads, writes }: Cell): boolean => {
  const isTaken = [...reads, ...writes].some(({ inst, site }) => isExpression(site) && someExpression(inst.fn.body, (x) => x.k === 'elem' && inside(site, x.i)))
  return reads.every(({ inst, site }) => picks(inst.fn, site) || (isTaken && someExpression(inst.fn.body, (x) => x.k === 'bin' && /^[<>]=?$/.test(x.op) && x.l === site)))
}

/** `turn++; settings.hosts[turn % settings.hosts.length]`: counted on for ever, and only the remainder is looked at, of a list that another file has written down. */
const isRoundRobin = ({ contents, writes, reads }: Cell): boolean =>
  contents.size === 0 && reads.length > 0 && writes.every(({ op }) => op === '++') && reads.every(({ inst, site }) => writes.some((w) => isExpression(w.site) && inside(site, w.site)) || isRemainder(inst, site))

const isRemainder = ({ unit, fn }: Instance, read: Expr): boolean =>
  someExpression(fn.body, (x) => x.k === 'bin' && x.op === '%' && inside(read, x.l) && isLength(x.r) && unit.facts.bindings[rootOf(x.r)]?.kind === 'import')

const rootOf = (x: Expr): number => (x.k === 'mem' || x.k === 'elem' ? rootOf(x.o) : x.k === 'ref' ? x.b : -1)

const startsOver = ({ kind, valueExpr }: CellWrite): boolean => kind === 'assign' && (valueExpr?.k === 'lit' ? valueExpr.v === 0 : valueExpr?.k === 'bin' && valueExpr.op === '%')

/** Is a read an index, counted on, or held against the length of a list? */
const picks = (fn: FnFact, read: Expr): boolean => {
  let found = false
  eachExpression(fn.body, (x) => {
    if (x.k === 'elem') found ||= inside(read, x.i)
    else if (x.k === 'bin' && (isLength(x.r) || isLengthOf(fn, x.r)) && (x.op === '%' || /^[=!<>]/.test(x.op))) found ||= inside(read, x.l)
    else if (x.k === 'upd') found ||= inside(read, x.x)
  })
  return found
}

const isLength = (x: Expr): boolean => x.k === 'mem' && (x.n === 'length' || x.n === 'size')

/** A local that is given it: `const count = workers.length`. */
const isLengthOf = (fn: FnFact, x: Expr): boolean => x.k === 'ref' && someExpression(fn.body, (given, s) => isLength(given) && s.k === 'var' && s.d.some(({ t, i }) => i === given && t.k === 'bind' && t.b === x.b))

const SUBSCRIBES = /^(p?subscribe|psubscribe|addChannel|join)$/

/** Names that this process has subscribed to, kept so as not to subscribe twice: they belong to its own connection. */
export const isSubscriptions = (cell: Cell): boolean => {
  const puts = ownWrites(cell).filter((w) => w.op === 'add' || w.op === 'set')
  return puts.length > 0 && cell.reads.every((read) => read.op === 'has' || read.op === 'slot' || read.op === 'read') && puts.every((w) => subscribes(w.inst.fn, w.keyExpr ?? w.valueExpr))
}

const subscribes = (fn: FnFact, key: Expr | undefined): boolean => {
  return someExpression(fn.body, (x) => x.k === 'call' && x.f.k === 'mem' && SUBSCRIBES.test(x.f.n) && x.a.some((arg) => arg.k === 'ref' && key?.k === 'ref' && arg.b === key.b))
}

/** An allocation of an empty container: `[]`, `{}`, `new Map()`, `Object.create(null)`. */
export const isEmpty = (x: Expr): boolean => {
  if (x.k === 'arr') return x.x.length === 0
  if (x.k === 'obj') return x.m.length === 0
  if (x.k === 'new') return x.a.length === 0 && x.f.k === 'glob' && /^(Map|Set|Array|WeakMap)$/.test(x.f.n)
  if (x.k === 'call') return x.f.k === 'mem' && x.f.n === 'create' && x.f.o.k === 'glob' && x.f.o.n === 'Object'
  return false
}

/** Values that nobody loads: timers, ids, times, new containers. */
export const isMade = (x: Expr): boolean => {
  if (isEmpty(x) || (x.k === 'new' && x.f.k === 'glob' && /^(Map|Set|Array|Date|WeakMap|AbortController|Promise)$/.test(x.f.n))) return true
  if (x.k !== 'call') return false
  const name = x.f.k === 'glob' || x.f.k === 'mem' ? x.f.n : ''
  return /^(setTimeout|setInterval|now|randomUUID|randomBytes|uuid|nanoid|Number|String|Boolean|parseInt|parseFloat|getTime|toString|toISOString|trim|toLowerCase)$/.test(name)
}

/** Do reads of a cell serve something besides its own changes, and what is printed? */
export const isObserved = (cell: Cell, answers: Answers): boolean =>
  observing(cell).some(({ inst, site }) => !isPrinted(inst, site)) || cell.writes.some((w) => w.kind === 'update' && isExpression(w.site) && isSent(w.inst, w.site, answers))

/** Such reads, each place once: one cell may be read and written in very many invocations of a few functions. */
const observing = (cell: Cell): CellRead[] => {
  let found = observed.get(cell)
  if (!found) observed.set(cell, (found = findObserving(cell)))
  return found
}

const observed = new WeakMap<Cell, CellRead[]>()

const findObserving = (cell: Cell): CellRead[] => {
  const writes = new Map<FnFact, Map<unknown, CellWrite>>()
  for (const w of cell.writes) {
    if (w.kind === 'update' || !isExpression(w.site)) continue
    const bySite = writes.get(w.inst.fn) ?? new Map<unknown, CellWrite>()
    writes.set(w.inst.fn, bySite.set(w.site, w))
  }
  const reads = new Map(cell.reads.map((read) => [read.site, read]))
  return [...reads.values()].filter((read) => ![...(writes.get(read.inst.fn)?.values() ?? [])].some((w) => isExpression(w.site) && inside(read.site, w.site) && readsForWrite(w, read.site)))
}

const ENDS = /^(destroy|close|end|terminate|disconnect|destroySoon|closeIdleConnections)$/
const SENDS = /^(emit|send|write|publish|push|json|sendText|broadcast)$/

/** Connections that are kept to be closed with the server, and for nothing else. */
export const isKeptToClose = (cell: Cell): boolean => {
  if (isTakenOver(cell)) return false
  const observers = new Map<FnFact, { inst: Instance; onlyAsksIfAny: boolean }>()
  for (const { inst, site, op } of observing(cell)) if (!isHandedOn(inst, site)) observers.set(inst.fn, { inst, onlyAsksIfAny: (observers.get(inst.fn)?.onlyAsksIfAny ?? true) && (op === 'size' || op === 'slot') && isHeldAgainstNone(inst.fn, site) })
  return [...observers.values()].every(({ inst, onlyAsksIfAny }) => {
    const called = calledOnOthers(inst)
    return (onlyAsksIfAny || called.some((name) => ENDS.test(name))) && !called.some((name) => SENDS.test(name))
  })
}

/** `track(sockets, socket)`: what a function of the file does with it is seen there. */
const isHandedOn = ({ fn, unit }: Instance, read: Expr): boolean =>
  someExpression(fn.body, (x) => x.k === 'call' && x.f.k === 'ref' && unit.facts.bindings[x.f.b]?.kind === 'fn' && x.a.includes(read))

/** `if (current) current.close(); current = socket`: a newcomer ends the one before, if that is here. */
const isTakenOver = (cell: Cell): boolean => {
  if (cell.contents.size > 0) return false
  const takers = new Set(cell.writes.filter((write) => write.kind === 'assign' && !isReset(write) && write.inst.phase === 'request').map(({ inst }) => inst.fn))
  return observing(cell).some(({ inst: { fn } }) => takers.has(fn) && calledIn(fn).some((name) => ENDS.test(name)))
}

/** `sockets.size === 0` */
const isHeldAgainstNone = (fn: FnFact, read: Expr): boolean => someExpression(fn.body, (x) => x.k === 'bin' && isLength(x.l) && inside(read, x.l) && x.r.k === 'lit' && x.r.v === 0)

/** Connections are closed, and let go of. */
const endsAll = (fn: FnFact): boolean => {
  const called = calledIn(fn)
  return called.some((name) => ENDS.test(name)) && !called.some((name) => SENDS.test(name))
}

/** Names of methods that are called, but for what is put into a list that the function begins itself. */
const calledIn = (fn: FnFact): string[] => {
  const called = new Set<string>()
  const lists = listsBegunIn(fn)
  eachExpression(fn.body, (x) => { if (x.k === 'call' && x.f.k === 'mem' && !(x.f.o.k === 'ref' && lists.has(x.f.o.b))) called.add(x.f.n) })
  return [...called]
}

/** The same, also in callbacks that go through a list (`clients.forEach((one) => one.write(text))`), but not how the own answer ends (`res.status(204).end()`). */
const calledOnOthers = ({ unit, fn }: Instance): string[] => {
  const own = new Set<BindingId>()
  for (const { t } of fn.params) boundBy(t, own)
  const called = new Set<string>()
  const look = (body: FnFact): void => {
    const lists = listsBegunIn(body)
    eachExpression(body.body, (x) => {
      if (x.k !== 'call') return
      if (x.f.k === 'mem' && !(x.f.o.k === 'ref' && lists.has(x.f.o.b)) && !(ENDS.test(x.f.n) && isPartOf(x.f.o, own))) called.add(x.f.n)
      const given = x.f.k === 'mem' && /^(forEach|map|each)$/.test(x.f.n) && x.a[0]?.k === 'fn' ? unit.facts.functions[x.a[0].f] : undefined
      if (given) look(given)
    })
  }
  look(fn)
  return [...called]
}

const isPartOf = (x: Expr, names: ReadonlySet<BindingId>): boolean =>
  x.k === 'ref' ? names.has(x.b) : x.k === 'mem' ? isPartOf(x.o, names) : x.k === 'call' && x.f.k === 'mem' && isPartOf(x.f.o, names)

const listsBegunIn = (fn: FnFact): Set<BindingId> => {
  const lists = new Set<BindingId>()
  someStatement(fn, (s) => {
    if (s.k === 'var') for (const { t, i } of s.d) if (t.k === 'bind' && i?.k === 'arr') lists.add(t.b)
    return false
  })
  return lists
}

/** Where a function ends the process last. */
const lastEnd = ({ body }: FnFact): number => {
  let last = 0
  eachExpression(body, (x) => { if (endsProcess(x) && x.p > last) last = x.p })
  return last
}

/** Looked at only by code that ends the process: what is to be done before it does. */
export const isForExit = (cell: Cell): boolean => {
  const observers = observing(cell)
  const ends = new Map([...new Set(observers.map((read) => read.inst.fn))].map((fn) => [fn, lastEnd(fn)]))
  // What is read after it (`if (!key) process.exit(1); return use(key)`) is there for what goes on.
  return observers.length > 0 && observers.every(({ inst, site }) => site.p < (ends.get(inst.fn) ?? 0))
}

/** A read that only finds what is written: receiver of a mutator, `x = x.filter(…)`, `x = x || …`. */
const readsForWrite = (write: CellWrite, read: Expr): boolean => {
  if (write.site.k === 'call') return write.site.f.k === 'mem' && inside(read, write.site.f)
  if (write.site.k !== 'set') return true
  if (isExpression(write.site.l) && inside(read, write.site.l)) return true
  return write.kind === 'assign' && isSelfUpdate(write.site.r, read)
}

/** `x.filter(…)`, `[...x, y]`, `x.concat(y)`: a new value of the same from the old. */
const isSelfUpdate = (value: Expr, read: Expr): boolean => {
  if (value.k === 'call') return value.f.k === 'mem' && /^(filter|concat|slice)$/.test(value.f.n) && (read === value || inside(read, value.f))
  let spread = false
  if (value.k === 'arr' || value.k === 'obj') eachInside(value, (x) => { if (x.k === 'spread' && inside(read, x)) spread = true })
  return spread
}
