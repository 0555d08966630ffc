import type { BindingId, Expr, FnFact } from '../model/facts.js'
import type { CallEdge, Context, Instance, Phase, Unit } from './instances.js'
import type { Solver } from './solver.js'
import type { ObjectValue } from './values.js'

/** An invocation. Most have no calls, or no locals of their own: what they keep of these is made when first asked for. */
export class Invocation implements Instance {
  readonly own?: ReadonlySet<BindingId>
  readonly params: number[]
  readonly self: number
  readonly result: number
  readonly callers: CallEdge[] = []
  readonly callees: CallEdge[] = []
  private ownLocals: Map<BindingId, number> | undefined = undefined
  private ownVersions: Map<BindingId, number[]> | undefined = undefined
  private ownResults: Map<Expr, number> | undefined = undefined
  private ownAllocations: Map<object, ObjectValue> | undefined = undefined

  constructor(
    readonly id: number,
    readonly unit: Unit,
    readonly fn: FnFact,
    readonly phase: Phase,
    readonly env: Instance | undefined,
    readonly context: Context,
    solver: Solver,
  ) {
    this.params = fn.params.map(() => solver.node())
    this.self = solver.node()
    this.result = solver.node()
  }

  get locals(): Map<BindingId, number> {
    return (this.ownLocals ??= new Map())
  }

  get versions(): Map<BindingId, number[]> {
    return (this.ownVersions ??= new Map())
  }

  get results(): Map<Expr, number> {
    return (this.ownResults ??= new Map())
  }

  get allocations(): Map<object, ObjectValue> {
    return (this.ownAllocations ??= new Map())
  }
}
