import type { Expr, FnFact } from '../model/facts.js'
import type { CallEdge, Instance } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'

/** So many may be meant by chance: a union of two or three names is said on purpose. */
const MOST = 3
const EMITS = /\.(emit|emitAsync)$/

/** Calls of which only is known that they lead to one of many: a helper tells what rows say, or loads the module that they name, or looks up who serves what it is given. */
export class AnyListener {
  private sites: Map<Expr, Set<Instance>> | undefined
  private readonly buses = new Map<Expr, Set<Instance>>()
  private readonly loading = new Map<FnFact, Expr[]>()
  private readonly looking = new Map<FnFact, Expr[]>()

  constructor(private readonly program: Pick<Program, 'a' | 'texts' | 'look'>) {}

  /** Does a way go through such a call? `says`: what is served says itself which of those that are looked up it means. */
  isOn(way: CallEdge[], says: boolean): boolean {
    const sites = (this.sites ??= this.find())
    if (sites.size > 0 && way.some(({ from, site }) => sites.get(site)?.has(from))) return true
    return !says && this.buses.size > 0 && way.some((edge, i) => this.buses.get(edge.site)?.has(edge.from) === true && !this.isMeant(way[i - 1], edge))
  }

  /** `bus.execute(new Rename(input))`, and who serves it says `execute(command: Rename)`. */
  private isMeant(asks: CallEdge | undefined, { to }: CallEdge): boolean {
    const type = to.fn.params[0]?.ty
    if (!asks || asks.site.k !== 'call' || type?.k !== 'ref') return false
    const { facts } = asks.from.unit
    return asks.site.a.some((arg) => {
      const made = arg.k === 'ref' ? this.program.look.definitionIn(facts, arg.b) : arg
      return made?.k === 'new' && made.f.k === 'ref' && facts.bindings[made.f.b]?.n === type.n
    })
  }

  private find(): Map<Expr, Set<Instance>> {
    const found = new Map<Expr, Set<Instance>>()
    for (const call of this.program.a.calls) {
      const key = call.row?.sends?.key ?? (EMITS.test(call.path) ? '0' : undefined)
      if (key !== undefined && this.program.texts(call, key).length !== 1) take(found, call.inst, call.site)
    }
    for (const inst of this.program.a.instances) {
      if (inst.phase === 'startup' || inst.callees.length <= MOST) continue
      for (const site of this.loadedAt(inst.fn)) take(found, inst, site)
      // Where many ask, each means another one; a request that says itself what it wants may want all.
      if (inst.callers.length > MOST) for (const site of this.lookedUpAt(inst)) take(this.buses, inst, site)
    }
    return found
  }

  /** `this.handlers.get(idOf(command)).execute(command)` */
  private lookedUpAt({ fn, unit }: Instance): Expr[] {
    let sites = this.looking.get(fn)
    if (!sites) {
      this.looking.set(fn, (sites = []))
      const all = sites
      eachExpression(fn.body, (x) => {
        const on = x.k === 'call' && x.f.k === 'mem' ? x.f.o : undefined
        const made = on?.k === 'ref' ? this.program.look.definitionIn(unit.facts, on.b) : on
        if (made?.k === 'call' && made.f.k === 'mem' && made.f.n === 'get' && made.a[0] && made.a[0].k !== 'lit' && x.k === 'call' && x.a.some((arg) => arg.k === 'ref')) all.push(x)
      })
    }
    return sites
  }

  /** `require(`../jobs/${this.name}`)(data)` */
  private loadedAt(fn: FnFact): Expr[] {
    let sites = this.loading.get(fn)
    if (!sites) {
      this.loading.set(fn, (sites = []))
      const all = sites
      eachExpression(fn.body, (x) => {
        if (x.k === 'call' && isLoad(x.f.k === 'mem' ? x.f.o : x.f)) all.push(x)
      })
    }
    return sites
  }
}

const isLoad = (x: Expr): boolean => {
  if (x.k === 'await') return isLoad(x.x)
  const from = x.k === 'imp' ? x.s : x.k === 'call' && x.f.k === 'glob' && x.f.n === 'require' ? x.a[0] : undefined
  return from !== undefined && from.k !== 'lit'
}

const take = (into: Map<Expr, Set<Instance>>, inst: Instance, site: Expr): void => {
  const heard = new Set(inst.callees.filter((edge) => edge.site === site).map(({ to }) => to.fn))
  if (heard.size > MOST) into.set(site, (into.get(site) ?? new Set()).add(inst))
}
