import type { Expr } from '../model/facts.js'
import type { CallEdge, Instance } from '../link/instances.js'
import type { Program } from '../program/program.js'

/** So many may be meant by chance: a union of two or three names is said on purpose. */
const MOST = 3
const EMITS = /\.(emit|emitAsync)$/

/** Events of which only is known that they are one of many: a helper tells what rows say, and all listeners may be the ones. */
export class AnyListener {
  private sites: Map<Expr, Set<Instance>> | undefined

  constructor(private readonly program: Pick<Program, 'a' | 'texts'>) {}

  /** Does a way go through such a call? */
  isOn(way: CallEdge[]): boolean {
    const sites = (this.sites ??= this.find())
    return sites.size > 0 && way.some(({ from, site }) => sites.get(site)?.has(from))
  }

  private find(): Map<Expr, Set<Instance>> {
    const found = new Map<Expr, Set<Instance>>()
    for (const call of this.program.a.calls) {
      const key = call.row?.sends?.key ?? (EMITS.test(call.path) ? '0' : undefined)
      if (key === undefined || this.program.texts(call, key).length === 1) continue
      const heard = new Set(call.inst.callees.filter(({ site }) => site === call.site).map(({ to }) => to.fn))
      if (heard.size > MOST) found.set(call.site, (found.get(call.site) ?? new Set()).add(call.inst))
    }
    return found
  }
}
