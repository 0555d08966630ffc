import { OF_LIFE } from '../catalog/words.js'
import type { Expr, FileFacts, FnFact } from '../model/facts.js'
import { isCallable, isOnce } from './called-back.js'
import { moduleOf } from './catalog-index.js'
import { packageOf } from './client.js'
import { isRendered } from './in-browser.js'
import type { Instance } from './instances.js'
import type { Application, Library } from './library.js'
import { mostKeys } from './own-members.js'
import { someExpression } from './shape.js'
import { SharedSteps } from './shared-steps.js'
import { NOTHING, type Ref, constant } from './solver.js'
import type { ClassValue, FnValue, ObjectValue } from './values.js'
import { WrappedTables } from './wrapped-tables.js'

const LISTENS = /[.#](on|addListener)$/
/** `bus.off('tick', this.onTick)`: who hears no more is not called there; it was called before, by somebody else. */
const ENDS_LISTENING = /[.#](off|removeListener|removeEventListener)$/

/** Events of what is read piece by piece. */
const OF_STREAMS = /^(data|readable|row|record)$/

/** Does a function, or one around it, wait for the end of what it reads? `parser.on('data', add); await new Promise((done) => parser.on('end', done))` */
const isReadThrough = (inst: Instance | undefined): boolean => inst !== undefined && (waitsForEnd(inst.unit.facts, inst.fn) || isReadThrough(inst.env))

const waitsForEnd = (facts: FileFacts, fn: FnFact): boolean =>
  someExpression(fn.body, (x) => (x.k === 'fn' ? waitsForEnd(facts, facts.functions[x.f] as FnFact) : isEnd(x)))

const isEnd = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && /^(on|once)$/.test(x.f.n) && x.a[0]?.k === 'lit' && /^(end|finish)$/.test(String(x.a[0].v))

/** What a package exports, and what that gives back: no methods of what it makes. */
const WRAPPER = /^(?!global#|node:)[^#]+#\w+(\(\))*$/

/** Is it a function that a package exports, or what such a function gives back? */
export const isWrapper = (path: string): boolean => WRAPPER.test(path)

/** Calls of libraries that the catalog says nothing of. */
export class UnknownCalls {
  readonly tables: WrappedTables
  private readonly steps: SharedSteps
  /** Arguments whose functions run now. */
  private readonly ran = new WeakSet<Ref[]>()

  constructor(private readonly library: Library) {
    this.tables = new WrappedTables(library)
    this.steps = new SharedSteps(library)
  }

  private get a(): Library['a'] {
    return this.library.a
  }

  /** Nothing is known of this call, and of whatever else may be called there: the functions that it is given run now. */
  run(made: Application, except: readonly Ref[] = []): void {
    if (this.ran.has(made.args)) return
    this.ran.add(made.args)
    const isTold = this.isTold(made)
    const isToldLater = ENDS_LISTENING.test(made.path) || (!isTold && this.isToldLater(made))
    for (const arg of made.args) {
      if (except.includes(arg) || this.library.isText(arg)) continue
      this.a.solver.watch(arg, (id) => {
        const value = this.a.value(id)
        if (value.kind === 'fn' && isTold && value.fn.params.length > 0) this.heard.push({ made, fn: value })
        else if (value.kind === 'fn' && isToldLater) this.library.calls.invoke(made.inst, made.site, value, [], [], NOTHING, { phase: 'background', later: true })
        else if (value.kind === 'fn') this.runUnknown(made, value)
        else if (value.kind === 'object' && value.cls) this.runPromised(made, value.cls, value)
        else if (value.kind !== 'object' || value.env !== made.inst) return
        else if (value.shape === 'object') this.given(made, value)
        else if (value.shape === 'array') this.library.functions(arg, (fn) => this.runUnknown(made, fn))
      })
    }
  }

  /** Listeners that something of an unknown package calls when somebody sends something. */
  readonly heard: { made: Application; fn: FnValue }[] = []

  /** `server.on('message', fn)` at start-up, where nothing is known of the package. */
  private isTold(made: Application): boolean {
    if (made.inst.phase !== 'startup' || !this.isListening(made)) return false
    const [event] = this.library.arguments.texts(made.args[0])
    return event !== undefined && !OF_LIFE.test(event) && !(OF_STREAMS.test(event) && isReadThrough(made.inst))
  }

  /** The same while a request is served, of what was there before: `keyboard.on('pressed', fn)` is told by somebody else. */
  private isToldLater(made: Application): boolean {
    const isOld = made.recv?.kind === 'object' ? made.recv.phase === 'startup' : !/\(\)|\.new\b/.test(made.path)
    return made.inst.phase === 'request' && isOld && this.isListening(made)
  }

  private isListening({ path, args }: Application): boolean {
    return args.length === 2 && LISTENS.test(path) && !/^(node:|global#|library#)/.test(path) && !this.a.catalog.knows(path.slice(0, path.indexOf('#')))
  }

  /** `export const POST = withLog(async (req) => …)`, `class User extends slug(Model)`: what an unknown function of a package makes of a function or a class stands for it. */
  standsFor({ args, result }: Application): void {
    for (const arg of args) {
      this.library.functions(arg, (fn) => this.a.solver.add(result, fn.id))
      this.a.solver.watch(arg, (id) => { if (this.a.value(id).kind === 'class') this.a.solver.add(result, id) })
    }
  }

  private given(made: Application, value: ObjectValue): void {
    if (!WRAPPER.test(made.path) || !this.tables.take(made, value)) this.runMembers(made, value)
  }

  private runMembers(made: Application, value: ObjectValue): void {
    const rendered = isRendered(made)
    let left = mostKeys(value) * 4
    value.holder.onField((name, node) => {
      if (left-- <= 0) return
      // Handlers of a rendered component, and what a hook tells (`useMutation({ onSuccess })`), wait for a browser.
      if (rendered && /^on[A-Z]/.test(name)) return
      this.a.solver.watch(node, (id) => {
        const fn = this.a.value(id)
        if (fn.kind === 'fn') this.runUnknown(made, fn)
        else if (fn.kind === 'object' && fn.shape === 'array' && fn.env === made.inst) this.library.functions(constant(id), (each) => this.runUnknown(made, each))
        else if (fn.kind === 'object' && fn.cls) this.runPromised(made, fn.cls, fn)
      })
    })
  }

  /** `new Client({ repository })`, `server.connect(transport)`: of a class that implements what the package asks for. The package calls its methods. */
  private runPromised(made: Application, cls: ClassValue, value: ObjectValue): void {
    const name = packageOf(moduleOf(made.path))
    const isPromised = (cls.cls.impl ?? []).some((type) => [...this.library.components.types.targets(cls.unit, type)].some((target) => target.kind === 'lib' && packageOf(moduleOf(target.path)) === name))
    if (!isPromised) return
    for (const method of cls.cls.methods.filter((one) => isCallable(one) && !this.library.components.isStartedBy(cls, one.n))) {
      // What is given at start-up is asked while the server runs, but for what opens it.
      const options = made.inst.phase === 'startup' && !isOnce(method.n) ? { phase: 'background' as const, later: true } : {}
      this.library.calls.invoke(made.inst, made.site, this.a.fnValue(cls.unit, method.f, cls.env, value), [], [], NOTHING, options)
    }
  }

  private runUnknown(made: Application, fn: FnValue): void {
    this.library.calls.invoke(made.inst, made.site, fn, [], this.steps.handed(made, fn), NOTHING)
  }
}
