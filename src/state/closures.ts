import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { Ref } from '../link/solver.js'

/** Objects whose functions keep what they work with in locals of the call that made them: `function room() { const notes = []; return { add: (note) => notes.push(note) } }`. */
export class Closures {
  private changed: ReadonlySet<Instance> | undefined

  constructor(private readonly a: Analysis) {}

  /** Do functions of what a place holds go on to change such locals while serving? */
  change(place: Ref): boolean {
    this.changed ??= changedIn(this.a)
    const { changed } = this
    return this.a.of(place).some((value) => value.kind === 'object' && value.cls === undefined && value.env !== undefined && changed.has(value.env)
      && [...value.holder.fields.values()].some((node) => this.a.of(node).some((one) => one.kind === 'fn' && one.env === value.env)))
  }
}

/** Invocations whose locals, or what these were made with, functions inside change while serving. */
const changedIn = (a: Analysis): ReadonlySet<Instance> => {
  const changed = new Set<Instance>()
  const note = (made: Instance | undefined, by: Instance): void => {
    if (made && made !== by && made.phase !== 'startup' && by.phase === 'request' && isInside(by, made)) changed.add(made)
  }
  for (const { inst, owner, base } of a.writes) {
    note(owner, inst)
    if (base !== undefined) for (const value of a.of(base)) if (value.kind === 'object') note(value.env, inst)
  }
  for (const { inst, row, recv } of a.calls) if (row?.access?.op === 'write' && recv?.kind === 'object') note(recv.env, inst)
  return changed
}

const isInside = (inst: Instance, around: Instance): boolean => {
  for (let at = inst.env; at; at = at.env) if (at === around) return true
  return false
}
