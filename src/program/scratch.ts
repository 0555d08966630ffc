import type { BindingId, Expr, FnFact } from '../model/facts.js'
import { isCaught } from '../flow/catches.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { childrenOf, eachInside, someExpression } from '../link/shape.js'
import type { Value } from '../link/values.js'
import { HandedOver } from './handed-over.js'
import type { LibraryUse } from './libraries.js'
import { calledName } from '../state/handles.js'
import { isSame } from '../state/once.js'
import type { Program } from './program.js'
import { isUpload, outermost, Uploads } from './uploads.js'

const TEMPORARY = /(^|[/_-])(tmp|temp)([/_-]|$)/i
const LOGS = /(^|[\\/._-])logs?([\\/._-]|$)/i
const DEEPEST = 4
/** How far a path is handed back to whoever deletes the file. */
const DEEPEST_CALLER = 2
/** … and how far it is asked whose path a helper was given. */
const FARTHEST_HELPER = 4
/** `path.join(…)` */
const JOINS = /^(join|resolve)$/
const MOVED = /[#.](rename|move|copy|copyFile|cp)(Sync)?$/

/** Where a file is deleted, or handed to what deletes it. */
interface Deletion {
  inst: Instance
  site: Expr
  path: Expr
}

/** Which files are one request's own: below a folder for such files, or deleted again by the code that writes them. */
export class Scratch {
  private deletes: Map<string, Deletion[]> | undefined
  private folders: string[] | undefined
  private readonly uploads: Uploads

  private readonly handedOver: HandedOver

  constructor(private readonly program: Program) {
    this.handedOver = new HandedOver(program)
    this.uploads = new Uploads(program)
  }

  isMovedOn(use: LibraryUse): boolean {
    return this.uploads.isMovedOn(use)
  }

  isOwn(use: LibraryUse): boolean {
    return (this.isBelowTemporary(use) && !this.handedOver.isReadByOthers(use, this.pathOf(use))) || this.isDeleted(use) || this.isDeletedByCallers(use.call.inst, 0)
  }

  /** Is the path, or a part that it is made of, a folder for temporary files that nobody is served from? */
  isBelowTemporary(use: LibraryUse): boolean {
    const { disk } = use.row
    const given = disk?.path ? this.program.libraries.options(use, disk.path) : []
    const written = this.pathOf(use)
    if (written && this.isTemporaryPath(use.call.inst, written, given)) return true
    return written !== undefined && this.isHandedTemporary(use.call.inst, written, 0)
  }

  /** Is the folder that a path begins with given by callers, and temporary with all of them? */
  private isHandedTemporary(inst: Instance, written: Expr, depth: number): boolean {
    const handed = this.givenAs(inst, this.headOf(inst, written, 0))
    return handed.length > 0 && handed.every(({ from, x }) => this.isTemporaryPath(from, x) || (depth < DEEPEST_CALLER && this.isHandedTemporary(from, x, depth + 1)))
  }

  /** `${folder}/${name}.svg`, `folder + '/x'`, `path.join(folder, name)`: the folder, through locals. */
  private headOf(inst: Instance, x: Expr, depth: number): Expr {
    const made = x.k === 'ref' && depth < DEEPEST ? this.program.look.definition(inst, x.b) : undefined
    const first = made ?? (x.k === 'tpl' && x.q[0] === '' ? x.x[0] : x.k === 'bin' && x.op === '+' ? x.l : x.k === 'call' && JOINS.test(x.f.k === 'mem' ? x.f.n : '') ? x.a[0] : undefined)
    return first && first !== x ? this.headOf(inst, first, depth + 1) : x
  }

  private isTemporaryPath(inst: Instance, written: Expr, given: Value[] = [], depth = 0): boolean {
    const parts = this.parts(inst, written)
    const elsewhere = new Map(parts.flatMap((x) => { const by = this.saidElsewhere(inst, x); return by ? [[x, by] as const] : [] }))
    const values = new Map(parts.map((x) => [x, this.program.look.values(inst, x)]))
    if ([given, ...values.values()].flat().some((value) => this.isServed(value))) return false
    if (parts.some((x) => x.k === 'tpl' && /^\/(var\/)?tmp\//.test(x.q[0] ?? '')) || (!elsewhere.has(written) && isAlwaysTemporary(given))) return true
    if (parts.some((x) => !elsewhere.has(x) && !this.isMadeOfParts(inst, x) && isAlwaysTemporary(values.get(x) ?? []))) return true
    return depth < FARTHEST_HELPER && [...elsewhere.values()].some((by) => by.every(({ from, x }) => this.isTemporaryPath(from, x, [], depth + 1)))
  }

  /** What it is made of says it: `join(folder, name)`, and a local that holds that. */
  private isMadeOfParts(inst: Instance, x: Expr): boolean {
    if (x.k === 'ref') return this.program.look.definition(inst, x.b) !== undefined
    return x.k === 'call' && x.f.k === 'mem' && JOINS.test(x.f.n)
  }

  /** What a helper is given for files of all kinds is asked of each that calls it, and what it makes of it of what it gives back. */
  private saidElsewhere(inst: Instance, x: Expr): { from: Instance; x: Expr }[] | undefined {
    const to = x.k === 'call' ? inst.callees.find(({ site }) => site === x)?.to : undefined
    const by = to ? pointsOf(to.fn).returns.flatMap(({ x: value }) => (value ? [{ from: to, x: value }] : [])) : this.givenAs(inst, x).filter(({ from, x: given }) => !isHandedOn(inst, x, from, given))
    return by.length > (to ? 0 : 1) ? by : undefined
  }

  /** Does the path of a call name logs? */
  isOfLogs({ inst, site }: LibraryCall): boolean {
    const path = site.k === 'call' ? site.a[0] : undefined
    return path !== undefined && (this.namesLogs(inst, path) || this.givenAs(inst, path).some(({ from, x }) => this.namesLogs(from, x)))
  }

  private namesLogs(inst: Instance, path: Expr): boolean {
    return this.parts(inst, path).some((x) => (x.k === 'tpl' ? x.q.some((text) => LOGS.test(text ?? '')) : this.program.look.values(inst, x).some((v) => v.kind === 'lit' && LOGS.test(String(v.value)))))
  }

  private isServed(value: Value): boolean {
    this.folders ??= this.program.libraries.withFacet('disk').flatMap((use) => (use.row.disk?.op === 'serve' ? this.program.libraries.texts(use, use.row.disk.path ?? '0') : []))
    return value.kind === 'lit' && typeof value.value === 'string' && value.value.length > 6 && this.folders.some((folder) => folder === value.value)
  }

  private pathOf(use: LibraryUse): Expr | undefined {
    const { site } = use.call
    return site.k === 'call' || site.k === 'new' ? site.a[Number((use.row.disk?.path ?? '0').split(/[.~]/)[0])] : undefined
  }

  /** The expressions that an expression is made of, through the locals that hold them; of a path, not what was read to get at it. */
  private parts(inst: Instance, x: Expr, of: 'all' | 'path' = 'all'): Expr[] {
    const found: Expr[] = []
    const read = new Set<Expr>()
    const visit = (part: Expr, depth: number): void => eachInside(part, (y) => {
      if (read.has(y)) return
      if (of === 'path' && y.k === 'await') eachInside(y.x, (z) => read.add(z))
      found.push(y)
      const made = y.k === 'ref' && depth < DEEPEST ? this.program.look.definition(inst, y.b) : undefined
      if (made && !found.includes(made)) visit(made, depth + 1)
    })
    visit(x, 0)
    return found
  }

  // ---------------------------------------------------------------- deleted again

  private isDeleted(use: LibraryUse): boolean {
    const written = this.pathOf(use)
    if (!written) return false
    const { inst, site } = use.call
    const span = whole(inst)
    const bindings = new Set(this.parts(inst, written, 'path').flatMap((x) => (x.k === 'ref' ? [x.b] : [])))
    return this.deletesIn(inst.unit.path).some((one) => one.site.p >= span.p && one.site.p < span.e && !isBefore(use, one) && !isSource(use, one) && !isInstead(use, one) && !isOfFailure(one) && !this.isLeftLying(inst, site, one) && this.isSame(one.inst, one.path, bindings, inst, written))
  }

  /** Deleted by a timer, where nothing else of the request's code is given the path (`res.download(path)`): until then later requests ask for it. */
  private isLeftLying(inst: Instance, site: Expr, one: Deletion): boolean {
    const { path } = one
    const given = one.inst.env && one.inst.fn !== inst.fn ? writtenIn(one.inst.env, one.inst) : undefined
    if (given?.site.k !== 'call' || calledName(given.site) !== 'setTimeout') return false
    const span = whole(inst)
    const takes = (x: Expr): boolean => x.k === 'call' && x !== site && x !== one.site && x.a.some((arg) => arg.k === 'ref' && path.k === 'ref' && arg.b === path.b)
    return !inst.unit.facts.functions.some((fn) => fn.p >= span.p && fn.e <= span.e && someExpression(fn.body, takes))
  }

  /** `const { file } = await download(url)`, which writes it: whoever was given the path deletes it afterwards. */
  private isDeletedByCallers(inst: Instance, depth: number): boolean {
    return inst.callers.some(({ from, site }) => {
      const span = whole(from)
      const isIts = (one: Deletion): boolean => one.inst.fn === from.fn && one.site.p >= span.p && one.site.p < span.e && one.site.p > site.p && !isOfFailure(one) && this.isResultOf(one, site)
      return this.deletesIn(from.unit.path).some(isIts) || (depth < DEEPEST_CALLER && this.isDeletedByCallers(from, depth + 1))
    })
  }

  /** Is it what a call gave, as far as locals say? One that is given several values in turn (`let file`) may be. */
  private isResultOf({ inst, path }: Deletion, site: Expr): boolean {
    return this.parts(inst, path).includes(site) || (path.k === 'ref' && this.program.look.givenTo(inst, path.b).some((given) => this.parts(inst, given).includes(site)))
  }

  /** Does what is deleted name what was written? Another local that is made of other things does not. */
  private isSame(inst: Instance, path: Expr, bindings: Set<BindingId>, writer: Instance, written: Expr): boolean {
    if (path.k !== 'ref') return !isUpload(path) || this.isOfWritten(inst, path, writer) || this.parts(writer, written).some((x) => isSame(x, path))
    if (bindings.has(path.b)) return true
    // What the writing function was given was there before: an upload that is copied to its place.
    if (inst.fn === writer.fn && inst.unit.facts.bindings[path.b]?.kind === 'param') return false
    const made = this.program.look.definition(inst, path.b)
    return made === undefined || made.k === 'ref' || made.k === 'mem' || (made.k === 'await' && made.x.k !== 'call')
  }

  /** `out.path` of a stream that writes: the path of what was written. */
  private isOfWritten(inst: Instance, path: Expr, writer: Instance): boolean {
    const made = path.k === 'mem' && path.o.k === 'ref' ? this.program.look.definition(inst, path.o.b) : undefined
    return made?.k === 'call' && this.program.callsOf(writer).some(({ site, row }) => site === made && row?.disk?.op === 'write')
  }

  /** Deletions of a file by place: calls of the file system, and of the project's own functions that delete what they are given. */
  private deletesIn(file: string): Deletion[] {
    if (!this.deletes) {
      this.deletes = new Map()
      for (const call of this.program.a.calls) if (call.row?.disk?.op === 'delete') this.enter(call)
    }
    return this.deletes.get(file) ?? []
  }

  private enter({ inst, site }: LibraryCall): void {
    const path = site.k === 'call' ? site.a[0] : undefined
    if (!path) return
    this.add({ inst, site, path })
    for (const { from, site: at, x } of this.givenAs(inst, path)) this.add({ inst: from, site: at, path: x })
  }

  /** What callers give for a parameter. */
  private givenAs(inst: Instance, path: Expr): { from: Instance; site: Expr; x: Expr }[] {
    const index = path.k === 'ref' ? inst.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === path.b) : -1
    if (index < 0) return path.k === 'ref' && inst.env ? this.givenAs(inst.env, path) : []
    return inst.callers.flatMap(({ from, site }) => {
      const given = site.k === 'call' ? site.a[index] : undefined
      return given ? [{ from, site, x: given }] : []
    })
  }

  private add(one: Deletion): void {
    const list = this.deletes?.get(one.inst.unit.path)
    if (list) list.push(one)
    else this.deletes?.set(one.inst.unit.path, [one])
  }
}

/** A function that calls itself with what it was given says nothing new. */
const isHandedOn = (inst: Instance, x: Expr, from: Instance, given: Expr): boolean => x.k === 'ref' && given.k === 'ref' && x.b === given.b && inst.unit === from.unit

/** What is deleted before the same function writes makes room for it. */
const isBefore = ({ call }: LibraryUse, { inst, site }: Deletion): boolean => inst.fn === call.inst.fn && site.p < call.site.p

/** `copyFile(old, name); unlink(old)`: where it lay before is given up, not where it was put. */
const isSource = ({ call: { path, site } }: LibraryUse, one: Deletion): boolean => MOVED.test(path) && site.k === 'call' && site.a[0] !== undefined && isSamePath(site.a[0], one.path)

/** The same text, put together of the same parts. */
const isSamePath = (x: Expr, y: Expr): boolean => {
  if (x.k === 'lit') return y.k === 'lit' && x.v === y.v
  if (x.k === 'tpl' && y.k === 'tpl' && x.q.join('\0') !== y.q.join('\0')) return false
  if (x.k !== 'tpl' && x.k !== 'bin' && x.k !== 'call') return isSame(x, y)
  const [parts, others] = [childrenOf(x), childrenOf(y)]
  return x.k === y.k && parts.length === others.length && parts.every((part, i) => isSamePath(part, others[i] as Expr))
}

/** What is deleted in the other branch is not what was written in this one. */
const isInstead = ({ call }: LibraryUse, { inst, site }: Deletion): boolean => {
  if (inst.fn !== call.inst.fn) return false
  const { at } = pointsOf(inst.fn)
  const written = [...holdingAt(at.get(call.site))]
  return [...holdingAt(at.get(site))].some((one) => one.kind === 'test' && written.some((other) => other.kind === 'test' && other.test === one.test && other.holds !== one.holds))
}

/** What is deleted where writing has failed or was broken off is there where it has not: in a `catch`, by a listener of `error`, or of `close` behind `if (!done)`. */
const isOfFailure = ({ inst, site }: Deletion): boolean => {
  let [at, within, undone] = [inst, site, false]
  for (let up = 0; up < FARTHEST_FAILURE; up++) {
    if (isCaught(at.fn, within)) return true
    undone ||= [...holdingAt(pointsOf(at.fn).at.get(within))].some((one) => one.kind === 'test' && one.by === 'branch' && isMissing(one.test, one.holds))
    const around = at.env
    const given = around && writtenIn(around, at)
    if (!around || !given) return false
    if (given.event === 'error' || (undone && BROKEN_OFF.test(given.event))) return true
    ;[at, within] = [around, given.site]
  }
  return false
}

/** How far a deletion may stand inside what the listener calls: `Promise.all(paths.map((path) => rm(path)))`. */
const FARTHEST_FAILURE = 3
const BROKEN_OFF = /^(close|aborted|abort|cancel|end)$/

/** `!done`, or what comes where `done` is not so. */
const isMissing = (test: Expr, holds: boolean): boolean => (test.k === 'un' && test.op === '!' ? holds : (test.k === 'ref' || test.k === 'mem') && !holds)

/** Where a function is written in the one around it, and the event that it listens to. */
const writtenIn = (around: Instance, { unit, fn }: Instance): { site: Expr; event: string } | undefined => {
  const index = unit.facts.functions.indexOf(fn)
  let found: { site: Expr; event: string } | undefined
  someExpression(around.fn.body, (x) => {
    if (x.k !== 'call' || !x.a.some((arg) => arg.k === 'fn' && arg.f === index)) return false
    found = { site: x, event: x.a[0]?.k === 'lit' ? String(x.a[0].v) : '' }
    return true
  })
  return found
}

/** Moves or copies a file that was written before. */
export const isMoved = ({ path }: LibraryUse): boolean => MOVED.test(path)

/** What gives a folder for temporary files, or makes one. */
const TEMPORARY_MAKERS = /#(tmpdir|mkdtemp)|^(tmp|temp|tempy|temp-dir|tmp-promise)#/

const isTemporary = (value: Value): boolean =>
  (value.kind === 'lit' && TEMPORARY.test(String(value.value))) || (value.kind === 'lib' && TEMPORARY_MAKERS.test(value.path))

/** A place that may hold other folders as well is no temporary one. */
const isAlwaysTemporary = (values: Value[]): boolean => values.some(isTemporary) && values.every((value) => value.kind !== 'lit' || isTemporary(value))

const whole = (inst: Instance): FnFact => outermost(inst).fn
