import type { BindingId, Expr, FileFacts, FnFact } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression, isExpression, somePart } from '../link/shape.js'
import { isMadeAnew } from '../state/locals.js'
import { assignedBefore } from './asking.js'
import type { Change } from './changes.js'
import { isNothing } from './compared.js'
import { fieldOf } from './fields.js'
import { setByName } from './of-itself.js'
import { asNumber, setToConstants, takenFrom } from './row-writes.js'
import { turnedState } from './two-states.js'

interface Mutation extends Omit<Change, 'inst'> {
  /** An element is put under this key, or a secret gets this value: relative only where it is made up. */
  key?: Expr
}

interface MutationsOf {
  relative: Mutation[]
  /** Places that are set to something else: states, owners. */
  set: Set<string>
  /** Places that are set to a constant. */
  states: Set<string>
  /** Those of them that are set to nothing. */
  emptied: Set<string>
  /** What is taken out again. */
  removed: { fn: FnFact; site: Expr; place: string }[]
  /** Places that are given another place as text: `row.items = JSON.stringify(items)`. */
  written: { place: string; of: string; b: BindingId }[]
}

export const GROWING = new Set(['push', 'unshift', 'splice'])
/** A new one makes the one before it, which the first answer gave, worthless. */
export const SECRETS = /(token|secret|otp|pin|nonce|apiKey|accessCode)$/i
/** What locks and clocks count is nothing that a client asks for. */
const COUNTERS_OF_WRITES = /\.(_{0,2}v|version|rev|updatedAt|modifiedAt|lastSeen\w*)$/
const SIGNED = /^[-+*/]=?$/

const FINDS = /^(find|findLast|at|id|get|filter|pop|shift)$/

const isMember = (x: Expr): boolean => x.k === 'mem' || x.k === 'elem'

export const isWithin = (place: string, of: string): boolean => place === of || place.startsWith(`${of}.`)

/** What is written out: behind `JSON.stringify(…)`, `await`, a buffer. */
export const content = (x: Expr): Expr => {
  if (x.k === 'await') return content(x.x)
  const [first] = x.k === 'call' ? x.a : []
  if (x.k === 'call' && first && x.f.k === 'mem' && /^(stringify|from|dump)$/.test(x.f.n)) return content(first)
  return x
}

/** `[...todos, todo]` and `todos.concat(todo)`. */
export const growsCopy = (x: Expr): boolean =>
  (x.k === 'arr' && x.x.length > 1 && x.x.some((item) => item.k === 'spread')) || (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'concat' && x.f.o.k !== 'glob')

export const copied = (x: Expr): Expr => {
  if (x.k === 'call' && x.f.k === 'mem') return x.f.o
  const spread = x.k === 'arr' ? x.x.find((item) => item.k === 'spread') : undefined
  return spread?.k === 'spread' ? spread.x : x
}

/** What functions change of places, each function read once. */
export class Mutations {
  private readonly found = new Map<FnFact, MutationsOf>()

  constructor(private readonly look: LookedUp) {}

  /** Of the function and of the functions inside it. */
  in(inst: Instance): MutationsOf {
    let found = this.found.get(inst.fn)
    if (!found) {
      found = { relative: [], set: new Set(), states: new Set(), emptied: new Set(), removed: [], written: [] }
      const { facts } = inst.unit
      for (const fn of facts.functions) if (fn === inst.fn || (fn.p >= inst.fn.p && fn.e <= inst.fn.e && inst.fn.kind !== 'module')) this.collect(facts, fn, found)
      this.found.set(inst.fn, found)
    }
    return found
  }

  private collect(facts: FileFacts, fn: FnFact, into: MutationsOf): void {
    eachExpression(fn.body, (x) => {
      if (x.k === 'set' && x.op === '=' && isExpression(x.l) && fieldOf(facts, x.l) && x.r.k === 'lit') (isNothing(x.r) ? into.emptied : into.states).add(this.place(facts, x.l) ?? '?')
      for (const name of setToConstants(x)) into.states.add(`${this.place(facts, x.k === 'call' && x.f.k === 'mem' ? x.f.o : x) ?? '?'}.${name}`)
      this.collectWritten(facts, x, into)
      const from = takenFrom(x)
      const emptied = from && this.place(facts, from)
      if (emptied !== undefined) into.removed.push({ fn, site: x, place: emptied })
      const target = this.target(x, facts, fn)
      const place = target && this.place(facts, target.x)
      if (target && place !== undefined && !COUNTERS_OF_WRITES.test(place) && !this.isMadeHere(facts, place)) into.relative.push({ fn, site: x, place, grows: target.grows, ...(target.key ? { key: target.key } : {}) })
      else if (!target && x.k === 'set' && isExpression(x.l) && fieldOf(facts, x.l) && x.r.k !== 'log') into.set.add(this.place(facts, x.l) ?? '?')
    })
  }

  private collectWritten(facts: FileFacts, x: Expr, { written }: MutationsOf): void {
    const text = x.k === 'set' && x.op === '=' && isExpression(x.l) && x.l.k === 'mem' ? content(x.r) : x
    const place = x.k === 'set' && text !== x.r && isExpression(x.l) ? this.place(facts, x.l) : undefined
    if (place !== undefined && text.k === 'ref') written.push({ place, of: `#${text.b}`, b: text.b })
  }

  /** What is built up in the function changes nothing that was there. */
  private isMadeHere(facts: FileFacts, place: string): boolean {
    const root = /^#(\d+)/.exec(place)?.[1]
    const made = root === undefined ? undefined : this.look.definitionIn(facts, Number(root))
    return made !== undefined && facts.bindings[Number(root)]?.f !== 0 && isMadeAnew(made) && !growsCopy(made)
  }

  /** What an expression changes relative to what it was. */
  private target(x: Expr, facts: FileFacts, fn: FnFact): { x: Expr; grows: boolean; key?: Expr } | undefined {
    if (x.k === 'call' && x.f.k === 'mem' && GROWING.has(x.f.n)) return (x.f.n === 'splice' && x.a.length < 3) || this.isMoved(facts, x) ? undefined : { x: x.f.o, grows: true }
    const byName = setByName(x)
    if (byName) return { x: byName, grows: false }
    if (x.k === 'upd') return isMember(x.x) ? { x: x.x, grows: false } : undefined
    if (x.k !== 'set' || !isExpression(x.l) || !isMember(x.l)) return undefined
    if (SIGNED.test(x.op) && x.op.length > 1) return { x: x.l, grows: false }
    if (x.op === '=' && x.l.k === 'mem' && SECRETS.test(x.l.n) && !isNothing(x.r)) return { x: x.l, grows: false, key: x.r }
    const given = x.r.k === 'ref' ? this.counted(facts, fn, x.r, x.p) : x.r
    if (x.op === '=' && this.isOfItself(facts, x.l, given)) return { x: x.l, grows: given.k !== 'bin' && given.k !== 'un' }
    return x.op === '=' && x.l.k === 'elem' && x.l.i.k !== 'lit' && !fieldOf(facts, x.l) ? { x: x.l, grows: true, key: x.l.i } : undefined
  }

  /** `const [card] = todo.splice(i, 1); done.push({ ...card, moved: true })`: what is taken out of one list and put into another is there once. */
  private isMoved(facts: FileFacts, { f, a }: Expr & { k: 'call' }): boolean {
    const added = f.k === 'mem' && f.n === 'splice' ? a.slice(2) : a
    const isTaken = (x: Expr | undefined): boolean => {
      if (x?.k === 'obj') return x.m[0]?.kind === 'spread' && isTaken(x.m[0].v)
      const made = x?.k === 'ref' ? this.look.definitionIn(facts, x.b) : x
      const out = made?.k === 'elem' ? made.o : made
      return out?.k === 'call' && out.f.k === 'mem' && out.f.n === 'splice'
    }
    return added.length > 0 && added.every(isTaken)
  }

  /** `let n = 0; …; n = a.n + 1; a.n = n`: what a local was counted to. */
  private counted(facts: FileFacts, fn: FnFact, x: Expr & { k: 'ref' }, at: number): Expr {
    const made = facts.bindings[x.b]?.kind === 'let' ? assignedBefore(fn, x.b, at) : this.look.definitionIn(facts, x.b)
    return made?.k === 'bin' ? made : x
  }

  /** `a.n = a.n + 1`, `a.on = !a.on`, `a.list = [...a.list, x]`, `a.list = a.list.concat(x)`, and a list that is put together in one of two ways. */
  private isOfItself(facts: FileFacts, l: Expr, r: Expr): boolean {
    const place = this.place(facts, l)
    const same = (x: Expr): boolean => place !== undefined && this.place(facts, asNumber(x)) === place
    if (r.k === 'bin') return SIGNED.test(r.op) && (same(r.l) || same(r.r))
    if (r.k === 'un') return r.op === '!' && same(r.x)
    if (r.k === 'arr') return r.x.length > 1 && r.x.some((item) => item.k === 'spread' && same(item.x))
    if (r.k === 'cond') return somePart(r.t, same) && (same(turnedState(r) ?? r) || this.putsInOrOut(facts, l, [r.c, r.a]))
    return r.k === 'call' && r.f.k === 'mem' && r.f.n === 'concat' && same(r.f.o)
  }

  /** `list.includes(id) ? list.filter((one) => one !== id) : [...list, id]` */
  private putsInOrOut(facts: FileFacts, l: Expr, ways: Expr[]): boolean {
    const takes = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && x.f.n === 'filter' && this.place(facts, x.f.o) === this.place(facts, l)
    return ways.some(takes) && ways.some((x) => this.isOfItself(facts, l, x))
  }

  /** A place as text, through what is found inside (`doc.items.find(…)`, `const item = doc.items[0]`). */
  place(facts: FileFacts, x: Expr, depth = 0): string | undefined {
    const inner = (o: Expr, rest: string): string | undefined => {
      const at = this.place(facts, o, depth)
      return at === undefined ? undefined : `${at}${rest}`
    }
    switch (x.k) {
      case 'this': return 'this'
      case 'ref': return this.named(facts, x, depth)
      case 'mem': return inner(x.o, `.${x.n}`)
      case 'elem': return inner(x.o, `.${fieldOf(facts, x)?.n ?? '[]'}`)
      case 'call': return x.f.k === 'mem' && FINDS.test(x.f.n) ? inner(x.f.o, '.[]') : undefined
      case 'await': return this.place(facts, x.x, depth)
      case 'log': return this.place(facts, x.l, depth)
      default: return undefined
    }
  }

  private named(facts: FileFacts, x: Expr & { k: 'ref' }, depth: number): string | undefined {
    const own = `#${x.b}`
    const made = depth < 4 ? this.look.definitionIn(facts, x.b) : undefined
    if (!made || (made.k !== 'mem' && made.k !== 'elem' && made.k !== 'call')) return own
    const at = this.place(facts, made, depth + 1)
    const root = at === undefined ? undefined : facts.bindings[Number(/^#(\d+)/.exec(at)?.[1] ?? -1)]
    return at !== undefined && (at.startsWith('this') || (root !== undefined && root.f !== 0 && root.kind !== 'import')) ? at : own
  }
}
