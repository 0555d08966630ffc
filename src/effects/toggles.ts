import type { Expr } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import { looseName } from '../schema/tables.js'
import type { Claims } from './claims.js'
import type { Effect } from './effects.js'

const ADDS = /^(insert|upsert|create-remote)$/

/** `if (like) delete else create`: what one request does the next one undoes, whatever a constraint says. */
export const toggledBy = (effect: Effect, all: Effect[], claims: Claims): Effect | undefined => {
  const { call: { inst, site }, kind, model } = effect
  if (!ADDS.test(kind) || model === undefined) return undefined
  const name = looseName(model)
  if (!claims.at(inst, site).some((claim) => claim.name === name && !claim.found && !claim.held && claim.field === undefined)) return undefined
  // What was changed before is there afterwards: more than one was found.
  const kept = ({ call: gone }: Effect): boolean => all.some((other) => other.kind === 'update' && other.model !== undefined && looseName(other.model) === name && other.call.inst === inst && hasRun(inst, gone.site, other.call.site))
  return all.find((other) => other.kind === 'delete' && !kept(other) && other.model !== undefined && looseName(other.model) === name && other.call.inst === inst && undoes(other, inst, site, claims, name))
}

/** A deletion of the row that was found, where no other test decides between the two. */
const undoes = ({ call }: Effect, inst: Instance, site: Expr, claims: Claims, name: string): boolean => {
  if (!claims.at(inst, call.site).some((claim) => claim.name === name && claim.found && claim.field === undefined)) return false
  const there = testsAt(inst, site)
  return ![...testsAt(inst, call.site)].some(([test, holds]) => there.has(test) && there.get(test) !== holds && !claims.about(inst, test, name))
}

const hasRun = (inst: Instance, site: Expr, before: Expr): boolean =>
  [...holdingAt(pointsOf(inst.fn).at.get(site))].some((at) => at.kind === 'ran' && at.x.p <= before.p && at.x.e >= before.e)

const testsAt = (inst: Instance, site: Expr): Map<Expr, boolean> => {
  const points = pointsOf(inst.fn)
  return new Map([...holdingAt(points.at.get(site))].flatMap((point) => (point.kind === 'test' ? [[point.test, point.holds] as const] : [])))
}
