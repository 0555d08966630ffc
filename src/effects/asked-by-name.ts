import { type Callers, callsTo } from '../flow/reach.js'
import type { CallEdge, Instance } from '../link/instances.js'

const FARTHEST = 8

/** `fetchOpenTasks`, `find_user`, `upsertMember`: what a helper is called says that it asks, or that it may be said twice. */
const ASKS = /^_?(fetch|get|find|list|load|read|query|search|count|look_?[uU]p|check|validate|verify|preview|estimate|upsert|ensure)(?=[A-Z_\d])/
/** Helpers through which all requests go, and those that make what they do not find. */
const OF_ANY = /(json|data|api|url|http|request|response|wrapper|client|retry|raw)$|with[A-Z_]|(^|_)(or|and)_|(Or|And)[A-Z]/i
const NOT_POSTING = /^(GET|HEAD|PUT|DELETE|OPTIONS)$/i

/**
 * Is another service posted to by nothing but helpers of the project that are named for asking? The handler's own name says how it is asked,
 * not what it does. That is no proof, but as much as the code says.
 */
export const isAskedByName = (inst: Instance, reached: Callers, seen = new Set<Instance>()): boolean => {
  const name = inst.fn.n ?? ''
  if (reached.get(inst) === undefined || seen.has(inst) || seen.size > FARTHEST) return false
  seen.add(inst)
  if (ASKS.test(name) && !OF_ANY.test(name)) return true
  const edges = inst.callers.filter((edge) => reached.has(edge.from) && !edge.later && !saysOtherVerb(edge))
  return edges.length > 0 && edges.every(({ from }) => isAskedByName(from, reached, new Set(seen)))
}

/** The calls that led to a post: not by the one that says PUT, where helpers for all verbs meet in it. */
export const waysOfPost = (reached: Callers, inst: Instance): CallEdge[] => {
  const first = reached.get(inst)
  const other = first && saysOtherVerb(first) ? inst.callers.find((edge) => reached.has(edge.from) && !edge.later && !saysOtherVerb(edge)) : undefined
  return other ? [...callsTo(reached, other.from), other] : callsTo(reached, inst)
}

const saysOtherVerb = ({ given }: CallEdge): boolean => given.some((x) => x.k === 'lit' && typeof x.v === 'string' && NOT_POSTING.test(x.v))
