import type { EntryModel } from '../model/catalog.js'
import type { BindingId, Expr } from '../model/facts.js'
import type { MergedRow } from './catalog-index.js'
import type { Instance, Unit } from './instances.js'
import type { Ref } from './solver.js'
import type { ClassValue, FnValue, ObjectValue } from './values.js'

/** A call, construction or decorator whose callee is something of a library or a built-in. */
export interface LibraryCall {
  inst: Instance
  site: Expr
  path: string
  recv: ObjectValue | FnValue | ClassValue | undefined
  args: Ref[]
  result: Ref
  row: MergedRow | undefined
}

/** A write to a field, element or binding. */
export interface WriteRecord {
  inst: Instance
  site: Expr
  /** The object written, for fields and elements … */
  base?: Ref
  /** … its field; absent for an unknown key, then `key` may tell. */
  name?: string
  key?: Ref
  /** … or the binding and the invocation that owns it. */
  binding?: BindingId
  owner?: Instance
  value: Ref
  op: string
}

/** A read of a field or of a binding of an outer invocation. */
export interface ReadRecord {
  inst: Instance
  /** None where a pattern takes a member: then it is read where the name is used. */
  site?: Expr
  taken?: BindingId
  base?: Ref
  name?: string
  binding?: BindingId
  owner?: Instance
}

/** Code that serves requests, as it was registered. */
export interface EntryRecord {
  model: EntryModel
  /** The registration: expression and the invocation it is in. */
  inst: Instance
  site: Expr | undefined
  unit: Unit
  /** Span to report when there is no call (decorated method, exported function). */
  start: number
  end: number
  methods: string[]
  methodRef: Ref
  /** Where its path may stand: the first that is there counts. */
  pathRefs: Ref[]
  pathExpr: Expr | undefined
  name: string | undefined
  route: string | undefined
  /** Its path below its router, where the row of a table says it. */
  tail?: string
  recv: ObjectValue | undefined
  /** A library makes its handler … */
  opaque?: true
  /** … of which this path is known; and what it does by itself, it does to what is here. */
  answeredBy?: string
  workedOn?: Ref[]
  /** What stands here is done instead. */
  insteadOf?: Ref
  /** A deployment file names it. */
  deployed?: true
  /** It says only that there is such a function: what calls it may stand elsewhere. */
  fallback?: true
  /** A handler by the place of its file alone: a table of routes may say more. */
  byPlace?: true
  /** A middleware behind which nothing can come. */
  alone?: true
  /** The registration was taken for one by its shape: its receiver is not known. */
  guessed?: boolean
  /** A listener of an object of an unknown package. */
  heard?: true
  /** Where its handlers are given. */
  given?: Ref[]
  /** It is not what its form promised: no registration at all. */
  settledOut?: true
  /** What its condition asks about: holds or fails only once all values are known. */
  condition?: Ref
  handlers: { instance: Instance; order: number }[]
}

/** Routes that a function registers stand under the prefix of what the call yields: `router.group(fn).prefix('/x')`. */
export interface GroupRecord {
  fn: Ref
  result: Ref
}

export interface MountRecord {
  parent: ObjectValue | undefined
  child: ObjectValue
  path: Ref
  inst: Instance
  site: Expr
}

export interface GapRecord {
  reason: string
  unit: Unit
  at: number
  symbol: string
  inst: Instance | undefined
}
