import type { Expr, FnFact, MethodFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Instance } from './instances.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'
import type { ClassValue, FnValue, ObjectValue } from './values.js'

/** What a library hands to methods that it calls by itself. */
export const GIVEN = 'library#argument'
export const GIVEN_SESSION = 'library#sessionArgument'
/** `socket.onmessage = …`, `provider.onError = …`. */
const HANDLER = /^on[a-zA-Z]/
/** Decorators and modules decide what is called there. */
const DECORATED = /^@nestjs\//

/**
 * Objects that a library calls by itself: a class that extends or implements something of a package that serves requests
 * (session stores, adapters of identity providers, extensions of socket servers), and functions assigned to `on…` of
 * something of a library. Methods that nothing in the project calls must be the library's to call.
 */
export class CalledBack {
  private readonly done = new Set<FnFact | FnValue>()

  constructor(private readonly library: Library) {}

  private get a(): Analysis {
    return this.library.a
  }

  /** Runs what libraries call; says whether there was anything new. */
  run(): boolean {
    const reached = new Set(this.a.instances.filter((inst) => inst.phase !== 'startup').map((inst) => inst.fn))
    let any = this.library.unknown.tables.runUncalled(new Set(this.a.instances.map(({ fn }) => fn)))
    for (const cls of this.a.classes.slice()) any = this.methodsOf(cls, reached) || any
    any = this.told() || any
    return this.assigned() || any
  }

  /** Listeners of objects of unknown packages: somebody sends what they are told, and who is not known. */
  private told(): boolean {
    const heard = this.library.unknown.heard.splice(0)
    for (const { made, fn } of heard) {
      if (this.done.has(fn)) continue
      this.done.add(fn)
      const record = this.library.registration.record(made, { kind: 'hook', path: '0' })
      record.guessed = this.isServed(made.path.slice(0, made.path.indexOf('#') + 1))
      record.heard = true
      this.library.registration.handle(made, record, fn, fn.fn.params.map(() => this.given(false)), 0)
    }
    return heard.length > 0
  }

  private readonly served = new Map<string, boolean>()

  /** Was a package given a server, to answer clients through? */
  private isServed(module: string): boolean {
    let known = this.served.get(module)
    if (known === undefined) {
      known = this.a.calls.some(({ path, args }) => path.startsWith(module) && args.some((arg) => this.holdsServer(arg, true)))
      this.served.set(module, known)
    }
    return known
  }

  private holdsServer(ref: Ref, inside: boolean): boolean {
    return this.a.of(ref).some((value) => {
      if (value.kind !== 'object') return false
      if (inside && value.shape === 'object') return [...value.holder.fields.values()].some((field) => this.holdsServer(field, false))
      return value.path !== undefined && this.a.catalog.serving(value.path.slice(0, value.path.indexOf('#'))) !== undefined
    })
  }

  private methodsOf(cls: ClassValue, reached: Set<FnFact>): boolean {
    if (cls.cls.abstract || cls.managed) return false
    const above = this.above(cls)
    if (!above || /^(node:|global#)/.test(above.path) || DECORATED.test(above.path)) return false
    const module = above.path.slice(0, above.path.indexOf('#'))
    const facets = this.a.catalog.serving(module)
    if (!facets) return false
    const selves = this.selvesOf(cls, above.promised)
    let any = false
    for (const own of above.chain) for (const method of own.cls.methods) {
      const fn = own.unit.facts.functions[method.f] as FnFact
      if (!isPublic(method) || this.done.has(fn) || reached.has(fn)) continue
      this.done.add(fn)
      for (const self of selves) any = (isOfStart(method.n) ? this.begin(own, method, self) : this.call(own, method, self, facets.session)) || any
    }
    return any
  }

  /** The package that a class belongs to by what it extends or implements, and the classes of the project on the way. */
  private above(cls: ClassValue, seen = new Set([cls])): { path: string; promised: boolean; chain: ClassValue[] } | undefined {
    for (const type of cls.cls.impl ?? []) {
      for (const target of this.library.components.types.targets(cls.unit, type)) if (target.kind === 'lib') return { path: target.path, promised: true, chain: [cls] }
    }
    for (const parent of this.a.of(cls.parent)) {
      if (parent.kind === 'lib') return { path: parent.path, promised: false, chain: [cls] }
      const further = parent.kind === 'class' && !seen.has(parent) ? this.above(parent, seen.add(parent)) : undefined
      if (further) return { ...further, chain: [cls, ...further.chain] }
    }
    return undefined
  }

  /** The objects that the program makes of a class; a class that it only hands over is made by the library, each time anew. */
  private selvesOf(cls: ClassValue, promised: boolean): ObjectValue[] {
    const lasting = cls.instances.filter((object) => object.phase === 'startup')
    if (cls.instances.length > 0 || !promised) return lasting
    return [this.a.object({ unit: cls.unit, site: undefined, phase: 'request', env: cls.env, shape: 'instance', cls })]
  }

  /** Called when the server starts, before anybody asks. */
  private begin(cls: ClassValue, method: MethodFact, self: ObjectValue): boolean {
    const fn = this.a.fnValue(cls.unit, method.f, cls.env, self)
    this.library.calls.invoke(cls.env, { k: 'this', p: method.q, e: method.q }, fn, [], fn.fn.params.map(() => this.given(false)), NOTHING, { phase: 'startup' })
    return true
  }

  private call(cls: ClassValue, method: MethodFact, self: ObjectValue, session: boolean): boolean {
    const fn = this.a.fnValue(cls.unit, method.f, cls.env, self)
    const site = { k: 'this' as const, p: method.q, e: method.q }
    const made: Application = { inst: cls.env, site, path: '', recv: self, args: [], result: NOTHING }
    const record = this.library.registration.record(made, { kind: 'middleware' }, `${cls.cls.n ?? ''}.${method.n}`)
    record.guessed = true
    this.library.registration.at(record, cls.unit, method.q, method.q + method.n.length)
    this.library.registration.handle(made, record, fn, fn.fn.params.map((_, i) => this.given(session && i === 0)), 0)
    return true
  }

  private given(session: boolean): Ref {
    return constant(this.a.library(session ? GIVEN_SESSION : GIVEN).id)
  }

  /** Handlers that are assigned to something of a library. */
  private assigned(): boolean {
    let any = false
    for (const { inst, site, name, base, value, op } of this.a.writes.slice()) {
      if (base === undefined || name === undefined || op !== '=' || !HANDLER.test(name) || !this.isOfLibrary(base)) continue
      for (const fn of this.a.of(value)) {
        if (fn.kind !== 'fn' || this.done.has(fn)) continue
        this.done.add(fn)
        if (inst.phase === 'startup' && isOfStart(name)) {
          this.library.calls.invoke(inst, site, fn, [], [], NOTHING, { phase: 'startup' })
          any = true
          continue
        }
        if (inst.phase === 'startup' && this.isServing(base)) {
          any = this.asHook({ inst, site, name, base }, fn) || any
          continue
        }
        this.library.calls.invoke(inst, site, fn, [], [], NOTHING, { phase: inst.phase === 'startup' ? 'background' : inst.phase, later: true })
        any = true
      }
    }
    return any
  }

  /** Something of a package that serves requests: what is assigned there answers them. What it opens to other servers does not. */
  private isServing(base: Ref): boolean {
    return this.a.of(base).some((value) => (value.kind === 'lib' || value.kind === 'object') && value.path !== undefined && !this.a.catalog.row(value.path)?.client && this.a.catalog.serving(value.path.slice(0, value.path.indexOf('#'))) !== undefined)
  }

  private asHook({ inst, site, name, base }: { inst: Instance; site: Expr; name: string; base: Ref }, fn: FnValue): boolean {
    const [recv] = this.a.of(base).flatMap((value) => (value.kind === 'lib' ? value.recv ?? [] : value.kind === 'object' ? [value] : []))
    const made: Application = { inst, site, path: '', recv, args: [], result: NOTHING }
    const record = this.library.registration.record(made, { kind: 'hook' }, name)
    record.guessed = true
    this.library.registration.handle(made, record, fn, fn.fn.params.map(() => this.given(false)), 0)
    return true
  }

  private isOfLibrary(base: Ref): boolean {
    return this.a.of(base).some((value) => (value.kind === 'lib' && !value.path.startsWith('global#')) || (value.kind === 'object' && value.shape === 'library' && value.path !== undefined))
  }
}

/** Named for the beginning or the end of the process. */
const ONCE = /^(on)?(config(ure)?|destroy|init(ialize|ialise)?|shutdown|close|listen|start|stop|setup|register|install|boot(strap)?|ready|connect|to(JSON|String))$/i

/** `serverWillStart`, `onServerStarted`, `applicationReady`: says whose beginning it is. */
const OF_START = /^(on|before|after)?(server|app(lication)?|plugin|extension)(will|did)?(start(ed|up|ing)?|listen(ing)?|init(ialized?)?|boot(strap)?|ready)$/i
/** `onStartup`, `onReady`: the same where it is told in one word. */
const ON_START = /^on(start(ed|up)?|boot(strap)?|init(ialized?)?|listening|launch|ready|setup)$/i
const isOfStart = (name: string): boolean => OF_START.test(name) || ON_START.test(name)

/** May somebody else call it? */
export const isCallable = (method: MethodFact): boolean => !method.static && !method.abstract && method.kind === 'method' && !/^[_#]/.test(method.n)

const isPublic = (method: MethodFact): boolean => isCallable(method) && !isOnce(method.n)

/** `onConnect` is told of each connection; `connect` opens the object's own. */
export const isOnce = (name: string): boolean => ONCE.test(name) && !/^onConnect$/i.test(name)

