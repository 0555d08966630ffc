import type { BindingId, Expr, FileFacts, FnFact } from '../model/facts.js'
import type { ObjectValue, Value } from './values.js'

/** When code runs: at start-up, while serving a request, or in the background (timers, scheduled jobs). */
export type Phase = 'startup' | 'request' | 'background'

/** One source file of the program. */
export interface Unit {
  index: number
  path: string
  facts: FileFacts
  /** Its body as it is evaluated. */
  readonly module: Instance
  /** `module` of CommonJS: its field `exports` is what `require` gives. */
  readonly cjs: ObjectValue
  /** Nodes of exported names, made on demand. */
  exports: Map<string, number>
  evaluated: boolean
}

/** A function as it runs in one phase, closure environment and calling context. */
export interface Instance {
  id: number
  unit: Unit
  fn: FnFact
  phase: Phase
  /** The invocation of the lexically enclosing function. */
  env: Instance | undefined
  context: Context
  /** It runs in the course of a script that somebody starts by hand, and nowhere else. */
  ofScript?: true
  /** Of one round of a loop: the names that are its own. */
  own?: ReadonlySet<BindingId>
  params: number[]
  self: number
  locals: Map<BindingId, number>
  /** Of locals that are given something new on every way: what they hold from where on. */
  versions: Map<BindingId, number[]>
  result: number
  /** Result of each call and allocation of the body, for questions asked afterwards. */
  results: Map<Expr, number>
  callers: CallEdge[]
  callees: CallEdge[]
  /** Objects that its allocation sites make. */
  allocations: Map<object, ObjectValue>
}

export interface CallEdge {
  from: Instance
  to: Instance
  /** The call expression in `from`. */
  site: Expr
  /** What a call of the program hands, as it is written; nothing of it where a library calls. */
  given: readonly Expr[]
  /** Called later than the statement around it: a timer, a listener, a queue. */
  later?: true
}

/** Chain of call sites that tell apart invocations of higher-order functions; `undefined` at its end. */
export interface Context {
  id: number
  /** The text that a call chooses by, in place of a call site. */
  text?: string
  site: Expr | undefined
  caller: Instance | undefined
  parent: Context | undefined
  depth: number
}

export type Lookup = (id: number) => Value

/** The invocation of the function that declares a name: this one, or one that it stands in. */
export const declaringOf = (inst: Instance, name: BindingId): Instance | undefined => {
  const { bindings, functions } = inst.unit.facts
  const fn = functions[bindings[name]?.f ?? -1]
  let at: Instance | undefined = inst
  while (at && at.fn !== fn) at = at.env
  return at
}
