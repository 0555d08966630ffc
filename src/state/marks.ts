import type { Expr, ObjectExpr } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import { ELEMENTS, type ObjectValue, type Value } from '../link/values.js'
import { isServiceOf } from './home-sites.js'

const FEWEST_SERVICES = 3

/** `global.App = { db, log, … }`, also filled later: a bag that modules and objects with methods are put in, no data. */
export const markGlobals = (a: Analysis): void => {
  for (const node of a.global.holder.fields.values()) for (const value of a.of(node)) {
    if (value.kind !== 'object' || value.shape !== 'object' || value.phase !== 'startup' || value.site?.k !== 'obj') continue
    const services = [...value.holder.fields.values()].filter((field) => a.of(field).some((held) => isServiceValue(held)))
    if (services.length >= FEWEST_SERVICES) value.ofServices = true
  }
}

/** `app.index = …`: what a project hangs on the object that a framework hands to all its requests is a thing each. */
export const markBags = (a: Analysis): void => {
  for (const value of a.objects) if (value.shape === 'library' && value.path !== undefined && a.catalog.row(value.path)?.bag) value.ofServices = true
}

/** `jobs.push({ name, next() { … } })`, time and again: entries of one list, each with its functions. */
export const markRows = (a: Analysis): void => {
  const namesOf = memberNames()
  for (const list of a.objects) {
    const elements = list.shape === 'array' && list.phase === 'startup' && !list.rest ? list.holder.fields.get(ELEMENTS) : undefined
    if (elements === undefined || a.solver.size(elements) < 2) continue
    const alike = new Map<string, ObjectValue>()
    for (const value of a.of(elements)) {
      if (value.kind !== 'object' || value.phase !== 'startup' || value.shape !== 'object' || value.site?.k !== 'obj') continue
      const names = namesOf(value.site)
      const other = alike.get(names)
      if (other) other.ofList = value.ofList = true
      else alike.set(names, value)
    }
  }
}

/** Names of the members of an object literal, as one text. */
const memberNames = (): ((site: ObjectExpr) => string) => {
  const known = new Map<Expr, string>()
  return (site) => {
    let names = known.get(site)
    if (names === undefined) known.set(site, (names = site.m.map(({ n }) => n ?? '').sort().join()))
    return names
  }
}

/** Something with methods: a module, a class, an object of one or one that is written with functions. */
export const isServiceValue = (value: Value): boolean =>
  value.kind === 'ns' || value.kind === 'class' || (value.kind === 'object' && (value.cls !== undefined || value.shape === 'exports' || (value.site?.k === 'obj' && isServiceOf(value.unit, value.site))))
