import type { Expr } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { childrenOf } from '../link/shape.js'
import type { Value } from '../link/values.js'
import type { Cell, CellWrite } from './cells.js'
import { isReset } from './patterns.js'

/** Calls between what is handed the environment and what keeps it. */
const DEEPEST = 3
const known = new WeakMap<Instance, boolean>()

/** Is a cell given nothing but what the platform hands to all calls alike: `settings = env`, `address = context.env.ADDRESS`, `settings.merge(env)`? */
export const isOfEnvironment = (a: Analysis, look: LookedUp, cell: Cell): boolean => {
  const given = cell.writes.filter((write) => !isReset(write))
  return given.length > 0 && given.every((write) => (write.kind === 'assign' && (isEnvironment(a, write) || isWorkedOut(a, look, write))) || setsUp(a, write))
}

/** `(env.SEED ?? 'true').toLowerCase() === 'false'`: made of the environment and of written values alone. */
const isWorkedOut = (a: Analysis, look: LookedUp, { inst, valueExpr }: CellWrite): boolean => {
  let asked = false
  const isFixed = (x: Expr): boolean => {
    if (x.k === 'lit') return true
    if (x.k === 'call' && x.f.k === 'mem') return isFixed(x.f.o) && x.a.every(isFixed)
    // Made on demand, of the environment alone: what it keeps besides is told at its own fields.
    if (x.k === 'new') return x.a.length > 0 && x.a.every(isFixed)
    if (x.k !== 'ref' && x.k !== 'mem') return MADE_OF_PARTS.has(x.k) && childrenOf(x).every(isFixed)
    const values = look.values(inst, x)
    if (!areEnvironment(a, values)) return false
    return (asked = true)
  }
  return valueExpr !== undefined && isFixed(valueExpr) && asked
}

const MADE_OF_PARTS = new Set<Expr['k']>(['bin', 'log', 'cond', 'un', 'tpl'])

/** What the platform hands to all calls alike, or a part of it. */
export const isEnvironment = (a: Analysis, { value }: Pick<CellWrite, 'value'>): boolean => areEnvironment(a, a.of(value))

const areEnvironment = (a: Analysis, values: readonly Value[]): boolean => values.some((one) => isPartOf(a, one)) && values.every((one) => isPartOf(a, one) || isOfProgram(a, one))

/** `import.meta.env`, `process.env`; the empty object that stands for it where nothing was handed in. */
const isOfProgram = (a: Analysis, value: Value): boolean =>
  value.kind === 'lib' ? OF_PROGRAM.test(value.path) : value.kind === 'object' && value.path === undefined && value.site?.k === 'obj' && value.site.m.length === 0 && [...value.holder.fields.values()].every((field) => a.of(field).length === 0)
const OF_PROGRAM = /^global#(process|import\.meta)\.env\b/

/** A count is one for each call, and what is put in a list another element each time; the same under the same name is what it was. */
const setsUp = (a: Analysis, write: CellWrite): boolean =>
  (write.kind === 'assign' || write.kind === 'member' || (write.kind === 'mutator' && isEnvironment(a, write))) && isSetUp(a, write.inst)

/** Does code run for the environment alone, or as a helper of such code? Whatever it works out is the same for all calls; what it waits for, of a store, changes. */
const isSetUp = (a: Analysis, inst: Instance, depth = 0): boolean => {
  let answer = known.get(inst)
  if (answer === undefined) known.set(inst, (answer = inst.fn.async === undefined && isGivenEnvironment(a, inst, depth)))
  return answer
}

const isGivenEnvironment = (a: Analysis, inst: Instance, depth: number): boolean => {
  const given = inst.params.flatMap((param) => a.of(param))
  if (given.some((value) => isOfCall(a, value) || isMadeOfCall(a, value))) return false
  if (given.some((value) => isPartOf(a, value))) return true
  const callers = inst.callers.filter(({ from }) => from !== inst && from.phase !== 'startup')
  return depth < DEEPEST && callers.length > 0 && callers.every(({ from }) => isSetUp(a, from, depth + 1))
}

/** Of one call alone, as the request is. */
const isOfCall = (a: Analysis, value: Value): boolean =>
  !isPartOf(a, value) && prefixes(pathOf(value)).some((path) => a.catalog.row(path)?.owned !== undefined || a.catalog.row(path)?.identity !== undefined)

/** Put together while serving, with a part of the request in it. */
const isMadeOfCall = (a: Analysis, value: Value): boolean =>
  value.kind === 'object' && value.phase !== 'startup' && [...value.holder.fields.values()].some((field) => a.of(field).some((one) => isOfCall(a, one)))

/** The path itself, or what it is a member of. */
const isPartOf = (a: Analysis, value: Value): boolean => prefixes(pathOf(value)).some((path) => a.catalog.row(path)?.environment)

const pathOf = (value: Value): string => ('path' in value ? value.path ?? '' : '')

function prefixes(path: string): string[] {
  const found: string[] = []
  for (let at = path; at.includes('#'); at = at.slice(0, Math.max(at.lastIndexOf('.'), 0))) found.push(at)
  return found
}
