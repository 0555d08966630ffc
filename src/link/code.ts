import type { FnFact } from '../model/facts.js'
import type { Context, Instance, Phase } from './instances.js'
import type { FnShape } from './shape.js'

const PHASES: Record<Phase, number> = { startup: 0, request: 1, background: 2 }
/** Context, receiver and phase share a number: this is the room for the latter two. */
const ROOM = 2 ** 26

/** A function of the project, whoever makes closures of it: its invocations, and what is known of its text. */
export class Code {
  /** Invocations that are told apart. */
  count = 0
  /** The first invocation of each phase. */
  readonly first: Partial<Record<Phase, Instance>> = {}
  shape: FnShape | undefined
  private readonly byEnvironment = new Map<Instance | undefined, Map<number, Instance>>()

  constructor(readonly fn: FnFact) {}

  find(env: Instance, phase: Phase, context: Context, receiver: number): Instance | undefined {
    return this.byEnvironment.get(env)?.get(keyOf(phase, context, receiver))
  }

  enter(made: Instance, receiver: number): void {
    let known = this.byEnvironment.get(made.env)
    if (!known) this.byEnvironment.set(made.env, (known = new Map()))
    known.set(keyOf(made.phase, made.context, receiver), made)
    this.first[made.phase] ??= made
    this.count++
  }
}

const keyOf = (phase: Phase, context: Context, receiver: number): number => context.id * ROOM + receiver * 3 + PHASES[phase]
