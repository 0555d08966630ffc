import type { FnFact } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue } from '../link/values.js'

/** `router.group(() => { … }).prefix('/v1')`: what the functions around a registration stand under. */
export class Groups {
  private readonly of = new Map<FnFact, Set<ObjectValue>>()

  constructor(a: Analysis) {
    for (const { fn, result } of a.groups) {
      const groups = a.of(result).filter((value) => value.kind === 'object')
      for (const value of a.of(fn)) if (value.kind === 'fn') this.of.set(value.fn, new Set([...(this.of.get(value.fn) ?? []), ...groups]))
    }
  }

  prefix(inst: Instance | undefined, own: (group: ObjectValue) => string): string {
    if (this.of.size === 0) return ''
    let prefix = ''
    for (let at = inst; at; at = at.env) for (const group of this.of.get(at.fn) ?? []) prefix = `${own(group)}/${prefix}`
    return prefix.replace(/^\/+$/, '')
  }
}
