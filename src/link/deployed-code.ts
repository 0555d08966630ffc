import type { CatalogRow, EntryKind, EntryModel } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import type { EntryRecord } from './analysis.js'
import { exportedPlace } from './conventions.js'
import type { Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { ROOT_PATH, folderOf, isRooted, joinRooted } from './paths.js'
import { HANDLERS } from './registration.js'
import { memberOf } from './shape.js'
import { NOTHING, type Ref, constant } from './solver.js'
import type { FnValue, ObjectValue } from './values.js'

type Deploys = NonNullable<CatalogRow['deploys']>
type Serverless = { kind: EntryKind; method?: string; request?: true; path?: string }

const SERVERLESS_FILE = /(^|\/)serverless[\w.-]*\.[cm]?[jt]s$/
const PARAMS = ['aws-lambda#Event.new', 'aws-lambda#Context.new', '']
const EVENTS: Record<string, Serverless> = {
  http: { kind: 'lambda', request: true }, httpApi: { kind: 'lambda', request: true }, alb: { kind: 'lambda', request: true },
  websocket: { kind: 'socket', path: 'route' }, schedule: { kind: 'job' },
}

/** Functions that infrastructure written as code names by file and export: AWS CDK, `serverless.ts`. */
export class DeployedCode {
  constructor(private readonly library: Library) {}

  private get a(): Library['a'] {
    return this.library.a
  }

  // ---------------------------------------------------------------- constructs

  /** `new NodejsFunction(this, 'Create', { entry, handler })`: the object stands for the function that it names. */
  deploys(made: Application, model: Deploys): void {
    const { recv } = made
    if (recv?.kind !== 'object') return
    const file = this.place(made, model.entry ?? model.folder)
    const handler = this.place(made, model.handler)
    const seen = new Set<string>()
    const update = (): void => {
      const names = this.texts(handler)
      // Without a handler it is the one that constructs take by default; it may only not be known yet.
      if (names.length === 0 && model.handler !== undefined && isWritten(made, model.handler)) return
      for (const path of this.texts(file)) {
        for (const name of names.length > 0 ? names : ['handler']) {
          if (seen.has(`${path} ${name}`)) continue
          seen.add(`${path} ${name}`)
          this.named(made, recv, model, path, name)
        }
      }
    }
    for (const { refs } of [file, handler]) for (const ref of refs) this.a.solver.watch(ref, update)
    update()
  }

  private place(made: Application, path: string | undefined): { refs: Ref[]; written: string | undefined } {
    if (path === undefined) return { refs: [], written: undefined }
    return { refs: this.library.arguments.refs(path, made), written: fromOwnFolder(made.inst.unit, writtenAt(made, path)) }
  }

  /** Texts of a place; of what is put together from the file's own folder, what is written. */
  private texts({ refs, written }: { refs: Ref[]; written: string | undefined }): string[] {
    return written === undefined ? refs.flatMap((ref) => this.library.arguments.texts(ref)) : [written]
  }

  private named(made: Application, recv: ObjectValue, model: Deploys, path: string, name: string): void {
    const [, inner = '', exported = name] = (model.entry && !name.includes('.') ? undefined : /^(.*)\.([\w$]+)$/.exec(name)) ?? []
    const unit = this.unitOf(made.inst.unit, model.entry ? path : `${path}/${inner}`)
    if (!unit) return
    this.functionsOf(unit, exported, (fn) => {
      this.a.solver.add(this.a.field(recv, HANDLERS), fn.id)
      const [id] = this.texts(this.place(made, model.name))
      this.enter(made, { kind: 'lambda' }, fn, id).fallback = true
    })
  }

  /** What a value is given to carries on its function: `new LambdaIntegration(fn)`. */
  carries(made: Application, paths: string[]): void {
    const holder = made.recv
    if (holder?.kind !== 'object') return
    for (const path of paths) for (const ref of this.library.arguments.refs(path, made)) this.library.functions(ref, (fn) => this.a.solver.add(this.a.field(holder, HANDLERS), fn.id))
  }

  /** An event source that is joined with a function: `api.addRoutes({ path, methods, integration })`. The entry stands where the function is written. */
  trigger(made: Application, model: EntryModel): void {
    if (!model.onlyWhen) return this.triggered(made, model)
    let known = false
    for (const ref of this.library.arguments.refs(model.onlyWhen.arg, made)) {
      this.a.solver.watch(ref, () => {
        if (!known) this.triggered(made, model)
        known = true
      })
    }
  }

  private triggered(made: Application, model: EntryModel): void {
    for (const path of model.handlers ?? []) {
      for (const ref of this.library.arguments.refs(path, made)) this.library.functions(ref, (fn) => void this.enter(made, model, fn, this.nameOf(fn)))
    }
  }

  private readonly names = new Map<number, string>()
  private readonly places = new Map<number, { unit: Unit; start: number; end: number }>()

  private nameOf(fn: FnValue): string | undefined {
    return this.names.get(fn.id)
  }

  private enter(made: Application, model: EntryModel, fn: FnValue, name: string | undefined): EntryRecord {
    const { registration } = this.library
    if (name !== undefined) this.names.set(fn.id, name)
    const at = this.places.get(fn.id) ?? { unit: fn.unit, start: fn.fn.q, end: fn.fn.q + (fn.fn.n?.length ?? 1) }
    const record = registration.at(registration.record(made, model, name), at.unit, at.start, at.end)
    record.site = undefined
    record.deployed = true
    registration.handle(made, record, fn, registration.params(PARAMS), 0)
    return record
  }

  private functionsOf(unit: Unit, exported: string, see: (fn: FnValue) => void): void {
    this.a.evaluateLater(unit)
    this.library.functions(this.library.access.modules.exportNode(unit, exported), (fn) => {
      this.places.set(fn.id, exportedPlace(unit, exported, fn))
      see(fn)
    })
  }

  /** A path from the root, from the package, or from the file that names it. */
  private unitOf(from: Unit, path: string): Unit | undefined {
    const dir = this.a.resolver.manifestOf(from.path)?.dir ?? '.'
    const bases = isRooted(path) ? [''] : [ROOT_PATH + (dir === '.' ? '' : dir), ROOT_PATH + folderOf(from.path), ROOT_PATH]
    for (const base of bases) {
      const joined = joinRooted(base === '' ? [path] : [base, path])
      const to = joined === undefined ? undefined : this.a.resolver.resolve('package.json', `./${joined.slice(ROOT_PATH.length)}`)
      const unit = to?.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
      if (unit) return unit
    }
    return undefined
  }

  // ---------------------------------------------------------------- serverless.ts

  /** `functions` of a configuration of the Serverless Framework that is written in TypeScript. */
  serverless(): void {
    for (const unit of this.a.units) {
      if (!SERVERLESS_FILE.test(unit.path)) continue
      this.a.evaluateLater(unit)
      const made: Application = { inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING }
      const functions = this.library.access.load(this.library.access.modules.exportNode(unit, 'default'), 'functions')
      this.library.registration.members(functions, (name, node) => this.a.solver.watch(node, (id) => {
        const value = this.a.value(id)
        if (value.kind === 'object') this.serverlessFunction(made, name, value)
      }))
    }
  }

  private serverlessFunction(made: Application, name: string, fn: ObjectValue): void {
    const written = fromOwnFolder(fn.unit, memberOf(fn.site, 'handler'))
    if (written !== undefined) return this.serverlessHandler(made, name, fn, written)
    this.a.solver.watch(this.library.access.load(constant(fn.id), 'handler'), (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lit' && typeof value.value === 'string') this.serverlessHandler(made, name, fn, value.value)
    })
  }

  private serverlessHandler(made: Application, name: string, fn: ObjectValue, handler: string): void {
    const [, path = '', exported = ''] = /^(.*)\.([\w$]+)$/.exec(handler) ?? []
    const unit = exported === '' ? undefined : this.unitOf(made.inst.unit, path)
    if (!unit) return
    this.functionsOf(unit, exported, (found) => {
      this.enter(made, { kind: 'lambda' }, found, name).fallback = true
      this.a.solver.watch(this.library.access.iterated(this.library.access.load(constant(fn.id), 'events')), (id) => {
        const event = this.a.value(id)
        if (event.kind === 'object') event.holder.onField((kind, config) => this.serverlessEvent(made, kind, config, found, name))
      })
    })
  }

  private serverlessEvent(made: Application, kind: string, config: Ref, fn: FnValue, name: string): void {
    const { access } = this.library
    const { request, path, ...model } = EVENTS[kind] ?? { kind: 'message' as const }
    const record = this.enter(made, request ? { ...model, methodDefault: 'ALL' } : model, fn, name)
    if (request) record.methodRef = access.load(config, 'method')
    if (request || path) record.pathRefs = [access.load(config, path ?? 'path')]
    this.a.solver.watch(config, (id) => {
      const value = this.a.value(id)
      if (!request || value.kind !== 'lit' || typeof value.value !== 'string') return
      const [method, route] = value.value.trim().split(/\s+/)
      record.methods = [route === undefined || method === undefined || method === '*' ? 'ALL' : method.toUpperCase()]
      if (route !== undefined) record.route = `/${route.replace(/^\//, '')}`
    })
  }
}

/** What is written at an argument path of a call. */
const writtenAt = ({ site }: Application, path: string): Expr | undefined => {
  const [index, name] = path.split('.')
  const x = site.k === 'new' || site.k === 'call' ? site.a[Number(index)] : undefined
  return name === undefined ? x : memberOf(x, name)
}

const isWritten = (made: Application, path: string): boolean => writtenAt(made, path) !== undefined

/** `${__dirname}/handler.main`, `${handlerPath(__dirname)}/handler.main`: from the folder of the file. */
const fromOwnFolder = (unit: Unit, x: Expr | undefined): string | undefined => {
  if (x?.k !== 'tpl' || x.tag || x.x.length !== 1 || x.q[0] !== '') return undefined
  const [part] = x.x
  const given = part?.k === 'call' ? part.a[0] : part
  if (given?.k !== 'glob' || given.n !== '__dirname') return undefined
  return joinRooted([ROOT_PATH + folderOf(unit.path), x.q[1] ?? ''])
}
