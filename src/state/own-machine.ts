import type { Expr } from '../model/facts.js'
import type { Analysis, LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { someExpression, somePart } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import { reachedFrom } from './derived.js'
import { isReset } from './patterns.js'
import { answersNo } from './refusals.js'

/** How busy the machine or the process is, and the clock that begins with the process. */
const MEASURES = /^(node:os#(default\.)?(cpus|loadavg|freemem|uptime)|global#process\.(cpuUsage|memoryUsage|resourceUsage|uptime|hrtime)|node:process#(default\.)?(cpuUsage|memoryUsage|resourceUsage|uptime|hrtime)|(global#|node:perf_hooks#)performance\.(now|eventLoopUtilization))(\.|$)/
const OF_PLATFORM = /^(global#(?!fetch)|node:(os|perf_hooks|process|v8)#)/
/** Packages that ask the machine. */
const OF_MACHINE = /^(os-utils|node-os-utils|systeminformation|pidusage|check-disk-space|diskusage|getos)#/
const OF_FILES = /^(node:fs|fs-extra)#/
/** Of the text that came: `readFileSync(…).split('\n')`. */
const OF_TEXT_READ = /\(\)\./
const OF_CHILDREN = /^(node:child_process|execa|node:util)#|^node:child_process/
/** Where Linux tells of the machine. */
const OF_SYSTEM = /^\/(proc|sys|etc\/os-release)(\/|$)/
const COMMANDS = /^(uname|arch|nproc|lscpu|sw_vers|wmic|free|df|uptime|hostname)\b/
const ARITHMETIC = new Set(['+', '-', '*', '/'])
const DEEPEST = 4

/** What is measured of the machine or the process, kept to be compared with the next measurement, or shown: another replica runs elsewhere. */
export class OwnMachine {
  private readonly looking = new Map<Instance, boolean>()

  constructor(private readonly a: Analysis, private readonly look: LookedUp) {}

  measures(cell: Cell): boolean {
    const found = cell.writes.filter((w) => !isReset(w))
    if (found.length > 0 && cell.writes.every(isPlace) && found.every((w) => this.looksAround(w))) return true
    const sets = found.filter(({ valueExpr }) => valueExpr?.k !== 'lit')
    return sets.length > 0 && sets.every((w) => this.isSet(w)) && cell.writes.every(isPlace) && !cell.reads.some((read) => answersNo(read))
  }

  /** In a function that asks the machine, and nobody else: `info.free = parse(readFileSync('/proc/meminfo'))`, also in its callbacks. */
  private looksAround({ inst, valueExpr }: CellWrite): boolean {
    if (valueExpr === undefined || somePart(valueExpr, (x) => isKeptElsewhere(inst, x))) return false
    if ((valueExpr.k === 'mem' || valueExpr.k === 'elem') && isProcessEnv(valueExpr.o)) return true
    let at = inst
    while (at.env && at.env.fn.kind !== 'module') at = at.env
    let known = this.looking.get(at)
    if (known === undefined) this.looking.set(at, (known = this.asksOnlyHere(at)))
    return known
  }

  private asksOnlyHere(inst: Instance): boolean {
    if (inst.fn.params.length > 0) return false
    const all = [...reachedFrom([inst])]
    const calls = all.flatMap((one) => this.a.callsOf(one))
    const isAsked = ({ path, site }: LibraryCall): boolean => MEASURES.test(path) || OF_MACHINE.test(path) || (OF_FILES.test(path) && (readsMachine(site) || OF_TEXT_READ.test(path)))
    const isRun = all.some(({ fn }) => someExpression(fn.body, runsForFacts))
    return (isRun || calls.some(isAsked)) && calls.every((call) => isAsked(call) || OF_PLATFORM.test(call.path) || (isRun && OF_CHILDREN.test(call.path)))
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

/** What other code may have set comes from anywhere. */
const isKeptElsewhere = ({ unit: { facts } }: Instance, x: Expr): boolean => x.k === 'this' || (x.k === 'ref' && facts.bindings[x.b]?.f === 0 && !/^(const|import|fn)/.test(facts.bindings[x.b]?.kind ?? ''))
const isProcessEnv = (x: Expr): boolean => x.k === 'mem' && x.n === 'env' && x.o.k === 'glob' && x.o.n === 'process'

const isTextOf = (x: Expr | undefined, pattern: RegExp): boolean => x?.k === 'lit' && typeof x.v === 'string' && pattern.test(x.v)
const readsMachine = (site: Expr): boolean => site.k === 'call' && isTextOf(site.a[0], OF_SYSTEM)
/** `await run('uname', ['-m'])` */
const runsForFacts = (x: Expr): boolean => x.k === 'call' && isTextOf(x.a[0], COMMANDS)

/** The slot itself, or a place in it that is written down: `cpu[1] = process.cpuUsage(cpu[1])`. What is kept by keys of requests is of those. */
const isPlace = ({ kind, keyExpr }: CellWrite): boolean => kind === 'assign' || (kind === 'member' && (keyExpr === undefined || keyExpr.k === 'lit'))

const isOfMath = (x: Expr & { k: 'call' }): boolean => x.f.k === 'mem' && x.f.o.k === 'glob' && x.f.o.n === 'Math'
