import type { EffectKind, EffectModel } from './effect.js'
import type { GuardModel } from './guard.js'
import type { InfraModel } from './infra.js'
import type { BuildModel, SendModel, ServiceModel } from './services.js'
import type { DiskModel, EmbeddedModel, StoreModel } from './stores.js'

export type { ConventionRow } from './convention.js'
export type { EffectKind, EffectModel } from './effect.js'
export type { GuardModel } from './guard.js'
export type { InfraModel } from './infra.js'
export type { DiskModel, EmbeddedModel, StoreModel } from './stores.js'

/**
 * What is known of libraries, as data: the same format for `src/catalog/*` and for `models` in a user's config (JSON-able).
 *
 * An **access path** names a value by the way one gets to it:
 *   `<module>#<export>` then any of `.member`, `()` (result of calling it), `.new` (an instance of it).
 *   - `<module>#default` is the default export, the namespace and the CommonJS exports object at once, and its member `X`
 *     is `<module>#X`: `import { Router } from 'express'`, `express.Router` and `require('express').Router` are all `express#Router`.
 *   - `.new` is *an instance of*: `ioredis#default.new`; a value annotated `x: FastifyInstance` is `fastify#FastifyInstance.new`.
 *   - Node's own modules are written with their prefix (`node:fs#writeFile`), built-ins as `global#Map.new`, `global#fetch`.
 *   - Promises are transparent: `await f()` and `.then(x => …)` see the same path as `f()`.
 *   - A row's path may hold `*` for exactly one member name (`@prisma/client#PrismaClient.new.*.create`).
 *
 * An **argument path** names a part of a call: `0`, `1.store`, `0.cookie.maxAge`, `this` (the receiver), `1..` (all from 1 on),
 * `last`, `0[]` (elements of an array argument), `0[id=1|x]` (those whose `id` is the text of argument 1, or that have none where it is `x`), `0{}` (values of an object argument), `2~1`: argument 2, or 1 where 2 is absent,
 * `0[=1]` (the member of argument 0 that argument 1 names), `this.@built` (what a container has made for the receiver), `made.0` (the argument that the receiver was made with), `0.@0` (the one that the library's object there was made with), `0.fields()` (what the function there returns), `0{!Query,*Mutation}` (values under all names but these), `0{*Mutation}` (values under these). Of a decorator of a class, `this` is an instance of the class.
 * Where paths of one entry start with the same `0[]`, each element of the array is a registration; a class where functions are expected is instantiated by the framework.
 */
export type AccessPath = string
export type ArgumentPath = string

export interface CatalogRow {
  path: AccessPath | AccessPath[]
  /** The row holds for these versions of the package: comparators (`<2`, `>=5 <6`), against package.json or, where that leaves the version open, the lockfile. */
  version?: string
  /** Options that only some versions know, with their ranges: elsewhere the option is as good as absent. As the row names them (`0.store`). */
  knownIn?: Record<ArgumentPath, string>

  /** What a call (or `new`, or member read) of this path yields, where it is not simply `path()`: another access path, `this`, or an argument path as `arg:0`. */
  returns?: AccessPath
  /** What it is where the program makes it with `new`, rather than being handed it by a server: a connection that it opens. */
  opened?: AccessPath
  /** Besides the argument that it returns, an instance of this (`repository.create(data)` of TypeORM: the data, with methods of a row). */
  besides?: AccessPath
  /** What it returns is an instance of the class that it is called on (`User.findOne()`): it has the methods of that class too. */
  ofReceiver?: true
  /** It yields what hangs under the name there on this object of the framework (`think.service('token')`), besides. */
  named?: { on: AccessPath; name: ArgumentPath }
  /** It binds its first argument, a function: to what follows from there on, and to `this`. */
  binds?: { from: number; self?: number; /** Each call binds what it is given: until there is enough (`arity`), or the first one alone (`once`). */ curries?: Curries }
  /** The path is a property: `returns` is what *reading* it yields (elsewhere it is what *calling* it yields). */
  property?: true
  /** Callbacks that this call takes and when they run. */
  run?: CallbackModel[]
  /** Infrastructure as code: the object stands for the function that these arguments name, by a file (`entry`) or a folder with `file.export` as the handler. */
  deploys?: { entry?: ArgumentPath; folder?: ArgumentPath; handler?: ArgumentPath; name?: ArgumentPath }
  /** The object stands for the functions that these arguments stand for. */
  carries?: ArgumentPath[]
  /** It does to its first argument, a list or an object, what JavaScript's own functions do to lists and objects. */
  collection?: CollectionModel
  /** The list or object comes last, behind the function. */
  listLast?: true
  /** The list is what its receiver was made of. */
  chained?: true
  /** This call (or decorator) registers request-time code. */
  entry?: EntryModel
  /** Arguments that are routers/plugins are mounted on the receiver under a prefix. */
  mount?: MountModel
  /** Routes that the function there registers stand under the prefix of what the call yields (`router.group(fn).prefix('/x')`). */
  group?: ArgumentPath
  /** The object made by this call/decorator carries a path prefix (`new Router({ prefix })`, `app.route('/x')`, `@Controller('x')`). */
  prefix?: ArgumentPath
  /** A decorator (or base class) that hands the class to a container or framework, which makes the instance. */
  component?: ComponentModel
  /** It tells a container of services what to give for a token; of an object that is bound under a name (`asClass(X)`), what it gives. */
  service?: ServiceModel[]
  /** The binding that it is called on lives so long. */
  scopes?: ComponentModel['scope']
  /** A decorator of a parameter or field: what stands for the token there is put there. */
  injects?: ArgumentPath
  /** A decorator of a class (then its `method`) or of a method: it runs when something of these classes, or under these names, is sent. */
  listens?: { to: ArgumentPath; method?: string }
  /** It runs what listens for the class or text of an argument. */
  sends?: SendModel
  /**
   * The functions there are methods of one object, which is `this` in handlers with this path as `thisIs`; `begins` run on it when the program starts. It is
   * the receiver, where that is of this path.
   */
  acts?: { as: AccessPath; with: ArgumentPath[]; begins: ArgumentPath[] }
  /** It has a container make something. */
  builds?: BuildModel
  /** A decorator of fields that are columns of a row. */
  column?: true
  /** Each member of a value of this path is the service of that name. */
  services?: true
  /** Values of this path belong to one request (or one connection) and are never shared. */
  owned?: 'request' | 'connection'
  /** What the platform hands to each call and what is the same in all of them: settings and bindings, as `env` of a worker. */
  environment?: true
  /** A value of this path stands for the handlers that it was given: where it is exported, they are. */
  handles?: true
  /** Functions that it was given and that answer where its routes are exported: `fn` of `each`, under `path` with the object's `name` filled in. */
  answers?: { method: string; each: ArgumentPath; fn: string; name: string; /** what those without a name are called */ unnamed: string; path: string }
  /** Reading it yields who the caller is or what they sent: user, session, token, socket, tenant, input. */
  identity?: 'user' | 'session' | 'token' | 'socket' | 'input'
  /** Members assigned on it are visible to every request of the process: `app.locals`, `app.context`, a Fastify instance; `templates`: templates read them too, or whoever is connected, without code that says so. */
  bag?: true
  templates?: true
  /** The shared bag that each of these has as its prototype (`app.context` of Koa). */
  prototype?: AccessPath
  /** Makes a class of a schema. */
  extension?: ExtensionModel
  /** The receiver, a schema, takes what a class declares: its static methods into one of these members, the others into the second. */
  takesClass?: { from: ArgumentPath; own: string; rows: string }
  /** The receiver, a schema, takes a member by name into its member `of`, or all of an object's in the name's place. */
  takesMember?: { name: ArgumentPath; value: ArgumentPath; of: string }
  /** The object there finds in the receiver what it has not itself (`repository.extend({ … })`). */
  inherits?: ArgumentPath
  /** Members of the objects there are members of its receiver too. */
  adds?: ArgumentPath[]
  /** Objects of these names hang on it, and take what these arguments bring. */
  holds?: Record<string, ArgumentPath>
  /** Members of an argument are found on every value of a path: `next({ ctx: { user } })` of tRPC, `context: { db }` of GraphQL servers. */
  puts?: { from: ArgumentPath; on: AccessPath; /** the argument itself is the member of this name */ as?: string }
  /** What it is given goes along with the work of a request (`storage.run(tenant, next)`), and is what it is asked for in the course of it; by key where it has one. */
  along?: { put?: ArgumentPath; key?: ArgumentPath; on?: string }
  /** What it gives is plain data, made anew from a text or a file: from then on it lives in this process. */
  data?: true
  /** In-process container: what is put in lives in this process. */
  container?: ContainerModel
  /** How this member of a container or mutable object changes or reads it. */
  access?: AccessModel
  /** A pool, SDK, logger, metric…: right to keep in the process; calls on it do not change *our* state. An account is logged in by itself: one for each key is a live session. */
  client?: 'pool' | 'sdk' | 'account' | 'logger' | 'metrics' | 'http' | 'queue' | 'compiled' | 'config'
  /** What is made of an unknown class and is handed a value of this path is an instance of this one: stubs that a build generates, handed credentials of gRPC. */
  handedTo?: AccessPath
  /** Session middleware or session facility. */
  session?: SessionModel
  /** A store/adapter/driver for sessions, limits, caches, sockets. */
  store?: StoreModel
  /** Infrastructure that works inside one process only, unless an option sends it outside. */
  infra?: InfraModel
  /** A timer of this process. It fires again by itself, where its function starts it once more, or never. */
  timer?: { name: string; again: 'always' | 'chained' | 'never' }
  /** Writes to the local file system, or configures such writes. */
  disk?: DiskModel
  /** Embedded database in this process or its disk. */
  embedded?: EmbeddedModel
  /**
   * What the client there does is tried again where this condition is given (`axiosRetry(client, { retryCondition })`), unless it looks at the method,
   * is one of these functions of the library, which do, or asks one of them.
   */
  retries?: { client: ArgumentPath; when: ArgumentPath; harmless: string[] }
  /** What it yields is a new row that nothing has stored yet. */
  made?: true
  /** It connects the receiver to what is given there; one that is connected to these alone serves the one client that started the process. */
  connects?: { to: ArgumentPath; /** access paths, or texts */ one: (AccessPath | string)[] }
  effect?: EffectModel
  guard?: GuardModel
  /** Functions given here refuse a value in front of the handler that the receiver (or result) is registered with … */
  validates?: ArgumentPath
  /** … which learns of it by this call. */
  asksValidation?: true
  /** Sets something for the whole process. */
  setsGlobal?: { what: string; /** argument whose data decides how bad it is */ value?: ArgumentPath; instead: string; /** prepares what another row of the same thing then sets */ partly?: true; /** with more arguments it sets what the first of them is, a request say */ upTo?: number; /** where one of these is called, each request has its own */ ofRequestBy?: AccessPath[] }
  /** Puts one user's credentials on a client that is shared by all. */
  setsIdentity?: { what: string; instead: string }
  /** The result is different on each call: `uuid()`, `Date.now()`, `randomBytes()`; `derived` = decided by its arguments (uuid v5, hash). */
  random?: 'fresh' | 'time' | 'derived'
  /** Generates a secret or a key pair when called without persisted input. */
  secret?: true
  /** The argument that is a key: what is made with it is worth nothing without the same key. */
  keyedBy?: ArgumentPath
  /** Something that speaks for a question: token verification, request-scoped context, external store. */
  evidence?: { question: 'context' | 'session' | 'retries' | 'scaling' | 'auth'; message: string }
  /** Middleware that lets only callers through whom it knows. */
  gate?: true
  /** A framework whose state is meant to live in one process (game rooms, collaborative editing, media). */
  statefulByDesign?: string
  /** Memoises the function given (argument path of it); the key is made from its arguments unless `key` names an option. */
  memo?: { fn: ArgumentPath; key?: ArgumentPath; /** `once`: ignores arguments */ once?: true; /** remembers by the first argument alone, unless `key` is given */ first?: true; external?: ArgumentPath; /** mount of Nitro's storage that holds it, where the configuration gives it a driver */ mount?: string; /** what names a mount below it */ group?: ArgumentPath }
  /**
   * Loads modules of a directory (`@fastify/autoload`, `require-dir`): argument path of the directory, or of a glob. What happens with each module: `exports` (values
   * of an object by name), `list` (elements of the result), `plugin` (called with the receiver), `paths` (only named), `modules` (values by their paths, as written patterns name them; `lazily` is
   * the path of the function that loads each, unless the call is said to be `eager`), `module` (the one of that path), `services` (bound by `bound` under the names of their files), `run` (only
   * evaluated), `calls` (a list of all in `folder` below it, or beside the caller, is given to the method `call` of the first argument). A relative path starts at the calling module, or at the package; or at the folder that `cwd` names; where none is said, it is the one that the caller is in (`beside`).
   * Plugins get `options`; their folders are prefixes (`prefixFromPath`, unless `flat` is said to be `false`) behind the `prefix` of all.
   */
  loads?: { dir: ArgumentPath; as: 'exports' | 'list' | 'plugin' | 'paths' | 'modules' | 'services' | 'run' | 'calls' | 'module'; call?: AccessPath; folder?: string; from?: 'package'; cwd?: ArgumentPath; bound?: ServiceModel; beside?: true; prefixFromPath?: true; flat?: ArgumentPath; prefix?: ArgumentPath; options?: ArgumentPath; lazily?: AccessPath }
  /** Names what is in the folder of this argument (`readdirSync(dir)`). */
  lists?: ArgumentPath
}

/**
 * Runs a function for each element (`each`; `map`, `fold`: and collects what it returns; `test`: for a yes or no), keeps elements (`same`) or `one` of them,
 * puts objects together (`merge`, into the first; `joined`, in a new one), or copies one (`copy`).
 */
export type CollectionModel = 'each' | 'map' | 'same' | 'one' | 'fold' | 'test' | 'merge' | 'joined' | 'copy'

export type EntryKind =
  | 'route' | 'middleware' | 'resolver' | 'procedure' | 'action' | 'loader' | 'page' | 'socket' | 'message' | 'job' | 'lambda' | 'hook'

/** A row (or callback) that holds only for some calls: the argument is one of these texts, none of those, or of this kind. */
export interface OnlyWhen {
  arg: ArgumentPath
  values?: string[]
  not?: string[]
  is?: 'string' | 'function' | 'object' | 'array'
  /** It holds, too, where the argument is not there. */
  orAbsent?: true
}

export interface EntryModel {
  kind: EntryKind
  /** Calls it holds for (`addHook('onRequest', …)`, a route with a name before its path). */
  onlyWhen?: OnlyWhen
  /** Fixed method (`GET`, `POST`, `ALL`, `QUERY`, `MUTATION`, `SUBSCRIPTION`) … */
  method?: string
  /** … or where it is named in the call (`0.method`; string or array of strings; `{@}` stands for the name of a member among the handlers). Default when absent there: `methodDefault`. */
  methodFrom?: ArgumentPath
  methodDefault?: string
  /** The schema texts of GraphQL in the package say the method of a member among the handlers by its name. */
  sdl?: true
  /** Where the path, event, queue or job name stands. */
  path?: ArgumentPath
  /** The request-time functions (arrays are flattened). Earlier ones are middleware of the last. Absent for decorators: the decorated method. */
  handlers?: ArgumentPath[]
  /** Others call it by the text there, a dot and its own name (`ctx.call('orders.create')`). */
  under?: ArgumentPath
  /** Folders in which texts among the handlers name a module and a method (`'UserController.show'`); the path of a file stands for what it exports. */
  named?: string[]
  /** The method of the controller that the second argument names, where handlers are named by controllers alone (`resource`). */
  resource?: string
  /** Access paths of the handler's parameters, by position (`''` = nothing known). An error handler of Express has four. */
  params?: AccessPath[]
  /** Parameters of a handler that declares as many as these: an error handler. */
  errorParams?: AccessPath[]
  /** Access path of `this` inside the handler (Fastify, Sails, Hapi bind). */
  thisIs?: AccessPath
  /** It renders: browsers run it too, and of what it holds a server calls little. */
  isomorphic?: true
  /** A decorator on a method (Nest, routing-controllers…). */
  decorator?: true
  /** A library's own function may be the handler: an entry whose code is not here. It must come from a package whose name begins with one of these. */
  orLibrary?: string[]
  /** What a handler that is called gives (`0().onOpen`) is made anew for each request or connection. */
  madeAnew?: true
  /** The router that the call yields answers it, at its own root. */
  ofResult?: true
  /** Where no path is given, it answers that of the file that a framework finds by its place. */
  ofFile?: true
  /** Each process that listens gets each message. */
  toAll?: true
  /** The library answers it in any case: an entry whose code is not here. */
  byItself?: true
  /** What the library does where it answers, in packages whose names begin with one of `of`; the model is named by an argument, or else by the path. */
  does?: { kind: EffectKind; by: string; model?: ArgumentPath; of?: string[]; fix?: string; /** not where something of the project's own is there */ unless?: ArgumentPath }
  /** It counts only where no other form of the call is known: a member by a computed name. */
  unknownVerb?: true
  /** Infrastructure as code: it runs elsewhere, and the entry stands where its function is written. */
  deployed?: true
  /** An entry only if the call has this many arguments at least (`app.get('setting')` is not a route). */
  minArgs?: number
}

export interface MountModel {
  /** Prefix argument, if it is a string. */
  path?: ArgumentPath
  /** What is mounted (routers, plugins, middleware functions). */
  children: ArgumentPath[]
  /** Plain functions among the children are middleware with these parameters. */
  params?: AccessPath[]
  /** Parameters of a child function that declares as many as these: an error handler. */
  errorParams?: AccessPath[]
  /** Access path of `this` inside child functions (Koa 1). */
  thisIs?: AccessPath
  /** A child function is a plugin: called once at start-up with the receiver (or a child of it) and these. */
  plugin?: { params: AccessPath[]; /** it is the receiver's method, too: `this` is the receiver */ bound?: true }
  /** Plugins of packages stand under members of the first argument, or of its elements: `{ plugin, options }`. */
  packaged?: { plugin: string; options: string }
}

export interface ComponentModel {
  /** `singleton`: one instance per process; `request`: one per request; `transient`: one per injection. */
  scope: 'singleton' | 'request' | 'transient'
  /** Option that changes the scope, with the values that mean `request` and `transient`. */
  scopeFrom?: { arg: ArgumentPath; request?: AccessPath[]; transient?: AccessPath[] }
  /** Methods that the framework calls: at start-up, per request (with parameter paths), in the background. */
  startup?: string[]
  request?: Record<string, AccessPath[]>
  /** What kind of entry the methods of `request` are (`middleware` where it is not said). */
  requestKind?: EntryKind
  /** … and those of these, which are of another. */
  kinds?: Record<string, EntryKind>
  background?: string[]
  /** How long it lives is said where it is bound, and nothing makes it before. */
  bound?: true
  /** `true` where every decorated method of the class can be an entry (controllers, resolvers, gateways). */
  entries?: true
  /** Its constructor is given one object whose members are the services of their names. */
  byName?: AccessPath
}

/** A class made of a schema, by its name or known by it: members that the project puts on the schema are its own, or those of its rows. */
export interface ExtensionModel {
  name: ArgumentPath
  schema: ArgumentPath
  /** Member of the schema that holds what the class has itself; the same for what its rows have. */
  own: string
  rows: string
}

export type Curries = 'arity' | 'once'

export interface CallbackModel {
  /** Calls it holds for (`addHook('onReady', …)`). */
  onlyWhen?: OnlyWhen
  /** Which argument is the callback. */
  fn: ArgumentPath
  /** `now`: before the call returns, in the caller's phase; `later`: after it, once; `soon`: the same, but before anything else happens; `request`: per request; `background`: on a timer or message, for as long as the process lives; `never`: not in this process. */
  when: 'now' | 'later' | 'soon' | 'request' | 'background' | 'startup' | 'never'
  /** What the callback is given: access paths, `this`, `arg:1`, `result` (what the call yields), or `element` (elements of the receiver). */
  params?: AccessPath[]
  /** Members of what it gives back are found on every value of this path: `createContext` of tRPC. */
  makes?: AccessPath
  /** It is the member of this name there. */
  as?: string
  /** Access path of `this` inside the callback; the same value as among `params`. */
  thisIs?: AccessPath
  /** The call's result holds the callback's result: as itself, or as elements. */
  result?: 'value' | 'elements'
  /** May run more than once for one call: retry wrappers, transaction callbacks. */
  repeats?: true
  /** Functions of a list, each of which calls what runs the next one: with what that is `given`, behind an error, or `alone`. */
  inTurn?: 'given' | 'alone'
}

export interface ContainerModel {
  kind: 'map' | 'set' | 'list' | 'object' | 'cache' | 'emitter' | 'store'
  /** Evicts by itself: always, or when this option is there. */
  bounded?: true | ArgumentPath[]
  ttl?: true | ArgumentPath[]
  /** Entries live as long as their key object (WeakMap): not state. */
  weak?: true
  /** Meant to be made for each request. */
  perRequest?: true
  /** Nothing stays in it where an option has one of these values. */
  off?: { arg: ArgumentPath; values: string[] }
}

export interface AccessModel {
  op: 'write' | 'read' | 'delete' | 'clear' | 'has' | 'size' | 'iterate'
  key?: ArgumentPath
  value?: ArgumentPath
  /** What is changed or read, where it is not the receiver: `0` for `Object.assign(target, …)`, `lodash.set(target, …)`. */
  target?: ArgumentPath
  /** Not where an option has one of these values (`fetchPolicy: 'no-cache'`). */
  unless?: { arg: ArgumentPath; values: string[] }
  /** What it gives back is what it holds, too (`wrap`, `getOrSet`, a loader's `load`). */
  reads?: true
  /** Every value of this path changes, not the receiver (`decorateRequest`). */
  on?: AccessPath
  /** … and the values of these paths as well. */
  also?: AccessPath[]
  /** A list of objects may stand in the place of the key: these of their members are key and value. */
  list?: { key: string; value: string }
  /** Dots in the key part names inside each other. */
  dotted?: true
  /** The key stands under the name of the plugin whose file calls; an object alone gives all its members. */
  under?: 'plugin'
}

export interface SessionModel {
  /** Where the data is when no store is given. */
  default: 'memory' | 'cookie-signed' | 'cookie-sealed' | 'file' | 'external' | 'none'
  /** Options that hold a store (`0.store`); the first that is there decides. */
  store?: ArgumentPath[]
  /** Values of an option that stand for a kind of store (`driver: 'memory'`). */
  driver?: { arg: ArgumentPath; memory?: string[]; file?: string[]; external?: string[]; cookie?: string[]; sealed?: string[] }
  /** Does a login usually ride on it? (`passport.session()` says so by itself.) `always`: it is there for nothing else. */
  login?: true | 'always'
  /** It is there in any case: told of only where code reads or writes a session. */
  ifUsed?: true
  name: string
  /** Somebody looked: no option moves its data elsewhere, so it has to be replaced; `fix` says by what. */
  confined?: true
  fix?: string
}
