import type { EntryRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import type { Expr } from '../model/facts.js'
import { holdingAt, pointsOf } from './points.js'

/**
 * `if (route.method === 'GET') app.get(route.path, …); else if (route.method === 'POST') app.post(route.path, …)`: a helper that is given one
 * route registers it once, in the branch for what it says.
 */
export const isTestedAway = (look: Pick<LookedUp, 'values'>, { inst, site }: EntryRecord): boolean => {
  if (!site || inst.phase !== 'startup') return false
  for (const at of holdingAt(pointsOf(inst.fn).at.get(site))) if (at.kind === 'test' && fails(look, inst, at.test, at.holds)) return true
  return false
}

/** Does a comparison of texts turn out the other way with all that is given here? */
const fails = (look: Pick<LookedUp, 'values'>, inst: Instance, test: Expr, holds: boolean): boolean => {
  if (test.k !== 'bin' || !/^[!=]==?$/.test(test.op)) return false
  const [asked, text] = test.l.k === 'lit' ? [test.r, test.l] : [test.l, test.r]
  if (text.k !== 'lit' || typeof text.v !== 'string' || asked.k !== 'mem') return false
  const given = look.values(inst, asked)
  const isEqual = holds === test.op.startsWith('=')
  return given.length > 0 && given.every((value) => value.kind === 'lit' && typeof value.value === 'string' && (value.value === text.v) !== isEqual)
}
