import type { Expr } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { isSame } from '../state/once.js'
import { looseName } from '../schema/tables.js'
import type { Claims } from './claims.js'
import type { Effect } from './effects.js'

const ADDS = /^(insert|upsert|create-remote)$/
const WRITES = /^(insert|upsert|create-remote|update|append|relative-update)$/

/** One call on the way from a handler to an effect. */
export interface Place {
  inst: Instance
  site: Expr
}

type Ways = ReadonlyMap<Effect, Place[]>

/** `if (like) delete else create`, each here or in a helper: what one request does the next one undoes, whatever a constraint says. */
export const toggledBy = (effect: Effect, all: Effect[], claims: Claims, ways: Ways): Effect | undefined => {
  const { kind, model } = effect
  if (!ADDS.test(kind) || model === undefined) return undefined
  const name = looseName(model)
  const isMissing = ({ inst, site }: Place): boolean => claims.at(inst, site).some((claim) => claim.name === name && !claim.found && !claim.held && claim.field === undefined)
  const place = ways.get(effect)?.find(isMissing)
  if (!place) return undefined
  const isOfRows = (other: Effect): boolean => other.model !== undefined && looseName(other.model) === name
  // What was changed before is there afterwards: more than one was found. A helper that also writes them does not only take away.
  const kept = (gone: Place): boolean => all.some((other) => isOfRows(other) && (
    (other.kind === 'update' && other.call.inst === gone.inst && hasRun(gone.inst, gone.site, other.call.site)) ||
    (WRITES.test(other.kind) && ways.get(other)?.some(({ inst, site }) => inst === gone.inst && site === gone.site) === true)))
  return all.find((other) => other.kind === 'delete' && isOfRows(other) &&
    ways.get(other)?.some((gone) => gone.inst === place.inst && !kept(gone) && undoes(gone, place.site, claims, name)))
}

/** A deletion of the row that was found, where no other test decides between the two. */
const undoes = ({ inst, site: gone }: Place, site: Expr, claims: Claims, name: string): boolean => {
  if (!claims.at(inst, gone).some((claim) => claim.name === name && claim.found && claim.field === undefined)) return false
  return !isAskedFor(inst, site, gone, (test) => claims.about(inst, test, name))
}

/** `likes.includes(id) ? update({ $pull: { likes: id } }) : update({ $push: { likes: id } })` */
export const putInOrOut = (effect: Effect, all: Effect[], claims: Claims): boolean => {
  const { call: { inst, site } } = effect
  const missing = claims.at(inst, site).filter(({ held, found, field }) => held && !found && field !== undefined)
  if (missing.length === 0) return false
  return missing.some(({ name, field }) => field !== undefined && puts(effect, field) && all.some(({ call }) =>
    call.inst === inst && names(call, TAKES, field) && claims.at(inst, call.site).some((claim) => claim.held && claim.found && claim.name === name && claim.field === field) &&
    !isAskedFor(inst, site, call.site, (test) => claims.about(inst, test, name))))
}

const PUTS = ['$push', '$addToSet']
const TAKES = ['$pull', '$pullAll']

const puts = ({ call, changes }: Effect, field: string): boolean => changes?.some(({ grows, place }) => grows && place.endsWith(`.${field}`)) ?? names(call, PUTS, field)

/** `{ $pull: { likes: id } }` */
const names = ({ site, row }: LibraryCall, operators: string[], field: string): boolean => {
  const data = site.k === 'call' ? site.a[Number(row?.effect?.data)] : undefined
  return data?.k === 'obj' && data.m.some(({ n, v }) => n !== undefined && operators.includes(n) && v.k === 'obj' && v.m.some((m) => m.n === field))
}

/** Does another test than that of the rows decide between two places: what the request asks for? */
const isAskedFor = (inst: Instance, one: Expr, other: Expr, isOfRows: (test: Expr) => boolean): boolean => {
  const there = testsAt(inst, one)
  return testsAt(inst, other).some(({ test, holds }) => there.some((at) => at.holds !== holds && isSame(at.test, test)) && !isOfRows(test))
}

const hasRun = (inst: Instance, site: Expr, before: Expr): boolean =>
  [...holdingAt(pointsOf(inst.fn).at.get(site))].some((at) => at.kind === 'ran' && at.x.p <= before.p && at.x.e >= before.e)

/** Each by itself: `found && !wanted` are two. */
const testsAt = (inst: Instance, site: Expr): { test: Expr; holds: boolean }[] =>
  [...holdingAt(pointsOf(inst.fn).at.get(site))].flatMap((point) => (point.kind === 'test' ? parted(point.test, point.holds) : []))

const parted = (test: Expr, holds: boolean): { test: Expr; holds: boolean }[] => {
  if (test.k === 'un' && test.op === '!') return parted(test.x, !holds)
  return test.k === 'log' && (test.op === '&&') === holds ? [...parted(test.l, holds), ...parted(test.r, holds)] : [{ test, holds }]
}
