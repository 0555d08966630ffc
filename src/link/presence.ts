import type { BindingId, Expr, FileFacts, FnFact, Stmt } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Instance } from './instances.js'
import type { Production } from './production.js'
import { blocksOf, eachExpression } from './shape.js'
import { targetsOf } from './versions.js'

const DEPTH = 12

/** A branch that no call takes, as far as calls are known. */
interface LeftOut { isLeft: () => boolean; run: () => void }

/**
 * Tests that come out alike in all calls: `db ? createStore(db) : createFakeStore()` makes no fake where each caller hands a database.
 * What is not known yet counts as there at first; a branch that was left out runs as soon as a call may take it.
 */
export class Presence {
  private leftOut: LeftOut[] = []
  private readonly constants = new Map<FnFact, Map<BindingId, Expr>>()
  private readonly changed = new Map<FileFacts, Set<BindingId>>()
  /** Is what is not known yet taken for there? */
  private trusts = true
  /** Parameters that were looked at in this round of questions … */
  private readonly known = new Map<number, boolean>()
  /** … and those that are being looked at: what leads back to itself is there if all else is. What leaned on that is not kept. */
  private readonly open = new Set<number>()
  private leaned = 0

  constructor(
    private readonly a: Analysis,
    private readonly ownerOf: (inst: Instance, id: BindingId) => Instance,
    private readonly production: Production,
  ) {}

  /** What a test comes to in every call that is known; nothing where that depends. */
  truth(inst: Instance, test: Expr): boolean | undefined {
    this.known.clear()
    return this.decide(inst, test)
  }

  /** Do all callers hand something there? */
  isGiven(inst: Instance, i: number): boolean {
    this.known.clear()
    return this.isArgumentThere(inst, i, 0)
  }

  /** Runs a branch only once a call may take it. */
  leaveOut(isLeft: () => boolean, run: () => void): void {
    this.leftOut.push({ isLeft, run })
  }

  /** Looks at what was left out once more; true where something of it had to run. */
  settle(): boolean {
    if (this.leftOut.length === 0) return false
    const runs: LeftOut[] = []
    this.trusts = false
    for (const one of this.leftOut.splice(0)) (one.isLeft() ? this.leftOut : runs).push(one)
    this.trusts = true
    for (const { run } of runs) run()
    return runs.length > 0
  }

  private decide(inst: Instance, x: Expr): boolean | undefined {
    switch (x.k) {
      case 'ref': return this.isNameThere(inst, x.b, 0) ? true : undefined
      case 'bin': return /^[!=]==?$/.test(x.op) && x.l.k === 'ref' && isNothing(x.r) && this.isNameThere(inst, x.l.b, 0) ? x.op.startsWith('!') : undefined
      case 'un': {
        const side = x.op === '!' ? this.decide(inst, x.x) : undefined
        return side === undefined ? undefined : !side
      }
      case 'log': return x.op === '??' ? undefined : this.joined(inst, x)
      default: return undefined
    }
  }

  private joined(inst: Instance, x: Expr & { k: 'log' }): boolean | undefined {
    const decisive = x.op === '||'
    const l = this.decide(inst, x.l)
    if (l === decisive) return l
    const r = this.decide(inst, x.r)
    return r === decisive || l === r ? r : undefined
  }

  /** Is an expression something in every call? */
  private isThere(inst: Instance, x: Expr, depth: number): boolean {
    const at = (inner: Expr): boolean => this.isThere(inst, inner, depth + 1)
    switch (x.k) {
      case 'ref': return depth < DEPTH && this.isNameThere(inst, x.b, depth + 1)
      case 'obj': case 'arr': case 'fn': case 'class': case 'new': case 're': return true
      case 'lit': return Boolean(x.v)
      case 'cond': return at(x.c) && at(x.a)
      case 'log': return at(x.r) && (x.op !== '&&' || at(x.l))
      // What a promise comes to is asked for so often that waiting for it would turn the order of things around.
      case 'await': return x.x.k === 'call' ? this.isMade(inst, x.x, depth + 1, false) : at(x.x)
      case 'call': return depth < DEPTH && this.isMade(inst, x, depth + 1)
      default: return false
    }
  }

  private isNameThere(inst: Instance, id: BindingId, depth: number): boolean {
    const { facts } = inst.unit
    const fact = facts.bindings[id]
    switch (fact?.kind) {
      case 'param': return this.isParamThere(this.ownerOf(inst, id), id, depth)
      case 'fn': case 'class': return true
      case 'const': {
        const x = this.constantsOf(facts.functions[fact.f] as FnFact).get(id)
        return x !== undefined && this.isThere(this.ownerOf(inst, id), x, depth)
      }
      case 'import': {
        const found = this.production.defined(inst.unit, id)
        return found !== undefined && this.isThere(found.unit.module, found.x, depth)
      }
      default: return false
    }
  }

  private isParamThere(owner: Instance, id: BindingId, depth: number): boolean {
    const i = owner.fn.params.findIndex(({ t, rest }) => t.k === 'bind' && t.b === id && !rest)
    return i >= 0 && this.isArgumentThere(owner, i, depth) && !this.changedIn(owner.unit.facts).has(id)
  }

  private isArgumentThere(owner: Instance, i: number, depth: number): boolean {
    if (owner.callers.length === 0 || owner.callers.some(({ given }) => given.length <= i)) return false
    const node = owner.params[i] as number
    if (this.open.has(node)) return this.leaned++ >= 0
    return this.known.get(node) ?? this.lookAt(owner, i, depth)
  }

  private lookAt(owner: Instance, i: number, depth: number): boolean {
    const node = owner.params[i] as number
    const { leaned } = this
    this.open.add(node)
    const found = owner.callers.every(({ from, given }) => !given.some(isSpread) && this.isThere(from, given[i] as Expr, depth))
    this.open.delete(node)
    if (!found || leaned === this.leaned) this.known.set(node, found)
    return found
  }

  /** Does a call always give something: what a library makes at start-up, or what a function of the project returns on all its ways? */
  private isMade(inst: Instance, x: Expr & { k: 'call' }, depth: number, trusts = this.trusts): boolean {
    const called = inst.callees.filter(({ site }) => site === x)
    if (called.length > 0) return called.every(({ to }) => this.givesSomething(to, depth))
    const node = inst.results.get(x)
    const values = node === undefined ? [] : this.a.of(node)
    if (values.length === 0) return trusts && inst.phase === 'startup'
    return values.every((value) => value.kind === 'object' && value.shape === 'library' && value.phase === 'startup' && value.site === x)
  }

  private givesSomething(inst: Instance, depth: number): boolean {
    const { body } = inst.fn
    return body.at(-1)?.k === 'ret' && returned(body).every((x) => x !== undefined && this.isThere(inst, x, depth))
  }

  private constantsOf(fn: FnFact): Map<BindingId, Expr> {
    let found = this.constants.get(fn)
    if (!found) {
      this.constants.set(fn, (found = new Map()))
      collect(fn.body, found)
    }
    return found
  }

  /** Names of a file that something is assigned to. */
  changedIn(facts: FileFacts): Set<BindingId> {
    let found = this.changed.get(facts)
    if (!found) this.changed.set(facts, (found = changedBindings(facts)))
    return found
  }
}

const isNothing = (x: Expr): boolean => (x.k === 'lit' && x.v === null) || (x.k === 'glob' && x.n === 'undefined')
const isSpread = ({ k }: Expr): boolean => k === 'spread'

const changedBindings = (facts: FileFacts): Set<BindingId> => {
  const found = new Set<BindingId>()
  for (const fn of facts.functions) eachExpression(fn.body, (x) => {
    const target = x.k === 'set' ? x.l : x.k === 'upd' ? x.x : undefined
    if (target) for (const id of targetsOf(target)) found.add(id)
  })
  return found
}

const collect = (list: Stmt[], into: Map<BindingId, Expr>): void => {
  for (const s of list) {
    if (s.k === 'var') for (const { t, i } of s.d) if (i && t.k === 'bind') into.set(t.b, i)
    for (const block of blocksOf(s)) collect(block, into)
  }
}

/** What a function returns, on each of its ways. */
const returned = (list: Stmt[]): (Expr | undefined)[] => list.flatMap((s) => (s.k === 'ret' ? [s.x] : blocksOf(s).flatMap(returned)))
