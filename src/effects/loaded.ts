import type { Expr, FnFact } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Callers } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import type { Value } from '../link/values.js'
import type { Program } from '../program/program.js'
import { carriedIn } from './carried.js'
import { isNothing, nameOf } from './compared.js'
import { forwarded } from './forwarded.js'
import { isCaller, isGivenCaller } from './of-caller.js'
import { pipedInto } from './piped.js'

const LOADS = /\.(find\w*|get(One|Many|OneOrFail|RawOne)?|preload|load\w*|query|map|filter)$/
const MAKES = /\.(create|build|new)$/
/** Lists, dates and errors are no rows. */
const NO_ROW = /^global#|(Error|Exception)\.new$/
const FOUND = /Found\w*\.new$/
const FARTHEST = 8
/** Names of functions that look rows up, and of those that make what is not there. */
const FINDS = /^_?(find|get|load|fetch|require|must|lookup|resolve|read|query)/
const OR_MAKES = /create|make|new|build|init|ensure|upsert/i
const DELETED = /^(is_?)?(soft_?)?(deleted|removed|archived)(_?(at|on|date))?$/i

type Loaded = 'yes' | 'no' | 'perhaps' | undefined

/** Is what is saved a row that was loaded before? What a parameter holds is what the first caller gives. */
export const isLoaded = (program: Program, { inst, site, recv, row }: LibraryCall, callers: Callers): Loaded => new Loading(program, callers).of(inst, site, recv, row?.effect?.data === 'this')

/** `{ email, name }`: all of it is said, and no row that may be there. */
const isWrittenOut = (x: Expr): boolean => x.k === 'obj' && x.m.length > 0 && x.m.every(({ kind, n }) => kind !== 'spread' && n !== undefined && !/^_?id$/.test(n))

class Loading {
  constructor(private readonly program: Program, private readonly callers: Callers) {}

  of(inst: Instance, site: Expr, recv: LibraryCall['recv'], itself: boolean): Loaded {
    if (recv?.kind === 'object' && recv.path && FOUND.test(recv.path)) return 'yes'
    if (itself && site.k === 'call' && site.f.k === 'mem') return this.ofExpression(inst, site.f.o, 0)
    const given = site.k === 'call' ? site.a.filter((arg) => arg.k !== 'obj' || hasSpread(arg)) : []
    const saved = given.find((arg) => arg.k !== 'fn' && !this.isClass(inst, arg)) ?? (site.k === 'call' && site.a.length === 0 && site.f.k === 'mem' ? site.f.o : undefined)
    if (saved) return this.ofExpression(inst, saved, 0)
    return site.k === 'call' && site.a.some(isWrittenOut) ? 'no' : undefined
  }

  private isClass(inst: Instance, x: Expr): boolean {
    return this.program.look.values(inst, x).some(({ kind }) => kind === 'class')
  }

  private ofExpression(inst: Instance, x: Expr, depth: number): Loaded {
    if (depth > FARTHEST) return undefined
    const all = (parts: Expr[]): Loaded => joined(parts.map((part) => this.ofExpression(inst, part, depth + 1)))
    switch (x.k) {
      case 'await': return this.ofExpression(inst, x.x, depth)
      case 'obj': return x.m.some(({ kind, v }) => kind === 'spread' && this.ofExpression(inst, v, depth + 1) === 'yes') ? 'yes' : isWrittenOut(x) ? 'no' : undefined
      case 'arr': return all(x.x)
      case 'cond': return all([x.c, x.a])
      case 'log': return all([x.l, x.r])
      case 'call': return this.ofHandedBack(inst, x, depth) ?? (this.isPart(inst, x, depth) ? 'yes' : this.ofCall(inst, x))
      case 'new': return isPatch(inst.fn, x) ? 'perhaps' : 'no'
      case 'ref': return this.ofLocal(inst, x.b, depth)
      case 'mem': return this.ofMember(inst, x, depth) ?? this.ofCarried(inst, x.o, x.n, depth) ?? (isCaller(this.program, inst, x) || this.ofExpression(inst, x.o, depth + 1) === 'yes' ? 'yes' : this.ofValues(inst, x))
      case 'elem': return this.ofExpression(inst, x.o, depth + 1) === 'yes' ? 'yes' : this.ofValues(inst, x)
      default: return this.ofValues(inst, x)
    }
  }

  private ofLocal(inst: Instance, binding: number, depth: number): Loaded {
    const made = this.program.look.definition(inst, binding)
    const name = this.program.look.memberOf(inst.unit.facts, binding)
    const carried = made && name !== undefined ? this.ofCarried(inst, made, name, depth) : undefined
    const own = carried ?? (made ? this.ofExpression(inst, made, depth + 1) : this.ofParameter(inst, binding, depth))
    const later: Loaded[] = []
    if (this.isNamed(inst, binding)) return 'yes'
    eachExpression(inst.fn.body, (x) => { if (x.k === 'set' && 'b' in x.l && x.l.b === binding && x.l.k !== 'bind') later.push(this.ofExpression(inst, x.r, depth + 1)) })
    return joined([own, ...later]) ?? this.ofValues(inst, { k: 'ref', b: binding, p: 0, e: 0 })
  }

  /** `data.user = user` further up. */
  private ofMember(inst: Instance, x: Expr & { k: 'mem' }, depth: number): Loaded {
    const set: Loaded[] = []
    const given = pathOf(x)
    if (given !== undefined) eachExpression(inst.fn.body, (y) => { if (y.k === 'set' && y.l.k === 'mem' && y.p < x.p && y.e <= x.p && pathOf(y.l) === given) set.push(this.ofExpression(inst, y.r, depth + 1)) })
    return set.at(-1)
  }

  /** `command.user` of what a caller has made with it. */
  private ofCarried(inst: Instance, x: Expr, name: string, depth: number): Loaded {
    if (depth > FARTHEST) return undefined
    const carried = carriedIn(this.program.look, inst, x, name)
    if (carried) return this.ofExpression(inst, carried, depth + 1)
    const made = x.k === 'ref' ? this.program.look.definition(inst, x.b) : undefined
    if (made) return this.ofCarried(inst, made, name, depth + 1)
    const given = x.k === 'ref' ? this.givenFor(inst, x.b) : undefined
    return given && this.ofCarried(given.from, given.x, name, depth + 1)
  }

  /** `pet.id = id` before `save(pet)`: the row of that id. */
  private isNamed(inst: Instance, binding: number): boolean {
    let named = false
    eachExpression(inst.fn.body, (x) => {
      if (x.k !== 'set' || x.op !== '=' || x.l.k !== 'mem' || x.l.o.k !== 'ref' || x.l.o.b !== binding) return
      // What is marked as deleted was there.
      if (DELETED.test(x.l.n) && !isNothing(x.r)) named = true
      if (!/^_?id$/.test(x.l.n)) return
      const made = x.r.k === 'ref' ? this.program.look.definition(inst, x.r.b) : x.r
      if (made === undefined || made.k === 'mem') named = true
    })
    return named
  }

  private ofParameter(inst: Instance, binding: number, depth: number): Loaded {
    const piped = pipedInto(this.program, inst, binding)
    if (piped.length > 0) return joined(piped.map((one) => this.ofExpression(one.inst, one.x, depth + 1)))
    const given = this.givenFor(inst, binding)
    if (given) return this.ofExpression(given.from, given.x, depth + 1)
    const param = inst.fn.params.find(({ t }) => t.k === 'bind' && t.b === binding)
    return param?.dec && isGivenCaller(this.program, inst, param) ? 'yes' : undefined
  }

  /** What the call that led here gives for a parameter. */
  private givenFor(inst: Instance, binding: number): { from: Instance; x: Expr } | undefined {
    const owner = this.program.look.ownerOf(inst, binding)
    const index = owner.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === binding)
    const edge = this.callers.get(owner)
    const args = edge?.site.k === 'call' ? edge.site.a : []
    const x = index >= 0 ? args[index] : undefined
    return edge && x && !args.some((arg) => arg.k === 'fn') ? { from: edge.from, x } : undefined
  }

  private ofCall(inst: Instance, x: Expr & { k: 'call' }): Loaded {
    const calls = this.program.callsOf(inst).filter(({ site }) => site === x)
    if (isMappedAnew(inst, x)) return 'no'
    if (calls.some(({ path }) => path.endsWith('.merge')) && x.a[0]) return this.ofExpression(inst, x.a.find((arg) => !this.isClass(inst, arg)) ?? x.a[0], FARTHEST - 2)
    if (calls.some(({ path }) => MAKES.test(path))) return 'no'
    return calls.some(({ path }) => LOADS.test(path)) || this.isLookedUp(inst, x) ? 'yes' : this.ofValues(inst, x)
  }

  /** `patch(row, input)`, which gives its first argument back. */
  private ofHandedBack(inst: Instance, x: Expr & { k: 'call' }, depth: number): Loaded {
    const given = inst.callees.flatMap(({ site, to }) => {
      const index = site === x ? to.fn.params.findIndex(({ t }) => t.k === 'bind' && isGivenBack(to.fn, t.b)) : -1
      const arg = x.a[index]
      return arg ? [this.ofExpression(inst, arg, depth + 1)] : []
    })
    return joined(given)
  }

  /** `user.getAuthMethod()` of a row that was loaded, `pick(row, ['id', 'fields'])`, `omit(row, ['lines'])`. */
  private isPart(inst: Instance, x: Expr & { k: 'call' }, depth: number): boolean {
    const [row, names] = x.a
    if (/omit$/i.test(nameOf(inst, x.f)) && row && names?.k === 'arr') return !names.x.some((name) => name.k === 'lit' && name.v === 'id') && this.ofExpression(inst, row, depth + 1) === 'yes'
    if (/pick$/i.test(nameOf(inst, x.f)) && names?.k === 'arr') return names.x.some((name) => name.k === 'lit' && name.v === 'id')
    return x.f.k === 'mem' && FINDS.test(x.f.n) && !OR_MAKES.test(x.f.n) && x.f.o.k === 'ref' && this.ofExpression(inst, x.f.o, depth + 1) === 'yes'
  }

  /** `await this.findOne(id)` of the project: its name says so, and so does what it calls. */
  private isLookedUp(inst: Instance, x: Expr): boolean {
    const called = inst.callees.filter(({ site }) => site === x).map(({ to }) => to)
    return called.length > 0 && called.every((to) => FINDS.test(to.fn.n ?? '') && !OR_MAKES.test(to.fn.n ?? '') && this.asks(to, 2))
  }

  private asks(inst: Instance, depth: number): boolean {
    const calls = this.program.callsOf(inst)
    if (calls.some(({ path, row }) => (MAKES.test(path) && !NO_ROW.test(path)) || row?.effect?.kind === 'insert')) return false
    return calls.some(({ path }) => LOADS.test(path)) || (depth > 0 && inst.callees.some(({ to }) => forwarded(this.program, to).some((one) => this.asks(one, depth - 1))))
  }

  /** Of values that many callers share, which may be rows that were found and such that were made. */
  private ofValues(inst: Instance, x: Expr): Loaded {
    const objects = this.program.look.values(inst, x).filter((value) => value.kind === 'object' || value.kind === 'lib')
    if (objects.length === 0) return undefined
    if (objects.every(isFoundRow)) return 'yes'
    return objects.some(isFoundRow) ? 'perhaps' : 'no'
  }
}

/** `notes.map((text) => ({ text }))`: rows that name none that is there. */
const isMappedAnew = ({ unit }: Instance, { f, a: [fn] }: Expr & { k: 'call' }): boolean => {
  const body = f.k === 'mem' && f.n === 'map' && fn?.k === 'fn' ? unit.facts.functions[fn.f]?.body ?? [] : []
  const [given] = body.flatMap((s) => (s.k === 'ret' && s.x ? [s.x] : []))
  return body.length === 1 && given?.k === 'obj' && given.m.length > 0 && given.m.every(({ n, kind }) => kind !== 'spread' && n !== undefined && !/id$/i.test(n))
}

/** `update(input)`: a row that is made of all that came is the one that it names. */
const isPatch = ({ n = '' }: FnFact, { a }: Expr & { k: 'new' }): boolean => /^_?(update|edit|patch|modify|rename)/i.test(n) && a[0] !== undefined && hasSpread(a[0])

/** Does a function give back what it was given under this name? */
const isGivenBack = ({ body }: FnFact, binding: number): boolean =>
  body.some((s) => s.k === 'ret' && s.x?.k === 'ref' && s.x.b === binding) && body.every((s) => s.k !== 'ret' || (s.x?.k === 'ref' && s.x.b === binding))

/** `data.user` as text, where it begins at a name. */
const pathOf = (x: Expr): string | undefined => {
  if (x.k === 'ref') return `#${x.b}`
  const of = x.k === 'mem' ? pathOf(x.o) : undefined
  return of === undefined || x.k !== 'mem' ? undefined : `${of}.${x.n}`
}
const isFoundRow = (value: Value): boolean => (value.kind === 'object' || value.kind === 'lib') && value.path !== undefined && (FOUND.test(value.path) || LOADS.test(value.path))
const hasSpread = (x: Expr): boolean => x.k === 'obj' && x.m.some(({ kind }) => kind === 'spread')
const joined = (all: Loaded[]): Loaded => {
  const known = all.filter((one) => one !== undefined)
  if (known.length === 0) return undefined
  return known.every((one) => one === known[0]) ? known[0] : 'perhaps'
}
