import type { Expr, FileFacts, Stmt } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance, Unit } from '../link/instances.js'
import { someExpression, somePart } from '../link/shape.js'
import { startersIn } from './of-scripts.js'

const FARTHEST = 300

/**
 * Threads and child processes that the server starts for some work: what they keep is theirs, and no request finds it but by asking them.
 * Told by the file: it hears its parent (`parentPort`, `process.on('message', …)`) or is started by its name (`fork(join(dir, 'scan.js'))`), nobody
 * imports it, and it serves nothing itself; or it asks whether this is the main thread.
 */
export class OwnProcesses {
  private readonly workers: ReadonlySet<Unit>
  private readonly isNone: boolean
  private readonly handlers: ReadonlySet<Instance>
  private readonly known = new Map<Instance, boolean>()

  constructor(a: Analysis) {
    this.workers = workersIn(a)
    this.isNone = this.workers.size === 0 && !a.units.some(({ facts }) => asksForThread(facts))
    this.handlers = new Set(a.entries.flatMap(({ handlers }) => handlers.map(({ instance }) => instance)))
  }

  /** Does it run there, and nowhere else? */
  runs(inst: Instance): boolean {
    if (this.isNone) return false
    let runs = this.known.get(inst)
    if (runs === undefined) this.known.set(inst, (runs = this.isLedTo(inst)))
    return runs
  }

  private isLedTo(inst: Instance): boolean {
    const reached = new Set([inst])
    for (const at of reached) {
      if (reached.size > FARTHEST || this.handlers.has(at)) return false
      // What such a file writes down runs there, whoever seems to call it.
      if (this.workers.has(at.unit)) continue
      if (at.fn.kind === 'module' || at.callers.length === 0) return false
      for (const { from, site } of at.callers) if (!isOfThread(from, site)) reached.add(from)
    }
    return true
  }
}

const workersIn = (a: Analysis): ReadonlySet<Unit> => {
  const started = startedNames(a)
  const workers = new Set(a.units.filter(({ evaluated, facts, path }) => evaluated && (hearsParent(facts) || started.has(nameOf(path))) && threadPart(facts).length === 0))
  if (workers.size === 0) return workers
  for (const unit of importedIn(a, workers)) workers.delete(unit)
  for (const unit of startersIn(a, workers)) workers.delete(unit)
  return workers
}

const STARTS = /^node:(child_process#fork|worker_threads#Worker)(\.new)?$/
const SCRIPT = /\.[cm]?[jt]s$/

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(SCRIPT, '')

/** Names of files that are written down where a process or thread is started. */
const startedNames = (a: Analysis): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { path, site } of a.calls) {
    const script = STARTS.test(path) && (site.k === 'call' || site.k === 'new') ? site.a[0] : undefined
    if (script) somePart(script, (x) => {
      if (x.k === 'lit' && typeof x.v === 'string' && SCRIPT.test(x.v)) names.add(nameOf(x.v))
      return false
    })
  }
  return names
}

/** Of these, what others import. */
const importedIn = (a: Analysis, among: ReadonlySet<Unit>): Set<Unit> => {
  const found = new Set<Unit>()
  for (const { path, facts } of a.units) {
    for (const specifier of facts.specifiers) {
      const to = a.resolver.resolve(path, specifier)
      const unit = to.kind === 'file' ? a.unitOf.get(to.file) : undefined
      if (unit && among.has(unit)) found.add(unit)
    }
  }
  return found
}

const ofThreads = ({ specifiers }: FileFacts): boolean => specifiers.some((specifier) => /^(node:)?worker_threads$/.test(specifier))

/** `parentPort.on('message', …)` anywhere, `process.on('message', …)` at the top of a file. */
const hearsParent = (facts: FileFacts): boolean =>
  ofThreads(facts) ? facts.bindings.some(({ n }) => n === 'parentPort') : (facts.functions[0]?.body ?? []).some((s) => s.k === 'expr' && somePart(s.x, hearsMessages))

const hearsMessages = (x: Expr): boolean =>
  x.k === 'call' && x.f.k === 'mem' && /^(on|once)$/.test(x.f.n) && x.f.o.k === 'glob' && x.f.o.n === 'process' && x.a[0]?.k === 'lit' && x.a[0].v === 'message'

const asksForThread = (facts: FileFacts): boolean => ofThreads(facts) && facts.bindings.some(({ n }) => n === 'isMainThread')

/** Does a call stand where a module is not the main thread's? */
const isOfThread = ({ fn, unit }: Instance, site: Expr): boolean =>
  fn.kind === 'module' && asksForThread(unit.facts) && someExpression(threadPart(unit.facts), (x) => x === site)

/** `if (!isMainThread) { … }` at the top of a file. */
const threadPart = (facts: FileFacts): Stmt[] => (facts.functions[0]?.body ?? []).flatMap((s) => {
  if (s.k !== 'if') return []
  if (s.t.k === 'un' && s.t.op === '!' && isMainThread(s.t.x, facts)) return s.c
  return isMainThread(s.t, facts) ? s.a ?? [] : []
})

const isMainThread = (x: Expr, { bindings }: FileFacts): boolean => (x.k === 'ref' ? bindings[x.b]?.n === 'isMainThread' : x.k === 'mem' && x.n === 'isMainThread')
