import type { Entry } from '../flow/entries.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue, Value } from '../link/values.js'
import type { Program } from '../program/program.js'
import type { Claim, Claims } from './claims.js'

/** Lists in lists of validators. */
const DEEPEST = 3

/** Validators in front of a handler that look rows up: what they have not refused holds for the handler, if it asks them. */
export class Validators {
  private byHolder: Map<Value, Instance[]> | undefined

  constructor(private readonly program: Program, private readonly claims: Claims) {}

  passed(entry: Entry, reached: Iterable<Instance>): Claim[] {
    this.byHolder ??= this.find()
    if (this.byHolder.size === 0) return []
    const { a } = this.program
    const given = new Set<Value>()
    for (const { given: refs } of entry.records) for (const ref of refs ?? []) for (const id of a.of(ref)) this.take(id, given, DEEPEST)
    const claims = [...given].flatMap((value) => this.byHolder?.get(value) ?? []).flatMap((inst) => this.claims.accepting(inst))
    return claims.length > 0 && this.isAsked(reached) ? claims : []
  }

  private take(value: Value, into: Set<Value>, depth: number): void {
    if (value.kind !== 'object') return
    if (value.shape !== 'array') into.add(value)
    else if (depth > 0) for (const node of value.holder.fields.values()) for (const part of this.program.a.of(node)) this.take(part, into, depth - 1)
  }

  private isAsked(reached: Iterable<Instance>): boolean {
    for (const inst of reached) if (this.program.callsOf(inst).some(({ row }) => row?.asksValidation)) return true
    return false
  }

  /** The functions of each validator, by what stands for it where it is registered. */
  private find(): Map<Value, Instance[]> {
    const found = new Map<Value, Instance[]>()
    for (const call of this.program.a.calls) {
      if (call.row?.validates === undefined) continue
      const functions = call.inst.callees.filter(({ site }) => site === call.site).map(({ to }) => to)
      for (const holder of this.holders(call)) found.set(holder, [...(found.get(holder) ?? []), ...functions])
    }
    return found
  }

  private holders({ recv, result }: LibraryCall): Value[] {
    return recv?.kind === 'object' ? [recv] : this.program.a.of(result).filter((value): value is ObjectValue => value.kind === 'object')
  }
}
