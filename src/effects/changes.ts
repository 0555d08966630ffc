import type { BindingId, Expr, FileFacts, FnFact } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { LibraryCall } from '../link/analysis.js'
import { declaringOf, type Instance } from '../link/instances.js'
import { boundBy, chainOf, childrenOf, eachExpression, eachInside } from '../link/shape.js'
import type { ObjectValue } from '../link/values.js'
import type { Program } from '../program/program.js'
import { Guards } from '../state/guards.js'
import { isNothing } from './compared.js'
import type { Freshness } from './freshness.js'
import { looksByHelper } from './looks-by-helper.js'
import { content, copied, growsCopy, GROWING, isWithin, Mutations, SECRETS } from './mutations.js'
import { isOfItself } from './of-itself.js'
import { pipedInto } from './piped.js'
import { mergeOf } from './row-writes.js'
import { turnedState } from './two-states.js'
import { writtenAt } from './written.js'

/** Something of a thing is changed relative to what it was, before the thing is saved: `doc.items.push(x)`, `doc.count += 1`. */
export interface Change {
  inst: Instance
  fn: FnFact
  site: Expr
  /** Where in the thing, as a path of the file: `#12.items`. */
  place: string
  /** Adds an element, rather than to a number. */
  grows: boolean
  /** The key that an element is put under, or the value of a secret. */
  key?: Expr
}

/** Does the entry in question lead to an invocation? */
type Reached = (inst: Instance) => boolean

/** Saves the row that it is given, whatever was changed of it: `repository.save(user)`. */
const SAVES = /\.save$/
const secrets = new WeakMap<ObjectValue, { size: number; names: string[] }>()

/** Members of an object that are named like secrets: the same objects are written by very many calls. */
export const secretsIn = (object: ObjectValue): string[] => {
  const { fields } = object.holder
  const known = secrets.get(object)
  if (known?.size === fields.size) return known.names
  const names = [...fields.keys()].filter((name) => SECRETS.test(name))
  secrets.set(object, { size: fields.size, names })
  return names
}
/** Of rows that are keys themselves: `db.updateTable('ApiKey').set({ key })`. */
const KEY_ROWS = /(api|access|secret|signing)_?(keys?|tokens?)$/i
export const keysOf = (site: Expr, object: ObjectValue): string[] => {
  const names = ['key', 'hash'].filter((name) => object.holder.fields.has(name))
  return names.length > 0 && [...chainOf(site)].some(({ f, a }) => (f.o.k === 'mem' && KEY_ROWS.test(f.o.n)) || a.some((arg) => arg.k === 'lit' && typeof arg.v === 'string' && KEY_ROWS.test(arg.v))) ? names : []
}
const DEEPEST = 2

/** Finds what a call saves that was read before and changed relative to itself. */
export class Changes {
  readonly mutations: Mutations
  readonly guards: Guards

  constructor(private readonly program: Program, private readonly freshness: Freshness) {
    this.guards = new Guards(program.look)
    this.mutations = new Mutations(program.look)
  }

  /** Relative changes of what a call saves: its receiver (`data: 'this'`) or an argument. */
  of(call: LibraryCall, isReached: Reached): Change[] {
    const data = call.row?.effect?.data
    const { site } = call
    if ((site.k !== 'call' && site.k !== 'new') || data === undefined) return []
    if (data === 'this') return site.k === 'call' && site.f.k === 'mem' ? this.saved(call.inst, site.f.o, isReached, 0) : []
    const given = data.split('~').map((path) => (/^\d+(\.\w+)?$/.test(path) ? writtenAt(call, path) : undefined)).find((x) => x !== undefined)
    const isRow = given?.k === 'ref' && call.row?.effect?.kind === 'upsert' && data.includes('.')
    return given && (isRow || isWhole(given) || SAVES.test(call.path) || call.row?.effect?.kind === 'file-write') ? this.saved(call.inst, given, isReached, 0) : []
  }

  /** `const ids = [...user.ids]; ids.push(id); update({ ids })`: a list that is put back longer than it was, where nobody looked whether it is in it. */
  putsBackLonger(inst: Instance, name: string, v: Expr): boolean {
    if (v.k !== 'ref') return false
    const made = this.program.look.definition(inst, v.b)
    const from = made?.k === 'arr' && made.x[0]?.k === 'spread' ? made.x[0].x : made
    const of = from && unlessNone(from)
    if (!made || of?.k !== 'mem' || of.n !== name || (made.k !== 'arr' && !this.isRead(inst, of.o))) return false
    const { facts } = inst.unit
    const grows: Expr[] = made.k === 'arr' && made.x.length > 1 ? [made] : []
    eachExpression(inst.fn.body, (x) => { if (x.k === 'call' && x.f.k === 'mem' && GROWING.has(x.f.n) && x.f.o.k === 'ref' && x.f.o.b === v.b) grows.push(x) })
    const speaks = (x: Expr): boolean => (x.k === 'ref' && x.b === v.b) || (x.k === 'mem' && x.n === name)
    return grows.length > 0 && !grows.every((site) => this.guards.passed(inst.fn, site).some((test) => this.mentions(facts, test, speaks, 0)))
  }

  /** `const on = !row.on; update({ on })`: what a row that was read says, turned round. */
  turnsRound(inst: Instance, name: string, v: Expr): boolean {
    const { look } = this.program
    const written = v.k === 'ref' ? look.definition(inst, v.b) : v
    const of = written?.k === 'un' && written.op === '!' ? unlessNone(written.x) : written?.k === 'cond' ? turnedState(written) ?? this.chosenBy(inst, written) : undefined
    if (of?.k !== 'mem' || of.n !== name || of.o.k !== 'ref') return false
    const read = look.definition(inst, of.o.b)
    if (read?.k === 'call') return read.f.k === 'mem' && read.f.n === 'find' && read.f.o.k === 'mem'
    return read?.k === 'await' && read.x.k === 'call' && !takesBody(inst, read.x)
  }

  /** `closing ? new Date() : null`, where `closing` is `!row.closedAt`: what decides which of the two it is. */
  private chosenBy(inst: Instance, { t, c, a }: Expr & { k: 'cond' }): Expr | undefined {
    const test = t.k === 'ref' ? this.program.look.definition(inst, t.b) : t
    if (test?.k === 'un' && test.op === '!') return isNothing(a) && !isNothing(c) ? unlessNone(test.x) : undefined
    return test && isNothing(c) && !isNothing(a) ? unlessNone(test) : undefined
  }

  /** Is a change made only behind a look at what it changes, or at a state that is set with it? */
  isChecked(change: Change, by: LibraryCall): boolean {
    if (this.isToggled(change)) return false
    return this.isBehind(change, [...this.guards.passed(change.fn, change.site), ...this.guards.passed(by.inst.fn, by.site)])
  }

  /** Put in where it is not there, and taken out where it is: a repeat undoes it. What was asked for decides nothing of that kind. */
  private isToggled(change: Change): boolean {
    if (!change.grows) return false
    const { facts } = change.inst.unit
    const speaks = (x: Expr): boolean => isWithin(this.mutations.place(facts, x) ?? '?', change.place)
    const tests = this.guards.passed(change.fn, change.site).filter((test) => this.mentions(facts, test, speaks, 0))
    return this.mutations.in(change.inst).removed.some(({ fn, site, place }) => fn === change.fn && place === change.place && this.guards.passed(fn, site).some((test) => tests.includes(test)))
  }

  /** Is a place of a function reached only behind a look at a state that the function sets afterwards: `if (item.shared) return … item.shared = true`? */
  isBehindState(inst: Instance, site: Expr): boolean {
    const { facts } = inst.unit
    const { states, emptied } = this.mutations.in(inst)
    if (states.size + emptied.size === 0) return false
    const made = this.isNewObject(inst)
    // Found empty, and set to nothing again, it lets the repeat pass.
    const isState = (place: string): boolean => states.has(place) || (emptied.has(place) && !this.isFoundEmpty(inst, site, place))
    const speaks = (x: Expr): boolean => x.k === 'mem' && !(made && x.o.k === 'this') && isState(this.mutations.place(facts, x) ?? '?')
    return this.guards.passed(inst.fn, site).some((test) => this.mentions(facts, test, speaks, 0))
  }

  /** Does a test that was passed on the way say that a place holds nothing? */
  private isFoundEmpty({ fn, unit }: Instance, site: Expr, place: string): boolean {
    const says = (test: Expr, holds: boolean): boolean => {
      if (test.k === 'un' && test.op === '!') return says(test.x, !holds)
      if (test.k === 'log') return (test.op === '&&') === holds && (says(test.l, holds) || says(test.r, holds))
      return !holds && test.k === 'mem' && this.mutations.place(unit.facts, test) === place
    }
    return [...holdingAt(pointsOf(fn).at.get(site))].some((point) => point.kind === 'test' && says(point.test, point.holds))
  }

  /** A method of what the request itself has made with `new`: a repeat makes another one, which has no state yet. */
  private isNewObject(inst: Instance): boolean {
    const self = inst.fn.cls === undefined ? [] : this.program.look.values(inst, { k: 'this', p: 0, e: 0 })
    return self.length > 0 && self.every((value) => value.kind === 'object' && value.phase !== 'startup' && !value.found && value.site?.k === 'new')
  }

  /** What is emptied first is filled anew. */
  isReset(change: Change): boolean {
    // Also by the function around it: `this.rows = []; found.forEach((row) => this.rows.push(row))`.
    for (let at: Instance | undefined = change.inst; at && at.fn.kind !== 'module'; at = at.env) {
      const { set } = this.mutations.in(at)
      if (set.has(change.place) || set.has(`${change.place}.length`)) return true
    }
    return false
  }

  /** Does one of these tests speak of it? */
  isBehind(change: Change, tests: Expr[]): boolean {
    const { facts } = change.inst.unit
    const { set } = this.mutations.in(change.inst)
    const speaks = (x: Expr): boolean => {
      const place = this.mutations.place(facts, x)
      // A secret that is drawn is put where none was, or in the place of the one that was shown.
      return place !== undefined && (set.has(place) || (change.grows && isWithin(place, change.place)) || (change.key !== undefined && place === change.place))
    }
    return tests.some((test) => (this.mentions(facts, test, speaks, 0) && !this.asksFresh(change.inst, test, 0)) || looksByHelper(this.program.look, this.mutations, change, test))
  }

  /** A look for an id that was made up in the call finds nothing. */
  private asksFresh(inst: Instance, x: Expr, depth: number): boolean {
    if (x.k === 'bin' && /^===?$/.test(x.op)) return [x.l, x.r].some((side) => side.k === 'ref' && this.isMadeUp(inst, side.b))
    if (x.k === 'fn') return this.returnsOf(inst, x.f).some((inner) => this.asksFresh(inst, inner, depth))
    const made = x.k === 'ref' && depth < 3 ? this.program.look.definitionIn(inst.unit.facts, x.b) : undefined
    return (made !== undefined && this.asksFresh(inst, made, depth + 1)) || childrenOf(x).some((child) => this.asksFresh(inst, child, depth))
  }

  private isMadeUp(inst: Instance, binding: BindingId): boolean {
    const made = this.program.look.definition(inst, binding)
    return made !== undefined && this.freshness.of(inst, made)
  }

  private returnsOf({ unit }: Instance, index: number): Expr[] {
    return (unit.facts.functions[index]?.body ?? []).flatMap((s) => (s.k === 'ret' && s.x ? [s.x] : []))
  }

  private mentions(facts: FileFacts, x: Expr, speaks: (x: Expr) => boolean, depth: number): boolean {
    if (x.k === 'mem' && x.n === 'length') return false
    if (speaks(x) || this.asksEnd(facts, x, speaks)) return true
    const made = x.k === 'ref' && depth < 3 ? this.program.look.definitionIn(facts, x.b) : undefined
    return (made !== undefined && this.mentions(facts, made, speaks, depth + 1)) || childrenOf(x).some((child) => this.mentions(facts, child, speaks, depth))
  }

  /** `i === list.length` after a loop: what was looked for is not in the list. */
  private asksEnd(facts: FileFacts, x: Expr, speaks: (x: Expr) => boolean): boolean {
    if (x.k !== 'bin' || !/^[!=]==?$|^[<>]=?$/.test(x.op) || x.l.k !== 'ref') return false
    const end = x.r.k === 'ref' ? this.program.look.definitionIn(facts, x.r.b) : x.r
    return end?.k === 'mem' && end.n === 'length' && speaks(end.o)
  }

  private saved(inst: Instance, x: Expr, isReached: Reached, depth: number): Change[] {
    const at = content(x)
    if (at.k === 'fn') return this.callback(inst, at.f)
    const merged = this.merged(inst, at)
    if (merged.length > 0) return merged
    if (growsCopy(at)) return [{ inst, fn: inst.fn, site: at, place: this.mutations.place(inst.unit.facts, copied(at)) ?? '?', grows: true }]
    const place = this.mutations.place(inst.unit.facts, at)
    if (place === undefined) return this.literal(inst, at)
    const own = this.changed(inst, place)
    const made = own.length === 0 && at.k === 'ref' ? this.program.look.definition(inst, at.b) : undefined
    if (made && made !== at && (growsCopy(made) || made.k === 'obj' || mergeOf(made))) return this.saved(inst, made, isReached, depth)
    return own.length > 0 || depth >= DEEPEST ? own : this.byCallers(inst, at, isReached, depth)
  }

  /** `repository.merge(row, { views: row.views + 1 })`, `Object.assign(row, …)`, `{ ...row, views: row.views + 1 }`: what is put over a row that was read. */
  private merged(inst: Instance, x: Expr): Change[] {
    const parts = mergeOf(x) ?? (x.k === 'obj' && x.m.some(({ kind }) => kind === 'spread') ? [x] : [])
    return parts.flatMap((part) => (part.k === 'obj' ? part.m.flatMap((m) => (m.n !== undefined && (isOfItself(m.n, this.unfolded(inst, m.v)) || this.turnsRound(inst, m.n, m.v)) ? [{ inst, fn: inst.fn, site: part, place: `?.${m.n}`, grows: false }] : [])) : []))
  }

  /** `count + 1`, where `const count = row.count`. */
  private unfolded(inst: Instance, x: Expr): Expr {
    const side = (one: Expr): Expr => this.program.look.behind(inst, one)
    return x.k === 'bin' ? { ...x, l: side(x.l), r: side(x.r) } : x
  }

  /** `menu.items.push(item); update({ items: menu.items })`: a list of a row that was read, put back longer, where nobody looked whether it is in it. */
  putsBackChanged(inst: Instance, v: Expr): boolean {
    const { facts } = inst.unit
    const place = v.k === 'mem' && this.isRead(inst, v) ? this.mutations.place(facts, v) : undefined
    const changes = place === undefined ? [] : this.changed(inst, place)
    return changes.length > 0 && !changes.every((change) => this.isBehind(change, this.guards.passed(change.fn, change.site)))
  }

  /** Of a row that was waited for, or that a promise has come to. */
  private isRead(inst: Instance, x: Expr): boolean {
    if (x.k === 'mem' || x.k === 'elem') return this.isRead(inst, x.o)
    if (x.k !== 'ref') return false
    const read = this.program.look.definition(inst, x.b)
    const asked = read?.k === 'await' ? read.x : undefined
    if (asked) return asked.k === 'call' && !takesBody(inst, asked) && FETCHES.test(calledName(inst, asked))
    return inst.fn.params[0]?.t.k === 'bind' && inst.fn.params[0].t.b === x.b && inst.callers.some(({ site }) => site.k === 'call' && site.f.k === 'mem' && site.f.n === 'then')
  }

  /** `JSON.stringify({ posts })`: each of its parts. */
  private literal(inst: Instance, x: Expr): Change[] {
    return x.k === 'obj' ? x.m.flatMap((m) => (m.v.k === 'ref' ? this.changed(inst, this.mutations.place(inst.unit.facts, m.v) ?? '?') : [])) : []
  }

  /** What a function changes of a place, relative to what it was. */
  doneTo(inst: Instance, place: string): Change[] {
    return this.changed(inst, place)
  }

  private changed(inst: Instance, place: string, depth = 0): Change[] {
    const { relative, written } = this.mutations.in(inst)
    const places = [place, ...written.flatMap((one) => (isWithin(one.place, place) && this.comesFrom(inst, one.b, place) ? [one.of] : []))]
    const own = relative.flatMap((m) => (places.some((at) => isWithin(m.place, at)) && (!m.key || this.freshness.of(inst, m.key)) ? [{ ...m, inst }] : []))
    return [...own, ...this.byHelpers(inst, place, depth)]
  }

  /** `list = withItem(cart.items, item)`: what helpers change of what they are given. */
  private byHelpers(inst: Instance, place: string, depth: number): Change[] {
    if (depth >= DEEPEST) return []
    const { facts } = inst.unit
    return inst.callees.flatMap(({ to, given, later }) => (later ? [] : given.flatMap((x, i) => {
      const param = to.fn.params[i]?.t
      const at = param?.k === 'bind' && x.k !== 'lit' ? this.mutations.place(facts, x) : undefined
      return at !== undefined && param?.k === 'bind' && isWithin(at, place) ? this.changed(to, `#${param.b}`, depth + 1) : []
    })))
  }

  /** `const items = JSON.parse(row.items)`: was it read from there? */
  private comesFrom({ unit }: Instance, binding: BindingId, place: string): boolean {
    const made = this.program.look.definitionIn(unit.facts, binding)
    let named = false
    if (made) eachInside(made, (x) => { if (x.k === 'ref' && `#${x.b}` === place) named = true })
    return named
  }

  /** `update(data => { data.posts.push(post) })`: what the function does to what it is given. */
  private callback(inst: Instance, index: number): Change[] {
    const { facts } = inst.unit
    const fn = facts.functions[index]
    const given = new Set(fn?.params.flatMap((p) => [...boundBy(p.t)].map((b) => `#${b}`)) ?? [])
    return this.mutations.in(inst).relative.filter((m) => m.fn === fn && given.has(m.place.split('.')[0] ?? '')).map((m) => ({ ...m, inst }))
  }

  /** A helper saves what it was given: `save(todos)`. */
  private byCallers(inst: Instance, x: Expr, isReached: Reached, depth: number): Change[] {
    if (x.k !== 'ref') return []
    const piped = pipedInto(this.program, inst, x.b)
    if (piped.length > 0) return piped.flatMap((one) => this.saved(one.inst, one.x, isReached, depth + 1))
    const owner = declaringOf(inst, x.b)
    const index = owner?.fn.params.findIndex((p) => p.t.k === 'bind' && p.t.b === x.b) ?? -1
    if (!owner || index < 0) return []
    return owner.callers.flatMap(({ from, site }) => {
      const given = site.k === 'call' ? site.a[index] : undefined
      return given && isReached(from) ? this.saved(from, given, isReached, depth + 1) : []
    })
  }

}

/** What asks for what is kept, by its name. */
const FETCHES = /^(find|get|load|fetch|read|query|select|one|first|lookup|look|retrieve|populate|exec|lean|preload|scan|by|row|max|min|count)|(By|One|First|All)([A-Z]\w*)?$/i
const calledName = ({ unit }: Instance, { f }: Expr & { k: 'call' }): string => (f.k === 'mem' || f.k === 'glob' ? f.n : f.k === 'ref' ? unit.facts.bindings[f.b]?.n ?? '' : '')
/** What gives what the request has sent. */
const TAKES_BODY = /^(json|formData|text|body|parse(Async)?|safeParse(Async)?|validate|(get|read)(Validated)?Body)$/

const takesBody = ({ unit }: Instance, { f }: Expr & { k: 'call' }): boolean =>
  TAKES_BODY.test(f.k === 'mem' ? f.n : f.k === 'ref' ? unit.facts.bindings[f.b]?.n ?? '' : '')

/** `user.ids || []` */
const unlessNone = (x: Expr): Expr => (x.k === 'log' && x.op !== '&&' ? unlessNone(x.l) : x)

/** Given as a whole: a serialised value, or a function that changes it in place. */
const isWhole = (x: Expr): boolean => x.k === 'fn' || content(x) !== x
