import { holdingAt, pointsOf } from '../flow/points.js'
import type { Analysis, LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { isStatement } from '../link/shape.js'
import { surroundings } from '../link/surroundings.js'
import type { Expr } from '../model/facts.js'
import type { Cell, CellRead, CellWrite } from './cells.js'
import { reachedFrom } from './derived.js'
import type { Guards } from './guards.js'
import { inside, isMade, ownWrites } from './patterns.js'

/** What leaves a database as it is where it is so already. */
const PREPARES = /^\s*create\s+(unique\s+)?(table|index|schema|extension|database|sequence|materialized\s+view|view)\s+(concurrently\s+)?if\s+not\s+exists\b/i
const DEEPEST = 3

/**
 * `if (!ensured.has(table)) ensured.set(table, db.query('CREATE TABLE IF NOT EXISTS …'))`: which tables this process has made sure of.
 * Each replica does that for itself, and finds done what another one has done.
 */
export class Prepared {
  constructor(private readonly a: Analysis, private readonly guards: Guards) {}

  are(cell: Cell): boolean {
    const puts = ownWrites(cell).filter(({ kind }) => kind !== 'delete')
    if (cell.contents.size === 0 || puts.length === 0 || !puts.every((w) => isMark(w) && this.guards.testsEmpty(w, cell))) return false
    return this.areOnlyMarks(cell) && puts.every((w) => this.onlyPrepares(w, cell))
  }

  /** Nobody takes what is kept. */
  private areOnlyMarks(cell: Cell): boolean {
    return cell.reads.every((read) => read.op === 'has' || (read.op === 'read' ? isAsked(read) || isAwaited(read.inst, read.site, 0) : isNamedFor(read, cell)))
  }

  /** All that is done behind the look that has found none makes sure that something is there. */
  private onlyPrepares({ inst, site }: CellWrite, cell: Cell): boolean {
    const { at } = pointsOf(inst.fn)
    const tests = [...holdingAt(at.get(site))].flatMap((point) => (point.kind === 'test' && cell.reads.some((read) => read.inst === inst && inside(read.site, point.test)) ? [point.test] : []))
    const hangs = (x: Expr): boolean => [...holdingAt(at.get(x))].some((point) => point.kind === 'test' && tests.includes(point.test))
    const called = inst.callees.filter((edge) => hangs(edge.site)).map(({ to }) => to)
    const calls = [...this.a.callsOf(inst).filter((call) => hangs(call.site)), ...[...reachedFrom(called)].flatMap((to) => this.a.callsOf(to))]
    const work = calls.filter(({ row }) => row?.effect !== undefined)
    return work.length > 0 && work.every(prepares)
  }
}

/** A name, `true`, or a promise that it will be done. */
const isMark = ({ op, kind, valueExpr }: CellWrite): boolean => op === 'add' || ((op === 'set' || kind === 'member') && valueExpr !== undefined && (valueExpr.k === 'call' || valueExpr.k === 'ref' || isMade(valueExpr) || (valueExpr.k === 'lit' && valueExpr.v === true)))

const prepares = ({ site }: LibraryCall): boolean => {
  const [text] = site.k === 'call' ? site.a : []
  return (text?.k === 'lit' && typeof text.v === 'string' && PREPARES.test(text.v)) || (text?.k === 'tpl' && PREPARES.test(text.q[0] ?? ''))
}

/** `ensured` of `ensured.has(table)`. */
const isNamedFor = ({ site, op }: CellRead, cell: Cell): boolean => op === 'slot' && [...cell.reads.filter((read) => read.op === 'has' || read.op === 'read'), ...cell.writes].some((use) => use.site !== site && inside(site, use.site))

/** `if (ensured.get(table)) …` */
const isAsked = ({ inst, site }: CellRead): boolean => {
  const { parent, statement } = surroundings(inst.fn).get(site) ?? {}
  return statement?.k === 'if' || (parent?.k === 'un' && parent.op === '!')
}

/** Waited for and not taken, here or by all who are given it. */
const isAwaited = (inst: Instance, site: Expr, depth: number): boolean => {
  const { parent, statement } = surroundings(inst.fn).get(site) ?? {}
  if (parent?.k === 'await') return isStatement(inst.fn.body, parent)
  return statement?.k === 'ret' && depth < DEEPEST && inst.callers.length > 0 && inst.callers.every((edge) => isAwaited(edge.from, edge.site, depth + 1))
}
