import type { Curries } from '../model/catalog.js'
import type { ClassFact, Expr, FnFact } from '../model/facts.js'
import type { Code } from './code.js'
import type { Context, Instance, Phase, Unit } from './instances.js'
import type { Ref } from './solver.js'

export type Value = FnValue | ClassValue | ObjectValue | LibraryValue | LiteralValue | NamespaceValue

/** A closure: code, the invocation that made it, and the receiver when it was read as a method. */
export interface FnValue {
  kind: 'fn'
  id: number
  unit: Unit
  fn: FnFact
  code: Code
  env: Instance
  self?: ObjectValue | ClassValue | undefined
  /** `fn.bind(null, db)`: what comes before the arguments of each call. */
  preset?: Preset | undefined
  holder: ObjectHolder
}

export interface Preset {
  args: Ref[]
  /** Tells its invocations apart by where it was bound; only at start-up. */
  context: Context | undefined
  /** Calls that give too little bind that, and run nothing. */
  curried?: Curries | undefined
}

/** Parameters that a call of it fills. */
export const openParams = ({ fn, preset }: FnValue): number => fn.params.length - (preset?.args.length ?? 0)

export interface ClassValue {
  kind: 'class'
  id: number
  unit: Unit
  cls: ClassFact
  env: Instance
  holder: ObjectHolder
  /** Node of the superclass value. */
  parent: number
  /** Objects made of it, for annotated places that no call reaches. */
  instances: ObjectValue[]
  /** Made by a container: one for the process, or one for each request. */
  managed?: ObjectValue
  /** What is put on `Shelf.prototype`, and the objects that have it: those of the classes below, too. */
  proto?: ObjectValue | undefined
  heirs?: ObjectValue[]
}

/** An allocation: site and phase. */
/** What a project adds to a class that a library makes of a schema. */
export interface ModelExtension {
  /** What the framework writes on it. */
  said?: Map<string, number>
  name?: string | undefined
  /** One call makes models of several names. */
  several?: true
  /** Place of the objects whose members the class has itself; of those that its rows have. */
  own: number
  rows: number
}

export interface ObjectValue {
  kind: 'object'
  id: number
  /** Where it is made; the class for objects that a container makes. */
  unit: Unit
  site: Expr | undefined
  phase: Phase
  /** The invocation that made it. */
  env: Instance | undefined
  shape: 'object' | 'array' | 'instance' | 'library' | 'exports' | 'global' | 'bag'
  cls?: ClassValue | undefined
  /** Constructor function of `new F()`. */
  proto?: FnValue | undefined
  /** Access path of a library instance. */
  path?: string | undefined
  /** Given by a library as an instance of the project's class: it has the members of its path, not those of a new one. */
  found?: true | undefined
  /** Made in the course of a script that somebody starts by hand. */
  ofScript?: true | undefined
  /** A container makes it anew for each request, also where something asks for it that lives longer. */
  anew?: true | undefined
  /** A project's own global that its services hang on, or the application of a framework: each member is a place of its own. */
  ofServices?: true | undefined
  /** One of several entries of a list: its members belong to the list. */
  ofList?: true | undefined
  /** The list of a rest parameter. */
  rest?: true | undefined
  holder: ObjectHolder
  /** The declaration that it belongs to, once known. */
  home?: Home | undefined
  /** What the functions of a table were handed over with. */
  given?: number[] | undefined
  /** Arguments of the call that made a library instance. */
  args?: number[] | undefined
  /** The receiver of that call. */
  recv?: ObjectValue | undefined
  /** Where its path prefix stands among the arguments that made it. */
  prefix?: string | undefined
  /** Prefixes that were set on it afterwards: `router.prefix('/x')`. */
  prefixes?: number[] | undefined
  /** A class that a library makes of a schema: places of the objects whose members it has, and those that its rows have. */
  extension?: ModelExtension | undefined
  /** The class that it is a row of. */
  rowOf?: ModelExtension | undefined
  /** Name of its type argument: the entity of a `Repository<User>`. */
  of?: string | undefined
  /** What it is a copy of, as a rest is: who gave what stands there. */
  copyOf?: ObjectValue[] | undefined
}

/** Something of a library: function, namespace or member; `recv` is the object that it was read from. */
export interface LibraryValue {
  kind: 'lib'
  id: number
  path: string
  recv?: ObjectValue | FnValue | ClassValue | undefined
}

export interface LiteralValue {
  kind: 'lit'
  id: number
  value: string | number | boolean | null | undefined
}

/** The exports of a project module. */
export interface NamespaceValue {
  kind: 'ns'
  id: number
  unit: Unit
}

const NO_FIELDS: ReadonlyMap<string, number> = new Map()

/** Named fields of an object as nodes. `[]` holds what is stored under unknown keys or as elements. */
export class ObjectHolder {
  private own: Map<string, number> | undefined = undefined
  /** Methods that an object literal declares: what is stored under unknown keys are data, not these. */
  methods: Set<string> | undefined = undefined
  /** Names that an object literal writes over what a spread before them brought, which nobody knows by name. */
  over: readonly string[] | undefined = undefined
  private listeners: ((name: string, node: number) => void)[] | undefined = undefined

  /** Few functions have any. */
  get fields(): ReadonlyMap<string, number> {
    return this.own ?? NO_FIELDS
  }

  /** Calls `see` for each field there is or will be. */
  onField(see: (name: string, node: number) => void): void {
    ;(this.listeners ??= []).push(see)
    for (const [name, node] of this.fields) see(name, node)
  }

  set(name: string, node: number): void {
    ;(this.own ??= new Map()).set(name, node)
    if (this.listeners) for (const see of this.listeners.slice()) see(name, node)
  }
}

/** What is known of an object when it is made. */
export type MadeObject = Omit<ObjectValue, 'kind' | 'id' | 'holder'>

/** One shape for all objects, whatever is known of them: nothing is looked at more often. */
export class HeapObject implements ObjectValue {
  readonly kind = 'object'
  readonly holder = new ObjectHolder()
  unit: Unit
  site: Expr | undefined
  phase: Phase
  env: Instance | undefined
  shape: 'object' | 'array' | 'instance' | 'library' | 'exports' | 'global' | 'bag'
  cls: ClassValue | undefined
  proto: FnValue | undefined
  path: string | undefined
  found: true | undefined
  ofScript: true | undefined
  ofServices: true | undefined
  ofList: true | undefined
  rest: true | undefined
  home: Home | undefined
  given: number[] | undefined
  args: number[] | undefined
  recv: ObjectValue | undefined
  prefix: string | undefined
  prefixes: number[] | undefined
  extension: ModelExtension | undefined
  rowOf: ModelExtension | undefined
  of: string | undefined
  copyOf: ObjectValue[] | undefined = undefined

  constructor(readonly id: number, made: MadeObject) {
    this.unit = made.unit
    this.site = made.site
    this.phase = made.phase
    this.env = made.env
    this.shape = made.shape
    this.cls = made.cls
    this.proto = made.proto
    this.path = made.path
    this.found = made.found
    this.ofServices = made.ofServices
    this.ofList = made.ofList
    this.rest = made.rest
    this.home = made.home
    this.given = made.given
    this.args = made.args
    this.recv = made.recv
    this.prefix = made.prefix
    this.prefixes = made.prefixes
    this.extension = made.extension
    this.rowOf = made.rowOf
    this.of = made.of
  }
}

/** What a person would call the place that holds a value. */
export interface Home {
  unit: Unit
  /** `cache`, `UserService.cache`, `app.locals.visits`. */
  name: string
  /** Span of the declaring name. */
  start: number
  end: number
  kind: 'binding' | 'field' | 'static' | 'property' | 'bag' | 'global'
  /** Templates may read it, of which nothing is known. */
  templates?: true
  /** A local of a function, and whether inner functions capture it. */
  local?: true
  captured?: true
  /** A field of a class without a name: what its only object is held by says where it belongs. */
  nameless?: true
  /** A member assignment somewhere: what holds the object may say better where it belongs. */
  assigned?: true
}

export const ELEMENTS = '[]'
/** Names of our own on objects, which no code reads or writes: `@along`. */
export const HIDDEN = /^@/
