import type { EntryRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { ClassFact, DecoratorFact, Expr } from '../model/facts.js'
import type { Program } from './program.js'

/** Decorators of the method that an entry was registered with, then those of its class. */
export const decoratorsAt = ({ unit, start, end }: EntryRecord): DecoratorFact[] => {
  const holds = ({ x }: DecoratorFact): boolean => x.p <= end && x.e >= start
  const cls = unit.facts.classes.find(({ methods }) => methods.some(({ dec }) => dec?.some(holds)))
  const method = cls?.methods.find(({ dec }) => dec?.some(holds))
  return [...(method?.dec ?? []), ...(cls?.dec ?? [])]
}

/** Classes of the project that a decorator is given, or objects of: `@UseGuards(AuthGuard)`, `@UseInterceptors(new Once(redis))`. */
export const classesGiven = (program: Program, inst: Instance, decorator: Expr): ClassFact[] => {
  if (decorator.k !== 'call') return []
  return decorator.a.flatMap((arg) => program.look.values(inst, arg)).flatMap((value) => {
    const cls = value.kind === 'class' ? value.cls : value.kind === 'object' ? value.cls?.cls : undefined
    return cls ?? []
  })
}
