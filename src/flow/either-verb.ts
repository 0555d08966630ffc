import type { Expr, FnFact } from '../model/facts.js'
import type { EntryRecord } from '../link/analysis.js'
import type { Entry } from './entries.js'
import { areApart } from './points.js'

const READING = /^(GET|HEAD)$/
const CHANGING = /^(POST|PUT|PATCH|DELETE)$/

/**
 * Reading routes of a helper that registers what it is given either for GET or for a changing verb, by something that is not known here:
 * `if (def.type === 'procedure') routes.post(path, handler); else routes.get(path, handler)`. What changes something is meant for the other verb.
 */
export const readingOrChanging = (entries: readonly Entry[]): ReadonlySet<Entry> => {
  const bySite = new Map<string, Entry[]>()
  for (const entry of entries) {
    if (entry.kind !== 'route') continue
    const place = `${entry.site.file} ${entry.site.start}`
    bySite.set(place, [...(bySite.get(place) ?? []), entry])
  }
  return new Set([...bySite.values()].flatMap(ofOnePlace))
}

const ofOnePlace = (entries: Entry[]): Entry[] => {
  const changing = entries.filter(({ method }) => CHANGING.test(method ?? '')).flatMap(({ records }) => records)
  if (changing.length === 0) return []
  return entries.filter(({ method, records }) => READING.test(method ?? '') && records.some((one) => changing.some((other) => haveOneHandler(one, other) && standApart(one, other))))
}

const haveOneHandler = (one: EntryRecord, other: EntryRecord): boolean => one.handlers.some(({ instance: { fn } }) => other.handlers.some(({ instance }) => instance.fn === fn))

/** Is there a function that takes either the way to the one, or that to the other? */
const standApart = (one: EntryRecord, other: EntryRecord): boolean => {
  const ways = new Map(wayTo(one))
  return wayTo(other).some(([fn, site]) => {
    const own = ways.get(fn)
    return own !== undefined && own !== site && areApart(fn, own, site)
  })
}

/** The functions that a registration was come to through, each with the call in it. */
const wayTo = ({ inst, site }: EntryRecord): [FnFact, Expr][] => {
  const way: [FnFact, Expr][] = site ? [[inst.fn, site]] : []
  for (let at = inst.context; at?.site && at.caller; at = at.caller.context) way.push([at.caller.fn, at.site])
  return way
}
