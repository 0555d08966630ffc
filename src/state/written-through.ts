import type { BindingId, Expr } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Unit } from '../link/instances.js'

/**
 * Names of modules that something is changed through while serving, file by file: where several modules hold what one function gives each
 * of them (`const config = readConfig()`), these say whose it is.
 */
export const writtenThrough = (a: Analysis): { unit: Unit; ids: Set<BindingId> }[] => {
  const found = new Map<Unit, Set<BindingId>>()
  for (const { inst, site } of a.writes) {
    const id = inst.phase === 'startup' ? undefined : rootOf(site)
    const fact = id === undefined ? undefined : inst.unit.facts.bindings[id]
    if (id === undefined || fact?.f !== 0 || fact.kind === 'import') continue
    const ids = found.get(inst.unit)
    if (ids) ids.add(id)
    else found.set(inst.unit, new Set([id]))
  }
  return [...found].map(([unit, ids]) => ({ unit, ids })).sort((x, y) => x.unit.index - y.unit.index)
}

/** `config` of `config.settings[key] = value` */
const rootOf = (site: Expr): BindingId | undefined => {
  let at: Expr | undefined = site.k === 'set' ? (site.l as Expr) : site.k === 'upd' || site.k === 'del' ? site.x : undefined
  while (at?.k === 'mem' || at?.k === 'elem') at = at.o
  return at?.k === 'ref' ? at.b : undefined
}
