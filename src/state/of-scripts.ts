import type { Analysis } from '../link/analysis.js'
import type { Instance, Unit } from '../link/instances.js'

const FARTHEST = 300

/**
 * What only a script that somebody starts by hand has made ends with it, and is no part of the server: a query that it builds is not there
 * for requests to find, though they build theirs of the same class. So are the locals of what it calls.
 */
export const endWithScripts = (a: Analysis, isScript: (unit: Unit) => boolean): void => {
  const scripts = new Set(a.units.filter((unit) => unit.evaluated && isScript(unit)))
  if (scripts.size > 0) for (const unit of startersIn(a, scripts)) scripts.delete(unit)
  if (scripts.size === 0) return
  const led = ledTo(scripts)
  const known = new Map<Instance, boolean>()
  const isOfScripts = (maker: Instance): boolean => {
    let found = known.get(maker)
    if (found === undefined) known.set(maker, (found = led.has(maker) && areScripts(rootsOf(maker), scripts)))
    return found
  }
  for (const inst of led) if (inst.phase === 'startup' && isOfScripts(inst)) inst.ofScript = true
  for (const object of a.objects) if (object.phase === 'startup' && object.env?.ofScript) object.ofScript = true
}

/** `bin/server.js` that calls what registers the routes: somebody starts the server by it. */
export const startersIn = (a: Analysis, scripts: ReadonlySet<Unit>): Unit[] => {
  const leading = new Set(a.entries.flatMap(({ inst, model, heard }) => (model.kind === 'job' || heard ? [] : [inst])))
  for (const at of leading) if (at.phase === 'startup') for (const { from } of at.callers) leading.add(from)
  return [...scripts].filter(({ module }) => leading.has(module))
}

/** What runs in the course of the scripts, whoever else calls it. */
const ledTo = (scripts: ReadonlySet<Unit>): Set<Instance> => {
  const reached = new Set([...scripts].map(({ module }) => module))
  for (const at of reached) for (const { to } of at.callees) if (to.phase === 'startup') reached.add(to)
  return reached
}

/** The modules whose evaluation leads there; nothing where that cannot be told. */
const rootsOf = (maker: Instance): Instance[] => {
  const reached = new Set([maker])
  const roots: Instance[] = []
  for (const at of reached) {
    if (reached.size > FARTHEST) return []
    if (at.fn.kind === 'module' || at.callers.length === 0) roots.push(at)
    else for (const { from } of at.callers) reached.add(from)
  }
  return roots
}

const areScripts = (roots: Instance[], scripts: ReadonlySet<Unit>): boolean =>
  roots.length > 0 && roots.every(({ fn, unit }) => fn.kind === 'module' && scripts.has(unit))
