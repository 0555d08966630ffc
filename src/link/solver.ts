/**
 * Inclusion-based points-to solver. A node is a place that values flow through (a variable, a field, a result); a value is
 * a function, class, object, library path or literal. Copy edges run before watchers, so that a call sees its arguments.
 */

/** A node, or a constant value written as `-(value + 2)`, or NOTHING. */
export type Ref = number
export const NOTHING: Ref = -1
export const constant = (value: number): Ref => -(value + 2)
export const isConstant = (ref: Ref): boolean => ref < NOTHING
export const constantOf = (ref: Ref): number => -ref - 2

/** Beyond this many values a place tells nothing any more; what is more is dropped. */
const MOST_VALUES = 160
/** The same for values that tell less: texts, arrays, paths of libraries. */
const MOST_WEAK = 24

type Watcher = (value: number) => void

export class Solver {
  private readonly points: (number[] | Set<number> | undefined)[] = []
  private readonly edges: (number[] | undefined)[] = []
  private readonly watchers: (Watcher[] | undefined)[] = []
  private readonly copies: number[] = []
  private copied = 0
  private deferred: (Watcher | number)[] = []
  private done = 0
  private spent = 0
  /** Places that held more than they could: a measure of imprecision. */
  saturated = 0
  private readonly weak: boolean[] = []

  /** Says that a value tells little where there are many. */
  markWeak(value: number): void {
    this.weak[value] = true
  }

  node(): number {
    return this.points.push(undefined) - 1
  }

  /** Values known so far. */
  values(ref: Ref): Iterable<number> {
    if (ref === NOTHING) return []
    if (isConstant(ref)) return [constantOf(ref)]
    return this.points[ref] ?? []
  }

  size(ref: Ref): number {
    if (ref < 0) return ref === NOTHING ? 0 : 1
    const set = this.points[ref]
    return set === undefined ? 0 : Array.isArray(set) ? set.length : set.size
  }

  add(node: number, value: number): void {
    if (this.insert(node, value)) this.copies.push(node, value)
  }

  private insert(node: number, value: number): boolean {
    const set = this.points[node]
    if (set === undefined) {
      this.points[node] = [value]
      return true
    }
    if (Array.isArray(set)) {
      if (set.includes(value)) return false
      if (set.length < 12) set.push(value)
      else this.points[node] = new Set(set).add(value)
      return true
    }
    if (set.has(value)) return false
    if (set.size >= MOST_WEAK && this.weak[value]) return false
    if (set.size >= MOST_VALUES) {
      if (set.size === MOST_VALUES) this.saturated++
      return false
    }
    set.add(value)
    return true
  }

  /** Everything that `from` holds, `to` holds too. */
  flow(from: Ref, to: number): void {
    if (from === NOTHING || from === to) return
    if (isConstant(from)) {
      this.add(to, constantOf(from))
      return
    }
    const out = (this.edges[from] ??= [])
    if (out.includes(to)) return
    out.push(to)
    for (const value of Array.from(this.values(from))) this.add(to, value)
  }

  /** Calls `see` once for each value that `ref` holds now or later. */
  watch(ref: Ref, see: Watcher): void {
    if (ref === NOTHING) return
    if (isConstant(ref)) {
      this.deferred.push(see, constantOf(ref))
      return
    }
    ;(this.watchers[ref] ??= []).push(see)
    for (const value of this.values(ref)) this.deferred.push(see, value)
  }

  /** Runs until nothing is left to do or `pause` asks for it; false when `budget` watcher calls were spent over all runs. */
  run(budget: number, pause: () => boolean): boolean {
    for (;;) {
      this.copyAll()
      if (this.done >= this.deferred.length || pause()) return true
      if (this.spent++ > budget) return false
      const see = this.deferred[this.done] as Watcher
      const value = this.deferred[this.done + 1] as number
      this.done += 2
      if (this.done > 100_000) this.compact()
      see(value)
    }
  }

  private compact(): void {
    this.deferred = this.deferred.slice(this.done)
    this.done = 0
  }

  private copyAll(): void {
    while (this.copied < this.copies.length) {
      const node = this.copies[this.copied++] as number
      const value = this.copies[this.copied++] as number
      const out = this.edges[node]
      if (out) for (const to of out) this.add(to, value)
      const seers = this.watchers[node]
      if (seers) for (const see of seers) this.deferred.push(see, value)
    }
    this.copies.length = 0
    this.copied = 0
  }
}
