import type { Expr, FileFacts, FnFact, Stmt } from '../model/facts.js'
import { blocksOf, eachExpression, eachInside, isExpression, someExpression, somePart } from '../link/shape.js'

/**
 * The calls of a function that are made once in a process: behind a test that a binding of the module, or a member of the global object, holds
 * nothing yet, where it is given something that nobody takes away again. `if (!store) store = await open()`,
 * `if (pool) return pool; const made = connect(); pool = made`.
 */
export const firstUses = (facts: FileFacts, fn: FnFact): ReadonlySet<Expr> => {
  let found = known.get(fn)
  if (!found) known.set(fn, (found = new Reader(facts, fn).read()))
  return found
}

const known = new WeakMap<FnFact, ReadonlySet<Expr>>()
const NONE: ReadonlySet<Expr> = new Set()
const GLOBAL = /^(globalThis|global|self)$/

class Reader {
  private readonly sites = new Set<Expr>()

  constructor(private readonly facts: FileFacts, private readonly fn: FnFact) {}

  read(): ReadonlySet<Expr> {
    const { body } = this.fn
    if (!someExpression(body, (x) => this.slotSet(x) !== undefined)) return NONE
    this.body(body)
    eachExpression(body, (x) => {
      const slot = x.k === 'set' && (x.op === '??=' || x.op === '||=') ? this.slotSet(x) : undefined
      if (slot !== undefined && x.k === 'set' && this.isKeptFor(slot)) this.take(x.r)
    })
    return this.sites
  }

  private body(body: Stmt[]): void {
    for (const [i, s] of body.entries()) {
      if (s.k === 'if') {
        const last = s.c.at(-1)
        if (last?.k === 'ret' && !s.a && this.takeAll(this.empty(s.t, false), body.slice(i + 1))) return
        this.takeAll(this.empty(s.t, true), s.c)
      }
      for (const inner of blocksOf(s)) this.body(inner)
    }
  }

  /** Everything that is called in a region where all these slots are filled for good. */
  private takeAll(slots: string[] | undefined, region: Stmt[]): boolean {
    if (!slots || slots.length === 0 || !slots.every((slot) => this.fills(region, slot) && this.isKeptFor(slot))) return false
    eachExpression(region, (x) => this.take(x))
    return true
  }

  private take(x: Expr): void {
    eachInside(x, (part) => { if (part.k === 'call' || part.k === 'new') this.sites.add(part) })
  }

  /** Is a slot given something in a list of statements, whatever happens in it? */
  private fills(region: Stmt[], slot: string): boolean {
    const isBothWays = (s: Stmt): boolean => s.k === 'if' && s.a !== undefined && this.fills(s.c, slot) && this.fills(s.a, slot)
    return region.some((s) => isBothWays(s) || (s.k === 'try' ? this.fills(s.b, slot) : s.k === 'block' ? this.fills(s.b, slot) : (s.k === 'expr' || s.k === 'ret') && s.x !== undefined && this.sets(s.x, slot)))
  }

  private sets(x: Expr, slot: string): boolean {
    return somePart(x, (part) => this.slotSet(part) === slot && part.k === 'set' && !isNothing(part.r))
  }

  /** Does nothing in the file take it away again? */
  private isKeptFor(slot: string): boolean {
    return !this.facts.functions.some(({ body }) => someExpression(body, (x) => this.slotSet(x) === slot && x.k === 'set' && isNothing(x.r)))
  }

  /** The slot that an expression sets. */
  private slotSet(x: Expr): string | undefined {
    return x.k === 'set' && isExpression(x.l) ? this.lasting(x.l) : undefined
  }

  /** Slots of which at least one holds nothing where a test ends so; undefined where it may say something else. */
  private empty(test: Expr, holds: boolean): string[] | undefined {
    if (test.k === 'un' && test.op === '!') return this.empty(test.x, !holds)
    if (test.k === 'log' && test.op !== '??') {
      const [l, r] = [this.empty(test.l, holds), this.empty(test.r, holds)]
      return (test.op === '&&') === holds ? l ?? r : l && r && [...l, ...r]
    }
    if (test.k === 'bin' && /^[!=]==?$/.test(test.op) && isNothing(test.r)) return holds === test.op.startsWith('=') ? this.slots(test.l) : undefined
    return holds ? undefined : this.slots(test)
  }

  private slots(x: Expr): string[] | undefined {
    const slot = this.lasting(x)
    return slot === undefined ? undefined : [slot]
  }

  /** Name of a slot that lives as long as the process. */
  private lasting(x: Expr): string | undefined {
    if (x.k === 'ref') return this.isOfModule(x.b) && this.facts.bindings[x.b]?.kind !== 'const' ? `b${x.b}` : undefined
    return x.k === 'mem' && this.isGlobal(x.o) ? `global.${x.n}` : undefined
  }

  private isOfModule(binding: number): boolean {
    const fact = this.facts.bindings[binding]
    return fact?.f === 0 && (fact.kind === 'let' || fact.kind === 'var' || fact.kind === 'const')
  }

  /** `globalThis`, or `const g = global as any`. */
  private isGlobal(x: Expr): boolean {
    if (x.k === 'glob') return GLOBAL.test(x.n)
    return x.k === 'ref' && this.isOfModule(x.b) && this.globals().has(x.b)
  }

  private aliases: Set<number> | undefined
  private globals(): Set<number> {
    if (this.aliases) return this.aliases
    this.aliases = new Set()
    for (const s of this.facts.functions[0]?.body ?? []) if (s.k === 'var') for (const { t, i } of s.d) if (t.k === 'bind' && i?.k === 'glob' && GLOBAL.test(i.n)) this.aliases.add(t.b)
    return this.aliases
  }
}

const isNothing = (x: Expr): boolean => (x.k === 'lit' && (x.v === null || x.v === false || x.v === undefined)) || (x.k === 'glob' && x.n === 'undefined') || (x.k === 'un' && x.op === 'void')
