import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { someExpression, somePart } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { Change } from './changes.js'
import type { Mutations } from './mutations.js'

/** `if (isTaken(room, name)) return …; room.guests.push(guest)`: a helper that is handed the thing has looked into the list that grows. */
export const looksByHelper = (look: LookedUp, mutations: Mutations, { inst, place, grows }: Change, test: Expr): boolean => {
  if (!grows) return false
  const { facts } = inst.unit
  const made = test.k === 'ref' ? look.definition(inst, test.b) ?? test : test
  // Who is handed nothing else to look for counts how many there are.
  return somePart(made, (x) => x.k === 'call' && x.a.length > 1 && x.a.some((arg, i) => {
    const at = mutations.place(facts, arg)
    const member = at !== undefined && place.startsWith(`${at}.`) ? place.slice(at.length + 1).split('.')[0] : undefined
    return member !== undefined && inst.callees.some(({ to, site }) => site === x && looksInto(to, i, member))
  }))
}

const LOOKS = /^(find|findIndex|findLast|some|every|includes|indexOf|filter|has|get)$/

/** Is something looked for in a member of what a parameter holds? */
const looksInto = ({ fn }: Instance, index: number, member: string): boolean => {
  const param = fn.params[index]?.t
  const isList = (x: Expr): boolean => x.k === 'mem' && x.n === member && x.o.k === 'ref' && param?.k === 'bind' && x.o.b === param.b
  return someExpression(fn.body, (x, s) => (x.k === 'call' && x.f.k === 'mem' && LOOKS.test(x.f.n) && isList(x.f.o)) || (s.k === 'loop' && s.kind === 'of' && isList(x)))
}
