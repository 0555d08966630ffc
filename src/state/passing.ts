import type { FnFact } from '../model/facts.js'
import { eachExpression } from '../link/shape.js'

const GOES_THROUGH = /^(forEach|map|filter|some|every|find|findIndex|flatMap|reduce|sort)$/

/** Functions that only go through a list: they are gone when the function around them goes on. */
export const passingOf = (functions: FnFact[]): Set<number> => {
  const passing = new Set<number>()
  for (const fn of functions) eachExpression(fn.body, (x) => {
    if (x.k === 'call' && x.f.k === 'mem' && GOES_THROUGH.test(x.f.n)) for (const arg of x.a) if (arg.k === 'fn') passing.add(arg.f)
  })
  return passing
}

/** The function that a passing one runs in. */
export const ownerOf = (functions: FnFact[], index: number, passing: Set<number>): number => {
  let at = index
  while (passing.has(at) && functions[at]) at = (functions[at] as FnFact).owner
  return at
}
