import type { OnlyWhen } from '../model/catalog.js'
import type { Analysis } from './analysis.js'
import type { Arguments, Given } from './arguments.js'
import type { Ref } from './solver.js'

/** Conditions of rows on what a call is given: `onlyWhen`. */
export class Conditions {
  constructor(private readonly a: Analysis, private readonly args: Arguments) {}

  /** Does a condition on an argument hold? */
  holds(when: OnlyWhen | undefined, made: Given): boolean {
    return !when || this.holdsAt(when, this.args.ref(when.arg, made))
  }

  /** The same of the place that it asks about. What is not known (yet) is taken to hold, unless it must be `sure`. */
  holdsAt(when: OnlyWhen, ref: Ref | undefined, sure = false): boolean {
    if (ref === undefined) return when.orAbsent === true || (when.values === undefined && when.is === undefined)
    if (this.a.solver.size(ref) === 0) return !sure
    const texts = this.args.texts(ref)
    if (when.values) return (texts.length === 0 && !sure) || texts.some((t) => when.values?.includes(t))
    if (when.not) return !(sure && texts.length === 0) && !texts.some((t) => when.not?.includes(t))
    const kinds: string[] = this.a.of(ref).map((v) => (v.kind === 'lit' ? typeof v.value : v.kind === 'fn' ? 'function' : v.kind === 'object' && v.shape === 'array' ? 'array' : 'object'))
    return when.is === undefined || kinds.length === 0 || kinds.includes(when.is)
  }

  /** Does something where a condition on an argument holds: at once, or when its value comes. What stays unknown is taken to hold. */
  once(when: OnlyWhen | undefined, made: Given, run: () => void): void {
    const at = when && this.args.ref(when.arg, made)
    if (!when || at === undefined || this.a.solver.size(at) > 0) return this.holds(when, made) ? run() : undefined
    let done = false
    this.a.solver.watch(at, () => {
      if (!done && this.holdsAt(when, at) && (done = true)) run()
    })
    this.a.undecided.push(() => { if (this.a.solver.size(at) === 0) run() })
  }
}
