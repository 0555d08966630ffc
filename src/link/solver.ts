/**
 * Inclusion-based points-to solver. A node is a place that values flow through (a variable, a field, a result); a value is
 * a function, class, object, library path or literal. Copy edges run before watchers, so that a call sees its arguments.
 * Most places hold one value, lead to one other and have one watcher: one is kept as itself, few as an array, many as a set.
 */

import { circles } from './cycles.js'

/** A node, or a constant value written as `-(value + 2)`, or NOTHING. */
export type Ref = number
export const NOTHING: Ref = -1
export const constant = (value: number): Ref => -(value + 2)
export const isConstant = (ref: Ref): boolean => ref < NOTHING
export const constantOf = (ref: Ref): number => -ref - 2

/**
 * Beyond so many values a place tells nothing any more; what is more is dropped. `weak` is the same for values that tell
 * less: texts, arrays, paths of libraries. In a program where everything flows everywhere precision gives way before time does.
 */
const LIMITS = [{ values: 160, weak: 24 }, { values: 40, weak: 8 }, { values: 12, weak: 3 }]
/** Up to here a list is searched, beyond it is a set. */
const MOST_LISTED = 12

type Many = number | number[] | Set<number>
/** What to do with each value of a place; an object where it is one of very many. */
export type Watcher = ((value: number) => void) | Seer
export interface Seer {
  see(value: number): void
}

/** Values that came where they were already, before circles are looked for: programs that are linked in a second stay below. */
const MOST_VAIN = 2_000_000

/** So many times the budget is the end. */
const GIVES_UP = 12
/** Circles are looked for less often where they are few: of so many places less than one was in a circle. */
const FEW_IN_CIRCLES = 50

const NONE: readonly number[] = []

export class Solver {
  private readonly points: (Many | undefined)[] = []
  private readonly edges: (Many | undefined)[] = []
  private readonly watchers: (Watcher | Watcher[] | undefined)[] = []
  private readonly copies = new Pairs<number>()
  private readonly deferred = new Pairs<Watcher>()
  private spent = 0
  /** Watcher calls so far: as long as they are as many, nothing flowed that they did not see. */
  get steps(): number {
    return this.spent
  }
  /** How often the work that a program of this size should take was spent. */
  haste = 0
  private mostValues = 160
  private mostWeak = 24
  /** Places that held more than they could: a measure of imprecision. */
  saturated = 0
  /** Values that came to a place, new or not: programs that are heaps of data spend time and memory here long before they call watchers. */
  private tried = 0
  private readonly weak: boolean[] = []
  /** Values that came where they were already, since circles were looked for. */
  private vain = 0
  private mostVain = MOST_VAIN
  /** Of places in a circle the one that stands for all of them; of others themselves. Undefined while there is none. */
  private leaders: number[] | undefined

  /** Says that a value tells little where there are many. */
  markWeak(value: number): void {
    while (this.weak.length < value) this.weak.push(false)
    this.weak[value] = true
  }

  node(): number {
    this.edges.push(undefined)
    this.watchers.push(undefined)
    const made = this.points.push(undefined) - 1
    this.leaders?.push(made)
    return made
  }

  /** The place that stands for a place. */
  private leader(node: number): number {
    const { leaders } = this
    if (!leaders) return node
    let at = node
    while (leaders[at] !== at) at = leaders[at] as number
    if (at !== node) leaders[node] = at
    return at
  }

  /** Values known so far. */
  values(ref: Ref): Iterable<number> {
    if (ref === NOTHING) return NONE
    if (isConstant(ref)) return [constantOf(ref)]
    const set = this.points[this.leader(ref)]
    return set === undefined ? NONE : typeof set === 'number' ? [set] : set
  }

  /** What the values of a place stand for in a table: asked for more often than anything else, so it makes one list. */
  held<T>(ref: Ref, table: readonly T[]): T[] {
    if (ref < 0) return ref === NOTHING ? [] : [table[constantOf(ref)] as T]
    const set = this.points[this.leader(ref)]
    if (set === undefined) return []
    if (typeof set === 'number') return [table[set] as T]
    const found: T[] = []
    if (Array.isArray(set)) for (let i = 0; i < set.length; i++) found.push(table[set[i] as number] as T)
    else for (const value of set) found.push(table[value] as T)
    return found
  }

  /** Is a value of a place such? Asked without making a list. */
  some(ref: Ref, test: (value: number) => boolean): boolean {
    if (ref < 0) return ref !== NOTHING && test(constantOf(ref))
    const set = this.points[this.leader(ref)]
    if (set === undefined) return false
    if (typeof set === 'number') return test(set)
    if (Array.isArray(set)) return set.some(test)
    for (const value of set) if (test(value)) return true
    return false
  }

  size(ref: Ref): number {
    if (ref < 0) return ref === NOTHING ? 0 : 1
    const set = this.points[this.leader(ref)]
    return set === undefined ? 0 : typeof set === 'number' ? 1 : Array.isArray(set) ? set.length : set.size
  }

  add(to: number, value: number): void {
    const node = this.leader(to)
    this.tried++
    const full = this.saturated
    if (this.insert(node, value)) this.copies.push(node, value)
    else if (this.saturated === full) this.vain++
  }

  private insert(node: number, value: number): boolean {
    const set = this.points[node]
    if (set === undefined) {
      this.points[node] = value
      return true
    }
    if (typeof set === 'number') {
      if (set === value) return false
      this.points[node] = [set, value]
      return true
    }
    return Array.isArray(set) ? this.insertListed(node, set, value) : this.insertMany(set, value)
  }

  private insertListed(node: number, list: number[], value: number): boolean {
    if (list.includes(value) || (this.haste > 0 && list.length >= (this.weak[value] ? this.mostWeak : this.mostValues))) return false
    if (list.length < MOST_LISTED) list.push(value)
    else this.points[node] = new Set(list).add(value)
    return true
  }

  private insertMany(set: Set<number>, value: number): boolean {
    if (set.size >= this.mostWeak && (set.size >= this.mostValues || this.weak[value])) {
      if (!this.weak[value] && !set.has(value)) this.saturated++
      return false
    }
    if (set.has(value)) return false
    set.add(value)
    return true
  }

  /** Everything that `from` holds, `to` holds too. */
  flow(source: Ref, target: number): void {
    if (source === NOTHING) return
    if (isConstant(source)) return this.add(target, constantOf(source))
    const from = this.leader(source)
    const to = this.leader(target)
    if (from === to || !this.join(from, to)) return
    const set = this.points[from]
    if (set === undefined) return
    if (typeof set === 'number') return this.add(to, set)
    // An iterator costs an object a step as long as code is not optimised, and most is not in a run of seconds.
    if (Array.isArray(set)) for (let i = 0; i < set.length; i++) this.add(to, set[i] as number)
    else for (const value of set) this.add(to, value)
  }

  /** Draws a copy edge; false where there is one. */
  private join(from: number, to: number): boolean {
    const out = this.edges[from]
    if (out === undefined) this.edges[from] = to
    else if (typeof out === 'number') {
      if (out === to) return false
      this.edges[from] = [out, to]
    } else if (Array.isArray(out)) {
      if (out.includes(to)) return false
      if (out.length < MOST_LISTED) out.push(to)
      else this.edges[from] = new Set(out).add(to)
    } else {
      if (out.has(to)) return false
      out.add(to)
    }
    return true
  }

  /** Calls `see` once for each value that `ref` holds now or later. */
  watch(place: Ref, see: Watcher): void {
    if (place === NOTHING) return
    if (isConstant(place)) return this.deferred.push(see, constantOf(place))
    // What is on its way here must not be shown twice.
    this.copyAll()
    const ref = this.leader(place)
    const seers = this.watchers[ref]
    if (seers === undefined) this.watchers[ref] = see
    else if (Array.isArray(seers)) seers.push(see)
    else this.watchers[ref] = [seers, see]
    const set = this.points[ref]
    if (set === undefined) return
    if (typeof set === 'number') this.deferred.push(see, set)
    else for (const value of set) this.deferred.push(see, value)
  }

  /** Who watches a place. */
  seers(ref: Ref): Watcher | Watcher[] | undefined {
    return ref < 0 ? undefined : this.watchers[this.leader(ref)]
  }

  /** Runs until nothing is left to do or `pause` asks for it; each `budget` watcher calls, values too many (an eighth) or values that came (a sixteenth), over all runs, it gets hastier. False when that was of no use. */
  run(budget: number, pause: () => boolean): boolean {
    const { deferred } = this
    for (;;) {
      this.copyAll()
      if (this.vain > this.mostVain + 2 * this.points.length) this.joinCircles()
      if (deferred.isEmpty || pause()) return true
      if (this.spent++ + this.saturated / 8 + this.tried / 16 > budget * (this.haste + 1) && !this.hurry()) return false
      const value = deferred.value
      const see = deferred.shift()
      if (typeof see === 'function') see(value)
      else see.see(value)
    }
  }

  private hurry(): boolean {
    const limits = LIMITS[++this.haste]
    if (!limits) return this.haste < GIVES_UP
    this.mostValues = limits.values
    this.mostWeak = limits.weak
    return true
  }

  /** All places of a circle of copies hold the same: one stands for them from now on. Nothing is on its way meanwhile. */
  private joinCircles(): void {
    this.vain = 0
    const { points } = this
    this.leaders ??= points.map((_, node) => node)
    let joined = 0
    for (const circle of circles(points.length, (node) => this.outOf(node))) {
      this.joinPlaces(circle as [number, ...number[]])
      joined += circle.length
    }
    if (joined * FEW_IN_CIRCLES < points.length) this.mostVain *= 2
    this.edges.forEach((out, node) => { if (typeof out === 'object') this.edges[node] = this.ledBy(node, out) })
  }

  /** Edges to the same place are one. */
  private ledBy(node: number, out: number[] | Set<number>): Many {
    const to = new Set<number>()
    for (const one of out) if (this.leader(one) !== node) to.add(this.leader(one))
    return to.size > MOST_LISTED ? to : [...to]
  }

  private outOf(node: number): Iterable<number> {
    const out = this.edges[node]
    if (out === undefined) return NONE
    return typeof out === 'number' ? [this.leader(out)] : Array.from(out, (to) => this.leader(to))
  }

  private joinPlaces([first, ...others]: [number, ...number[]]): void {
    for (const node of others) {
      const [held, out, seers] = [this.values(node), this.outOf(node), listOf(this.watchers[node])]
      this.points[node] = this.edges[node] = this.watchers[node] = undefined
      ;(this.leaders as number[])[node] = first
      // Where a place was full, one may hold what another does not.
      for (const value of this.values(first)) if (!has(held, value)) for (const see of seers) this.deferred.push(see, value)
      for (const value of held) this.add(first, value)
      this.copyAll()
      for (const to of out) this.flow(first, to)
      if (seers.length > 0) this.watchers[first] = [...listOf(this.watchers[first]), ...seers]
    }
  }

  private copyAll(): void {
    const { copies } = this
    while (!copies.isEmpty) {
      const value = copies.value
      const node = copies.shift()
      const out = this.edges[node]
      if (typeof out === 'number') this.add(out, value)
      else if (Array.isArray(out)) for (let i = 0; i < out.length; i++) this.add(out[i] as number, value)
      else if (out !== undefined) for (const to of out) this.add(to, value)
      const seers = this.watchers[node]
      if (seers === undefined) continue
      if (Array.isArray(seers)) for (const see of seers) this.deferred.push(see, value)
      else this.deferred.push(seers, value)
    }
  }
}

const listOf = <T>(one: T | T[] | undefined): T[] => (one === undefined ? [] : Array.isArray(one) ? one : [one])
const has = (values: Iterable<number>, value: number): boolean => (values instanceof Set ? values.has(value) : (values as readonly number[]).includes(value))

/** A queue of things with a value each; its storage is used again once it ran empty. */
class Pairs<T> {
  private items: (T | undefined)[] = []
  private values: number[] = []
  private first = 0
  private end = 0

  get isEmpty(): boolean {
    return this.first === this.end
  }

  /** The value of the first. */
  get value(): number {
    return this.values[this.first] as number
  }

  push(item: T, value: number): void {
    this.items[this.end] = item
    this.values[this.end++] = value
  }

  /** Takes the first. */
  shift(): T {
    const item = this.items[this.first] as T
    this.items[this.first++] = undefined
    if (this.first === this.end) this.first = this.end = 0
    else if (this.first > 50_000 && this.first * 2 > this.end) this.compact()
    return item
  }

  private compact(): void {
    this.items = this.items.slice(this.first, this.end)
    this.values = this.values.slice(this.first, this.end)
    this.end -= this.first
    this.first = 0
  }
}
