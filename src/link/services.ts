import type { BuildModel, ServiceModel } from '../model/services.js'
import type { Given } from './arguments.js'
import type { Instance, Phase } from './instances.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { ELEMENTS, type ClassValue, type ObjectValue, type Value } from './values.js'

/** Who asks for a service: what is made anew for each lives as long as that. */
export type Asker = 'startup' | 'request'
export const askerOf = (phase: Phase): Asker => (phase === 'startup' ? 'startup' : 'request')

type Scope = 'singleton' | 'request' | 'transient'
type Offer = (asker: Asker, node: number) => void

/** What a container gives for one token. */
interface Slot {
  offers: Offer[]
  places: Map<Asker, number>
}

/** Member of a library's object for what a container has made for it. */
const BUILT = '@built'

/** Methods of objects that a bag of services has by itself. */
const NO_SERVICE = new Set(['then', '__proto__', 'constructor', 'prototype', ELEMENTS])

/**
 * Services of containers, by their tokens (classes, texts, symbols, objects): bindings offer, constructors, fields and calls
 * ask. A binding is looked into when somebody asks for what it gives. All containers of a program are one.
 */
export class Services {
  private readonly slots = new Map<number, Slot>()
  /** Bindings whose scope a later call of the same chain may say. */
  private readonly open: (() => void)[] = []
  /** Classes that were asked for by themselves, where a binding may still say more. */
  private readonly waiting: { cls: ClassValue; slot: Slot; asker: Asker }[] = []
  private readonly scopes = new Map<ObjectValue, Scope>()
  private readonly bags = new Map<string, ObjectValue>()
  private looked = 0

  constructor(private readonly library: Library) {
    library.a.servicesIn = (bag) => this.byName(bag, 'request')
  }

  private get a(): Library['a'] {
    return this.library.a
  }

  // ---------------------------------------------------------------- asking

  /** Lets what stands for a token flow into a place; of a class that nothing is said of, its instance, where it is asked for `itself`. */
  ask(token: Ref, node: number, asker: Asker, itself = true): void {
    this.a.solver.watch(token, (id) => {
      const slot = this.slotOf(id)
      this.a.solver.flow(this.place(slot, asker), node)
      const value = this.a.value(id)
      if (!itself || slot.offers.length > 0) return
      if (value.kind === 'class' && this.library.components.isBound(value)) this.waiting.push({ cls: value, slot, asker })
      // `getModelToken('Cat')`: a name that a library has made, and no class of it.
      else if (value.kind === 'class' || (value.kind === 'lib' && !value.path.endsWith('()'))) this.a.solver.flow(this.library.components.instanceFor(value, asker), node)
      // `getRepositoryToken(User)`: what a library has made stands for itself.
      else if (value.kind === 'object' && value.shape === 'library') this.a.solver.add(node, id)
    })
  }

  private slotOf(id: number): Slot {
    let slot = this.slots.get(id)
    if (!slot) this.slots.set(id, (slot = { offers: [], places: new Map() }))
    return slot
  }

  private place(slot: Slot, asker: Asker): number {
    let node = slot.places.get(asker)
    if (node === undefined) {
      slot.places.set(asker, (node = this.a.solver.node()))
      for (const offer of slot.offers.slice()) offer(asker, node)
    }
    return node
  }

  /** Each member of an object is the service of that name: `cradle`. */
  private byName(bag: ObjectValue, asker: Asker): void {
    bag.holder.onField((name, node) => {
      if (!NO_SERVICE.has(name) && !name.startsWith('@')) this.ask(constant(this.a.literal(name).id), node, asker)
    })
  }

  /** The object whose members are the services, for what lives so long. */
  private bagOf(path: string, asker: Asker): ObjectValue {
    const key = `${asker} ${path}`
    let bag = this.bags.get(key)
    if (!bag) {
      bag = this.a.object({ unit: this.a.units[0] as Instance['unit'], site: undefined, phase: asker, env: undefined, shape: 'bag' })
      this.bags.set(key, bag)
      this.byName(bag, asker)
    }
    return bag
  }

  /** What a constructor or factory is given by a container that goes by names: the bag of all, or the service of each parameter's name. */
  named(fn: Instance['fn'], unit: Instance['unit'], path: string, asker: Asker): Ref[] {
    return fn.params.map((param, i) => {
      const node = this.a.solver.node()
      if (i === 0) this.a.solver.add(node, this.bagOf(path, asker).id)
      const name = param.t.k === 'bind' ? unit.facts.bindings[param.t.b]?.n : undefined
      if (name !== undefined) this.ask(constant(this.a.literal(name).id), node, asker)
      return node
    })
  }

  // ---------------------------------------------------------------- offering

  private offer(token: Ref, offer: Offer): void {
    this.a.solver.watch(token, (id) => {
      const slot = this.slotOf(id)
      slot.offers.push(offer)
      for (const [asker, node] of slot.places) offer(asker, node)
    })
  }

  /** A call that binds something to a token, or several by their names. */
  bind(made: Application, models: ServiceModel[]): void {
    for (const model of models) {
      if (!this.library.conditions.holds(model.onlyWhen, made)) continue
      if (model.token.endsWith('{}')) this.bindMembers(made, model)
      else for (const token of this.library.arguments.refs(model.token, made)) for (const of of this.library.arguments.refs(model.of, made)) this.bindOne(made, model, token, of)
    }
  }

  /** `register({ carts: asClass(Carts) })`: the names are the tokens. */
  private bindMembers(made: Application, model: ServiceModel): void {
    for (const ref of this.library.arguments.refs(model.token.slice(0, -2), made)) {
      this.library.registration.members(ref, (name, node) => this.bindOne(made, model, constant(this.a.literal(name).id), node))
    }
  }

  /** `container.build(makeIt)`: made though nobody has bound it. */
  build(made: Application, model: BuildModel, isHeld: boolean): void {
    if (made.result < 0) return
    const node = isHeld ? this.a.solver.node() : made.result
    if (isHeld) this.a.solver.watch(made.result, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.site === made.site) this.a.solver.flow(node, this.a.field(value, BUILT))
    })
    const asker = model.scope ?? askerOf(made.inst.phase)
    const plain: ServiceModel = { token: '0', of: model.of, as: 'instance', byName: model.byName }
    for (const of of this.library.arguments.refs(model.of, made)) {
      this.giving(made, plain, of, undefined)(asker, node)
      this.a.solver.watch(of, (id) => {
        const value = this.a.value(id)
        if (value.kind === 'object') for (const offer of this.resolved(made, value)) offer(asker, node)
      })
    }
  }

  /** What an object gives that says it by its own row. */
  private resolved(made: Application, value: ObjectValue): Offer[] {
    const own: Application = { ...made, recv: value, args: value.args ?? [] }
    const models = value.path === undefined ? undefined : this.a.catalog.row(value.path)?.service
    return (models ?? []).flatMap((model) => this.library.arguments.refs(model.of, own).map((of) => this.giving(own, model, of, value)))
  }

  /** A module that is loaded by the pattern of a folder: what it exports is the service of its name. */
  bindModule(made: Application, model: ServiceModel, names: string[], exported: Ref): void {
    for (const name of names) this.bindOne({ ...made, recv: undefined }, model, constant(this.a.literal(name).id), exported)
  }

  private bindOne(made: Application, model: ServiceModel, token: Ref, of: Ref): void {
    if (model.as === 'resolver') return this.a.solver.watch(of, (id) => this.bindResolver(made, token, this.a.value(id)))
    const recv = made.recv?.kind === 'object' ? made.recv : undefined
    if (model.scope === 'bound') this.open.push(() => this.offer(token, this.giving(made, model, of, recv)))
    else this.offer(token, this.giving(made, model, of, recv))
  }

  /** `asClass(Carts).singleton()`: an object that says what it gives. */
  private bindResolver(made: Application, token: Ref, value: Value): void {
    const models = value.kind === 'object' && value.path !== undefined ? this.a.catalog.row(value.path)?.service : undefined
    if (!models || value.kind !== 'object') return
    const own: Application = { ...made, recv: value, args: value.args ?? [] }
    for (const model of models) for (const of of this.library.arguments.refs(model.of, own)) this.bindOne(own, model, token, of)
  }

  private giving(made: Application, model: ServiceModel, of: Ref, recv: ObjectValue | undefined): Offer {
    return (asker, node) => {
      if (model.as === 'value') return this.a.solver.flow(this.library.access.awaited(of), node)
      const lives = this.lifetime(made, model, recv) === 'singleton' ? 'startup' : asker
      if (model.as === 'service') return this.ask(of, node, lives)
      if (model.as === 'maker') return this.a.solver.add(node, this.makerOf(made, model, of))
      if (model.as === 'result') return this.fromFactory(made, model, of, node, lives)
      this.a.solver.watch(of, (id) => {
        const cls = this.a.value(id)
        if (cls.kind === 'class') this.a.solver.add(node, this.library.components.instance(cls, lives, model.byName).id)
        // A factory where a class is expected: `asClass` of a constructor function.
        else if (cls.kind === 'fn') this.fromFactory(made, model, constant(id), node, lives)
      })
    }
  }

  private makerOf({ inst: { unit } }: Application, { maker }: ServiceModel, of: Ref): number {
    return this.a.object({ unit, site: undefined, phase: 'startup', env: undefined, shape: 'library', path: maker, args: [of] }).id
  }

  private fromFactory(made: Application, model: ServiceModel, of: Ref, node: number, lives: Asker): void {
    this.library.functions(of, (fn) => {
      const params = model.byName !== undefined ? this.named(fn.fn, fn.unit, model.byName, lives) : this.factoryArguments(made, model, lives)
      const context = this.a.context({ k: 'this', p: fn.fn.p, e: fn.fn.p }, made.inst)
      const result = this.a.solver.node()
      this.library.calls.invoke(made.inst, made.site, fn, [], params, result, { phase: lives, context })
      this.a.solver.flow(this.library.access.awaited(result), node)
    })
  }

  /** `useFactory: (db, log) => …, inject: [Db, Log]`, or what the container hands to all factories. */
  private factoryArguments(made: Application, model: ServiceModel, lives: Asker): Ref[] {
    if (model.inject === undefined) return (model.params ?? []).map((path) => this.library.typed(path, lives))
    return this.library.arguments.refs(model.inject, made).flatMap((list) => [0, 1, 2, 3, 4, 5, 6, 7].map((i) => {
      const node = this.a.solver.node()
      this.ask(this.library.access.position(list, i), node, lives)
      return node
    }))
  }

  // ---------------------------------------------------------------- lifetimes

  /** `.inSingletonScope()`: the binding that it is called on lives so long. */
  scope(recv: Application['recv'], scope: Scope): void {
    if (recv?.kind === 'object') this.scopes.set(recv, scope)
  }

  private lifetime(made: Application, model: ServiceModel, recv: ObjectValue | undefined): Scope {
    const from = model.scopeFrom
    for (let at = recv, own: Given = made; ; own = { args: [], recv: at }) {
      const said = at && this.scopes.get(at)
      if (said) return said
      if (from && this.textsAt(from.arg, own).some((text) => from.singleton.includes(text))) return 'singleton'
      if (!at) break
      at = at.recv
    }
    return model.scope === undefined || model.scope === 'bound' ? 'transient' : model.scope
  }

  private textsAt(path: string, made: Given): string[] {
    return this.library.arguments.now(path, made).map((value) => (value.kind === 'lit' ? String(value.value) : value.kind === 'lib' ? value.path : ''))
  }

  // ---------------------------------------------------------------- what is only known in the end

  /** Bindings that are complete by now, and classes that none speaks of; says whether there was anything new. */
  settle(): boolean {
    const found = this.look()
    const open = this.open.splice(0)
    for (const bind of open) bind()
    const waiting = this.waiting.splice(0)
    for (const { cls, slot, asker } of waiting) {
      if (slot.offers.length === 0) this.a.solver.flow(this.library.components.instanceFor(cls, asker), this.place(slot, asker))
    }
    return found || open.length + waiting.length > 0
  }

  /** Objects that say `provide: token`: bindings of a container, wherever they stand. */
  private look(): boolean {
    const { objects } = this.a
    let found = false
    for (; this.looked < objects.length; this.looked++) {
      const object = objects[this.looked] as ObjectValue
      const token = object.shape === 'object' ? object.holder.fields.get('provide') : undefined
      if (token === undefined) continue
      found = true
      this.provider(object, token)
    }
    return found
  }

  private provider(object: ObjectValue, token: Ref): void {
    const made: Application = { inst: object.env ?? object.unit.module, site: object.site ?? { k: 'this', p: 0, e: 0 }, path: '', recv: object, args: [constant(object.id)], result: NOTHING }
    for (const model of PROVIDER) {
      const of = object.holder.fields.get(model.of)
      if (of !== undefined) this.offer(token, this.giving(made, model, of, undefined))
    }
  }
}

/** `{ provide: token, useClass: Impl }`. */
const PROVIDER: ServiceModel[] = [
  { token: 'provide', of: 'useValue', as: 'value' },
  { token: 'provide', of: 'useClass', as: 'instance', scope: 'singleton' },
  { token: 'provide', of: 'useExisting', as: 'service', scope: 'singleton' },
  { token: 'provide', of: 'useFactory', as: 'result', scope: 'singleton', inject: '0.inject' },
]
