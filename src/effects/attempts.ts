import type { Expr, FnFact, Stmt } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { CallEdge } from '../link/instances.js'
import type { Value } from '../link/values.js'
import { someExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'
import type { Effect } from './effects.js'

/** An effect and the calls that lead to it. */
type Led = Pick<Effect, 'call'> & { calls: readonly CallEdge[] }

/** Is an effect done again by what stands around it: a transaction that its driver runs again, a wrapper or a loop that tries again? */
export const isRunAgain = (program: Program, { call, calls }: Led): 'transaction' | 'retry' | undefined => {
  for (const { from, site } of calls) {
    const row = program.callsOf(from).find((other) => other.site === site && other.row?.run?.some(({ repeats }) => repeats))?.row
    if (row) return row.guard?.kind === 'transaction' ? 'transaction' : 'retry'
  }
  if (isRetriedByLibrary(program, call)) return 'retry'
  const places = [{ fn: call.inst.fn, site: call.site }, ...calls.map(({ from, site }) => ({ fn: from.fn, site }))]
  return places.some(({ fn, site }) => triesAgain(fn, site)) ? 'retry' : undefined
}

/** `got.post(url, { retry: { methods: ['POST'] } })`, a client that was handed to axios-retry with a condition of its own. */
const isRetriedByLibrary = (program: Program, call: LibraryCall): boolean => {
  const { args = [], values = [] } = call.row?.effect?.retried ?? {}
  if (args.some((arg) => program.argument(call, arg).some((value) => value.kind === 'lit' && values.includes(String(value.value))))) return true
  return clientsRetried(program).has(call.recv ?? packageOf(call.path))
}

const known = new WeakMap<Program, Set<Value | string>>()

/** Clients that are handed to a library which tries again what they send; the package, for the one client that all of its users share. */
const clientsRetried = (program: Program): Set<Value | string> => {
  let clients = known.get(program)
  if (!clients) {
    clients = new Set(program.a.calls.flatMap((call) => {
      const { retries } = call.row ?? {}
      return retries && program.argument(call, retries.when).some((value) => retriesAny(value, retries.harmless)) ? program.argument(call, retries.client).map((value) => (value.kind === 'lib' ? packageOf(value.path) : value)) : []
    }))
    known.set(program, clients)
  }
  return clients
}

const packageOf = (path: string): string => path.slice(0, path.indexOf('#'))

/** A condition that does not look at the method of what failed, nor only for refusals (`status === 429`). */
const retriesAny = (when: Value, harmless: string[]): boolean => {
  if (when.kind === 'lib') return !harmless.some((name) => when.path.endsWith(name))
  if (when.kind !== 'fn') return false
  const names = new Set(['method', ...harmless])
  const numbers: unknown[] = []
  const looks = someExpression(when.fn.body, (x) => {
    if (x.k === 'lit' && typeof x.v === 'number') numbers.push(x.v)
    return (x.k === 'mem' && names.has(x.n)) || (x.k === 'ref' && names.has(when.unit.facts.bindings[x.b]?.n ?? ''))
  })
  return !looks && !(numbers.length > 0 && numbers.every((number) => number === 429))
}

/** `for (…) { try { return await charge() } catch { … } }`: a loop that goes on where what it tried has failed. */
const triesAgain = (fn: FnFact, site: Expr): boolean => {
  const inside = (body: Stmt[], looped: boolean): boolean => body.some((s) => {
    switch (s.k) {
      case 'loop': return inside(s.b, s.kind !== 'of' && s.kind !== 'in')
      case 'try': return (looped && s.c !== undefined && !leaves(s.c) && ends(s.b) && holds(s.b, site)) || inside(s.b, looped)
      case 'if': return inside(s.c, looped) || inside(s.a ?? [], looped)
      case 'block': return inside(s.b, looped)
      default: return false
    }
  })
  return inside(fn.body, false)
}

const leaves = (body: Stmt[]): boolean => ['throw', 'ret', 'break'].includes(body.at(-1)?.k ?? '')

/** Does it leave the loop where all went well? */
const ends = (body: Stmt[]): boolean => body.some((s) => s.k === 'ret' || s.k === 'break' || (s.k === 'if' && (ends(s.c) || ends(s.a ?? []))) || (s.k === 'block' && ends(s.b)))

const holds = (body: Stmt[], site: Expr): boolean => {
  return someExpression(body, (x) => x === site)
}
