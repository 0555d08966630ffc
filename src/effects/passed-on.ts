import type { BindingId, Expr, FnFact } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'

/** How far a text is followed through helpers that only pass it on. */
const FARTHEST = 4

/**
 * Statements that helpers only pass on: `query(text, params) { return pool.query(text, params) }`. What such a helper does is what each of its
 * callers asks for, so the calls of the helper stand for the call in it.
 */
export class PassedOn {
  private readonly asked = new Map<Instance, LibraryCall[]>()
  private readonly passing = new Set<LibraryCall>()

  constructor(calls: LibraryCall[]) {
    for (const call of calls) {
      const at = call.row?.effect?.kind === 'sql' ? Number(call.row.effect.sql ?? '0') : Number.NaN
      if (!Number.isNaN(at)) this.follow(call, at)
    }
  }

  private follow(call: LibraryCall, at: number): void {
    const found = this.callersOf(call, call.inst, call.site, at, FARTHEST)
    if (found.length === 0) return
    this.passing.add(call)
    for (const one of found) {
      const list = this.asked.get(one.inst)
      if (!list) this.asked.set(one.inst, [one])
      else if (!list.some(({ site, path }) => site === one.site && path === one.path)) list.push(one)
    }
  }

  private callersOf(call: LibraryCall, inst: Instance, site: Expr, at: number, depth: number): LibraryCall[] {
    const given = depth === 0 || site.k !== 'call' ? undefined : givenAt(inst, site.a, at)
    if (!given) return []
    const { owner, place } = given
    return owner.callers.flatMap(({ from, site: by }) => {
      const listed = by.k === 'call' && by.a.some((arg, i) => arg.k === 'spread' && i <= place)
      if (by.k !== 'call' || (by.a[place] === undefined && !listed) || by.a.some((arg) => arg.k === 'fn' && from.unit === owner.unit && from.unit.facts.functions[arg.f] === owner.fn)) return []
      const further = this.callersOf(call, from, by, place, depth - 1)
      return further.length > 0 ? further : listed ? [] : [asCall(call, from, by, place)]
    })
  }

  /** Calls of such helpers in an invocation. */
  in(inst: Instance): readonly LibraryCall[] {
    return this.asked.get(inst) ?? []
  }

  /** Does a call only pass on what others ask for? */
  passes(call: LibraryCall): boolean {
    return this.passing.has(call)
  }

  /** The calls with those that only pass something on replaced by the calls of their helpers. */
  replacedIn(calls: LibraryCall[]): LibraryCall[] {
    const own = calls.filter((call) => !this.passing.has(call))
    return this.asked.size === 0 ? calls : [...own, ...[...this.asked.values()].flat().filter(({ inst }) => inst.phase !== 'startup')]
  }
}

const asCall = (call: LibraryCall, inst: Instance, site: Expr, at: number): LibraryCall => ({
  ...call, inst, site, args: [], row: call.row?.effect ? { ...call.row, effect: { ...call.row.effect, sql: String(at) } } : call.row,
})

/** The function around a place whose parameter an argument is: `new Promise((resolve) => pool.getConnection((error, one) => one.query(text, …)))` stands in callbacks. */
const givenAt = (inst: Instance, args: Expr[], at: number): { owner: Instance; place: number } | undefined => {
  for (let owner: Instance | undefined = inst; owner; owner = owner.env) {
    const place = parameterAt(owner.fn, args, at)
    if (place !== undefined) return { owner, place }
  }
  return undefined
}

/** Which parameter of its function an argument is; of a list of all of them, or of those behind some, the one at that place. */
const parameterAt = (fn: FnFact, args: Expr[], at: number): number | undefined => {
  const listed = args.findIndex(({ k }, i) => k === 'spread' && i <= at)
  const list = args[listed]
  if (list?.k === 'spread') return restAt(fn, list.x, at - listed)
  const x = args[at]
  if (x?.k === 'elem' && x.i.k === 'lit' && typeof x.i.v === 'number') return restAt(fn, x.o, x.i.v)
  const place = x?.k === 'ref' ? placeOf(fn, x.b) : undefined
  return place === undefined || fn.params[place]?.rest ? undefined : place
}

const restAt = (fn: FnFact, x: Expr, index: number): number | undefined => {
  const rest = x.k === 'ref' ? placeOf(fn, x.b) : undefined
  return rest !== undefined && fn.params[rest]?.rest ? rest + index : undefined
}

const placeOf = (fn: FnFact, binding: BindingId): number | undefined => {
  const place = fn.params.findIndex(({ t }) => (t.k === 'bind' ? t.b === binding : t.k === 'def' && t.t.k === 'bind' && t.t.b === binding))
  return place < 0 ? undefined : place
}
