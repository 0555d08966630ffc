import { surroundings } from '../link/surroundings.js'
import { isExpression, leaves, someExpression, someStatement } from '../link/shape.js'
import type { Cell, CellRead, CellWrite } from './cells.js'
import { isAround } from './in-flight.js'
import { inside } from './patterns.js'

/**
 * `if (running >= MOST) return wait(job); running++; try { await job() } finally { running-- }`: how much this process does at once,
 * held against what it can take. Every replica has its own hands. What stands for a connection lasts longer than a request.
 */
export const isHowBusy = ({ contents, writes, reads }: Cell): boolean => {
  const counted = writes.filter(({ kind }) => kind === 'update')
  if (contents.size > 0 || counted.length === 0 || !writes.every((w) => w.kind === 'update' || isZero(w))) return false
  const raised = counted.filter(({ site }) => stepOf(site) === 1)
  const lowered = counted.filter(({ site }) => stepOf(site) === -1)
  if (raised.length + lowered.length < counted.length || !isPaired(raised, lowered)) return false
  return reads.length > 0 && reads.every((read) => (isCompared(read) && !turnsAway(read)) || writes.some((w) => w.inst === read.inst && isExpression(w.site) && inside(read.site, w.site)))
}

/** What raises it lowers it too, when what it began is done. */
const isPaired = (raised: CellWrite[], lowered: CellWrite[]): boolean =>
  raised.length > 0 && raised.every((up) => lowered.some((down) => isAround(up.inst, down.inst) && !isListener(down)))

const stepOf = (site: CellWrite['site']): number => {
  if (site.k === 'upd') return site.op === '++' ? 1 : -1
  const isOne = site.k === 'set' && site.r.k === 'lit' && site.r.v === 1
  return isOne && site.k === 'set' ? (site.op === '+=' ? 1 : site.op === '-=' ? -1 : 0) : 0
}

const isZero = ({ kind, valueExpr }: CellWrite): boolean => kind === 'assign' && valueExpr?.k === 'lit' && valueExpr.v === 0

const isCompared = ({ inst, site }: CellRead): boolean => {
  const { parent } = surroundings(inst.fn).get(site) ?? {}
  return parent?.k === 'bin' && /^[<>]=?$/.test(parent.op)
}

/** Nothing is left to wait: who comes now is refused, and another replica would not. */
const turnsAway = ({ inst, site }: CellRead): boolean =>
  someStatement(inst.fn, (s) => s.k === 'if' && inside(site, s.t) && leaves(s.c) && !someExpression(s.c, (x) => x.k === 'await' || (x.k === 'call' && x.f.k === 'mem' && WAITS.test(x.f.n))))
const WAITS = /^(push|enqueue|unshift|add|append)$/

/** `socket.on('close', () => open--)` */
const isListener = ({ inst }: CellWrite): boolean => {
  const around = inst.env?.fn
  return around !== undefined && someExpression(around.body, (x) => x.k === 'call' && x.f.k === 'mem' && /^(on|once|addListener|addEventListener|subscribe)$/.test(x.f.n) && x.a.some((arg) => arg.k === 'fn' && inst.unit.facts.functions[arg.f] === inst.fn))
}
