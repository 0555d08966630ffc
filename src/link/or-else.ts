import type { Analysis } from './analysis.js'
import type { Ref } from './solver.js'
import type { Value } from './values.js'

/** Watches places for what `take` accepts; acts otherwise, once, where it refuses one, or was given none that it has an answer to when all is known. */
export const orElse = (a: Analysis, refs: readonly Ref[], take: (value: Value) => boolean | undefined, otherwise: () => void): void => {
  let asked = false
  let done = false
  const act = (): void => {
    if (!done) otherwise()
    done = true
  }
  for (const ref of refs) {
    a.solver.watch(ref, (id) => {
      const taken = take(a.value(id))
      asked ||= taken !== undefined
      if (taken === false) act()
    })
  }
  a.undecided.push(() => {
    if (!asked) act()
  })
}
