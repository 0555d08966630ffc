import type { Expr } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import type { Cell, CellWrite } from './cells.js'
import { reachedFrom } from './derived.js'
import { isReset } from './patterns.js'
import { answersNo } from './refusals.js'

/** How busy the machine or the process is, and the clock that begins with the process. */
const MEASURES = /^(node:os#(default\.)?(cpus|loadavg|freemem|uptime)|global#process\.(cpuUsage|memoryUsage|resourceUsage|uptime|hrtime)|node:process#(default\.)?(cpuUsage|memoryUsage|resourceUsage|uptime|hrtime)|(global#|node:perf_hooks#)performance\.(now|eventLoopUtilization))(\.|$)/
const OF_PLATFORM = /^(global#(?!fetch)|node:(os|perf_hooks|process|v8)#)/
const ARITHMETIC = new Set(['+', '-', '*', '/'])
const DEEPEST = 4

/** What is measured of the machine or the process, kept to be compared with the next measurement, or shown: another replica runs elsewhere. */
export class OwnMachine {
  constructor(private readonly a: Analysis, private readonly look: LookedUp) {}

  measures(cell: Cell): boolean {
    const sets = cell.writes.filter((w) => !isReset(w) && w.valueExpr?.k !== 'lit')
    return sets.length > 0 && sets.every((w) => this.isSet(w)) && cell.writes.every(isPlace) && !cell.reads.some((read) => answersNo(read))
  }

  private isSet({ inst, op, valueExpr }: CellWrite): boolean {
    return op === '=' && valueExpr !== undefined && this.isMeasured(inst, valueExpr, 0)
  }

  /** A measurement, or a number that one goes into. */
  private isMeasured(inst: Instance, x: Expr, depth: number): boolean {
    const within = (part: Expr): boolean => this.isMeasured(inst, part, depth)
    switch (x.k) {
      case 'ref': return depth < DEEPEST && this.definedAs(inst, x).some((made) => this.isMeasured(inst, made, depth + 1))
      case 'bin': return ARITHMETIC.has(x.op) && (within(x.l) || within(x.r))
      case 'cond': return within(x.c) || within(x.a)
      case 'mem': return within(x.o)
      case 'call': return isOfMath(x) ? x.a.some(within) : this.asks(inst, x)
      default: return false
    }
  }

  private definedAs(inst: Instance, x: Expr & { k: 'ref' }): Expr[] {
    const made = this.look.definition(inst, x.b)
    return made ? [made] : []
  }

  /** Is the machine asked, by the platform's call or by a function that asks nobody else? */
  private asks(inst: Instance, site: Expr & { k: 'call' }): boolean {
    const direct = this.a.callsOf(inst).filter((call) => call.site === site)
    if (direct.length > 0) return direct.every(({ path }) => MEASURES.test(path))
    const callees = inst.callees.filter((edge) => edge.site === site).map(({ to }) => to)
    if (callees.length === 0 || site.a.length > 0 || callees.some(({ fn }) => fn.async || fn.params.length > 0)) return false
    const calls = [...reachedFrom(callees)].flatMap((one) => this.a.callsOf(one))
    return calls.some(({ path }) => MEASURES.test(path)) && calls.every(({ path }) => OF_PLATFORM.test(path))
  }
}

/** The slot itself, or a place in it that is written down: `cpu[1] = process.cpuUsage(cpu[1])`. What is kept by keys of requests is of those. */
const isPlace = ({ kind, keyExpr }: CellWrite): boolean => kind === 'assign' || (kind === 'member' && (keyExpr === undefined || keyExpr.k === 'lit'))

const isOfMath = (x: Expr & { k: 'call' }): boolean => x.f.k === 'mem' && x.f.o.k === 'glob' && x.f.o.n === 'Math'
