import type { Expr } from '../model/facts.js'
import { type Effect, writtenName } from '../effects/effects.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachInside } from '../link/shape.js'
import { looseName } from '../schema/tables.js'
import type { Program } from './program.js'

/** How far calls are followed from a test to the look-up behind it. */
const DEEPEST = 3
/** Changes of something held, rather than of a row of its own: `doc.items.push(x)`. */
const HELD = new Set(['relative-update', 'append'])

/** Which things tests look up before an effect: finding the same thing there makes a repeat stop. */
export class Lookups {
  private readonly memo = new Map<Instance, Set<string>>()

  constructor(private readonly program: Program) {}

  /** Does a test depend on a look-up of the thing that the effect writes? */
  asksFor(inst: Instance, test: Expr, effect: Effect): boolean {
    if (effect.kind !== 'insert' && !HELD.has(effect.kind)) return false
    const names = this.namesIn(inst, test, HELD.has(effect.kind) ? 0 : DEEPEST)
    return effect.model === undefined ? names.size > 0 : names.has(looseName(effect.model))
  }

  private namesIn(inst: Instance, x: Expr, depth: number): Set<string> {
    const names = new Set<string>()
    const seen = new Set<Expr>()
    const visit = (part: Expr): void => {
      if (seen.has(part)) return
      seen.add(part)
      eachInside(part, (y) => {
        if (y.k === 'call') this.addCall(inst, y, names, depth)
        const made = y.k === 'ref' ? this.program.look.definition(inst, y.b) : undefined
        if (made) visit(made)
      })
    }
    visit(x)
    return names
  }

  private addCall(inst: Instance, site: Expr, names: Set<string>, depth: number): void {
    for (const call of this.program.callsOf(inst)) if (call.site === site) addName(call, names)
    if (depth === 0) return
    for (const edge of inst.callees) if (edge.site === site) for (const name of this.lookedUpBy(edge.to, depth - 1)) names.add(name)
  }

  /** Things whose libraries an invocation asks, also through what it calls. */
  private lookedUpBy(inst: Instance, depth: number): Set<string> {
    const known = this.memo.get(inst)
    if (known) return known
    const names = new Set<string>()
    this.memo.set(inst, names)
    for (const call of this.program.callsOf(inst)) addName(call, names)
    if (depth > 0) for (const edge of inst.callees) for (const name of this.lookedUpBy(edge.to, depth - 1)) names.add(name)
    return names
  }
}

const READS = /^(find|get|fetch|select|count|exists|has|first|query|aggregate|one|load|lookup|search|where|is)/i

const addName = (call: LibraryCall, names: Set<string>): void => {
  if (call.row?.effect || !READS.test(call.path.slice(call.path.lastIndexOf('.') + 1))) return
  const name = call.recv?.kind === 'object' && call.recv.of ? call.recv.of : writtenName(call)
  if (name) names.add(looseName(name))
}
