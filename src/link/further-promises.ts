import { PROMISES } from '../catalog/packages.js'
import type { Builtins } from './builtins.js'
import type { Application } from './library.js'
import { NOTHING, type Ref } from './solver.js'

type Handler = (b: Builtins, made: Application) => void

/** What promises of Bluebird, Q and their like have beside what the language's own have; nothing else has members of these names that are given functions. */
export const FURTHER_METHODS = new Set(['spread', 'tap'])

/** `load().spread((a, b) => …)`: each element goes to a parameter of its own. */
const spread: Handler = (b, made) => {
  const { access } = b.library
  const list = settledTo(b, made)
  if (made.args[0] !== undefined) b.library.functions(made.args[0], (fn) => b.run(made, fn, fn.fn.params.map((_, i) => access.awaited(access.position(list, i))), made.result))
}

/** `load().tap((row) => …)`: what the function gives is dropped. */
const tap: Handler = (b, made) => {
  const held = settledTo(b, made)
  if (made.result >= 0) b.library.a.solver.flow(held, made.result)
  if (made.args[0] !== undefined) b.library.functions(made.args[0], (fn) => b.run(made, fn, [held], NOTHING))
}

/** `Promise.join(a(), b(), (a, b) => …)`. */
const joined: Handler = (b, made) => {
  const last = made.args.at(-1)
  const given = made.args.slice(0, -1).map((arg) => b.library.access.awaited(arg))
  if (last !== undefined) b.library.functions(last, (fn) => b.run(made, fn, given, made.result))
}

const settledTo = (b: Builtins, { recv }: Application): Ref => {
  const held = b.library.a.solver.node()
  if (recv) b.library.access.settle(recv.id, held)
  return held
}

export const FURTHER_HANDLERS: Record<string, Handler> = {
  'global#Promise.new.spread': spread,
  'global#Promise.new.tap': tap,
  ...Object.fromEntries(PROMISES.map(([, statics]): [string, Handler] => [`${statics}join`, joined])),
}
