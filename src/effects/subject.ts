import type { BindingFact, CallExpr, Expr } from '../model/facts.js'
import { pointsOf } from '../flow/points.js'
import type { Callers } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import { isBuiltinGlobal, isPlatformGlobal } from '../link/globals.js'
import { declaringOf, type Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import type { Value } from '../link/values.js'
import { givenTo } from './callers-say.js'
import { rowOfClass, rowOfField, SUFFIX } from './row-classes.js'

/** Parts of a query that name no table by their first argument. */
const REFINING = /^(and|or|not)?(where|having)|^(select(?!From)|find|order|limit|offset|skip|take|join|left|right|inner|outer|returning|distinct|populate|preload|param|query|raw|exec)|^(on|with|set|values|eq|in|lean|then|catch|count|first|get|sort|groupBy|add|use|require|resolve|connection|as|is|by|(un)?scope(d)?)$/i
/** What a database is reached through says nothing of what is done to it. */
const DATABASES = /^_?(prisma_?(client|service)?|db|database|trx?|tx)$/i
const DOORS = /^(app|my|this)?(data)?_?(source|base|db|client|connection|conn|pool|prisma|knex|trx?|tx|transaction(al)?(entity)?(manager)?|entity_?manager|manager|em|query_?(runner|builder)|qb|redis(client|publisher)?|session|sql|orm|ctx|context|self|that|model|schema|drizzle|kysely|mongo(ose)?|database|sequelize)$/i
/** What repositories call the model that they are made for. */
const OF_OWNER = /^_?(mongoose|mongo|orm|typeorm|sequelize|objection|db|base|data|current|target|entity|generic|inner)?_?(model|repository|repo|collection|dao|delegate)$/i
/** Parts that name it behind the call. */
const NAMED_AFTER = /\.(into|from|table)$/
/** `getOrderModel()` */
const GETTER = /^get(?=[A-Z]\w*(Model|Repository|Repo|Collection)$)/
/** `this.orderModel()`, which gives the model for the tenant at hand. */
const HANDS_MODEL = /[a-z0-9](Model|Repository|Repo|Collection)$/
/** `connection.getRepository(context, Order)` */
const GIVES = /^get\w*(Repository|Repo|Model|Collection|Table)$/
const OF_DATABASE = /^(use)?(db|database)$|^(with)?schema$/i
const HOLDS_ROWS = /^(collection|createCollection|container|from|into|table|model)$/
/** Made for one class. */
const REPOSITORY = /Repository\.new$/
const FARTHEST = 4

/** `prisma.session`: the rows of that name. */
const isTable = ({ unit }: Instance, { n, o }: Expr & { k: 'mem' }): boolean =>
  n === 'session' && DATABASES.test(o.k === 'mem' ? o.n : o.k === 'ref' ? unit.facts.bindings[o.b]?.n ?? '' : '')

/** `prisma.user.findMany()` of a class over the client: the member that the call is made on. */
const memberOf = (owner: string | undefined, path: string): string | undefined => {
  const members = owner !== undefined && path.startsWith(`${owner}.`) ? path.slice(owner.length + 1).split('.') : []
  return members.length === 2 && /^[a-z]\w*$/i.test(members[0] ?? '') && !DOORS.test(members[0] ?? '') ? members[0]?.replace(SUFFIX, '') || members[0] : undefined
}

/** `import { users as userTable }`: what its own file calls it. */
const importedAs = ({ unit }: Instance, binding: BindingFact): string => {
  const names = binding.kind === 'import' ? unit.facts.imports.flatMap((one) => one.names) : []
  const name = names.find(({ b }) => unit.facts.bindings[b] === binding)?.n
  return name === undefined || name === 'default' || name === '*' ? binding.n : name
}

const isParameterOf = (inst: Instance, binding: number): boolean => inst.unit.facts.bindings[binding]?.kind === 'param'

/** Names what a call is about: table, model, collection, queue. */
export class Subjects {
  /** How the entry in question reaches its functions, where one is meant. */
  private reached: Callers | undefined

  constructor(private readonly look: LookedUp, private readonly callsOf: (inst: Instance) => LibraryCall[]) {}

  of(call: LibraryCall, reached?: Callers): string | undefined {
    this.reached = reached
    const name = this.find(call)
    this.reached = undefined
    return name
  }

  private find(call: LibraryCall): string | undefined {
    const { site, inst, recv } = call
    const callee = site.k === 'call' ? site.f : undefined
    const receiver = callee?.k === 'mem' ? callee.o : site.k === 'new' ? site.f : undefined
    const named = (receiver && this.inChain(inst, receiver, 0)) ?? this.behind(call)
    if (named) return named
    const given = receiver && recv?.kind === 'object' && (recv.of ?? recv.rowOf?.name) ? this.modelsGiven(inst, receiver) : []
    if (given.length > 0) return given[0]
    if (recv?.kind === 'object' && (recv.of ?? recv.rowOf?.name)) return recv.of ?? recv.rowOf?.name
    const entity = recv && this.entityOf(recv)
    if (entity !== undefined) return entity
    const inner = recv?.kind === 'object' ? memberOf(recv.path, call.path) : undefined
    if (inner !== undefined) return inner
    const owner = recv?.kind === 'object' && !recv.cls && recv.recv?.kind === 'object' ? recv.recv : undefined
    if (owner?.of) return owner.of
    const row = recv?.kind === 'object' ? recv.cls ?? owner?.cls : undefined
    if (row?.cls.n) return rowOfClass(row) ?? row.cls.n
    if (recv?.kind === 'class' && recv.cls.n) return recv.cls.n
    const written = receiver && this.written(inst, receiver, 0)
    // `Model.create(…)` of a handler that a factory makes for each model, `this.create(…)` of a static method.
    const model = recv?.kind === 'object' ? recv.extension?.name : undefined
    if (model !== undefined && (receiver?.k === 'this' || (receiver?.k === 'ref' && isParameterOf(inst, receiver.b)))) return model
    if (written && OF_OWNER.test(written)) return this.byOwner(inst, written) ?? (DOORS.test(written) ? undefined : written.replace(SUFFIX, '') || written)
    if (written && DOORS.test(written)) return model ?? (receiver?.k === 'mem' && isTable(inst, receiver) ? written : undefined)
    return written?.replace(SUFFIX, '') || written
  }

  /** `create(Model, req, res)`: the models that a helper is given on the way from the entry, of all that anybody gives it; undefined for those without a name. */
  private modelsGiven(inst: Instance, x: Expr): (string | undefined)[] {
    if (x.k === 'new') return this.modelsGiven(inst, x.f)
    if (!this.reached || x.k !== 'ref') return []
    if (inst.unit.facts.bindings[x.b]?.kind !== 'param') {
      const row = this.look.definition(inst, x.b)
      return row?.k === 'new' ? this.modelsGiven(inst, row) : []
    }
    const given = givenTo(inst, x.b).filter(({ from }) => this.reached?.has(from))
    return given.flatMap((one) => this.look.values(one.from, one.x)).flatMap((value) => (value.kind === 'object' ? [value.of ?? value.extension?.name ?? value.rowOf?.name] : []))
  }

  /** `const term = terms.create({ … })`, `const term = await manager.findOneOrFail(Term, { … })`: whose row a local holds. */
  ofRow(inst: Instance, x: Expr): string | undefined {
    let made = x.k === 'ref' ? this.definedIn(inst, x.b) : x.k === 'call' ? { inst, x } : undefined
    if (made?.x.k === 'await') made = { inst: made.inst, x: made.x.x }
    if (made?.x.k !== 'call' || made.x.f.k !== 'mem') return undefined
    const { inst: where, x: { a, f } } = made
    const of = this.look.values(where, f.o).map((value) => (value.kind === 'object' ? value.of : undefined)).find((name) => name !== undefined)
    return of ?? this.inChain(where, f.o, 0) ?? this.classOf(where, a[0])
  }

  /** Of what a function around this one defines, too: `manager.transaction(async (tx) => { await tx.save(term) })`. */
  private definedIn(inst: Instance, binding: number): { inst: Instance; x: Expr } | undefined {
    const x = this.look.definition(inst, binding)
    return x && { inst: declaringOf(inst, binding) ?? inst, x }
  }

  /** `manager.findOneBy(User, { email })` */
  classGiven({ inst, site }: LibraryCall): string | undefined {
    return this.classOf(inst, site.k === 'call' ? site.a[0] : undefined)
  }

  private classOf(inst: Instance, first: Expr | undefined): string | undefined {
    const cls = first?.k === 'ref' || first?.k === 'mem' ? this.look.values(inst, first).find((value) => value.kind === 'class') : undefined
    return cls?.kind === 'class' ? cls.cls.n : undefined
  }

  /** `this.model.create(…)` of a class that all repositories extend: the one on which it is called says of what. */
  private byOwner(inst: Instance, field: string): string | undefined {
    for (const self of this.look.values(inst, { k: 'this', p: 0, e: 0 })) {
      const cls = self.kind === 'object' ? self.cls : undefined
      const name = cls?.cls.n
      const row = cls && rowOfField(cls, field)
      // `UserRepository` of `Repository<UserModel>`: the shorter of two that say the same.
      if (row !== undefined && !row.toLowerCase().startsWith(name?.replace(SUFFIX, '').toLowerCase() || row)) return row
      if (name !== undefined && SUFFIX.test(name) && !OF_OWNER.test(name)) return name.replace(SUFFIX, '') || undefined
    }
    return undefined
  }

  /** `fromDocuments(documents, embeddings, { collection })`: what holds the rows that somebody else writes. */
  ofHandle(inst: Instance, x: Expr): string | undefined {
    return this.inChain(inst, x, 0) ?? this.written(inst, x, 0)?.replace(SUFFIX, '')
  }

  /** `getRepository(User)`, `knex('users')`, `db.collection('users')`: the innermost call of the chain that is given a name. */
  private inChain(inst: Instance, x: Expr, depth: number): string | undefined {
    if (depth > FARTHEST) return undefined
    if (x.k === 'await') return this.inChain(inst, x.x, depth)
    if (x.k === 'ref') {
      const made = this.look.definition(inst, x.b)
      return made && (made.k === 'call' || made.k === 'await') ? this.inChain(inst, made, depth + 1) : undefined
    }
    if (x.k !== 'call') return undefined
    const inner = x.f.k === 'mem' ? this.inChain(inst, x.f.o, depth) : undefined
    const within = inner !== undefined && x.f.k === 'mem' && HOLDS_ROWS.test(x.f.n) && this.isDatabase(inst, x.f.o) ? this.given(inst, x, depth === 0) : undefined
    return within ?? inner ?? this.given(inst, x, depth === 0)
  }

  /** `client.db('shop')`: what is asked of it has a name of its own. */
  private isDatabase(inst: Instance, x: Expr): boolean {
    const made = x.k === 'ref' ? this.look.definition(inst, x.b) : x
    return made?.k === 'call' && made.f.k === 'mem' && OF_DATABASE.test(made.f.n)
  }

  private given(inst: Instance, x: CallExpr, here: boolean): string | undefined {
    const name = x.f.k === 'mem' || x.f.k === 'glob' ? x.f.n : ''
    const [first] = x.a
    // `orders.createQueryBuilder('o')`: what its rows are called in this query.
    const rows = name === 'createQueryBuilder' && first?.k === 'lit' && x.f.k === 'mem' ? this.rowsBehind(inst, x.f.o) : undefined
    if (rows !== undefined) return rows
    const given = (first && !REFINING.test(name) ? this.nameOf(inst, first, here) : undefined) ?? (GIVES.test(name) ? x.a.slice(1).map((arg) => this.classOf(inst, arg)).find((one) => one !== undefined) : undefined)
    return given !== undefined && DOORS.test(given) ? undefined : given
  }

  private rowsBehind(inst: Instance, x: Expr): string | undefined {
    for (const value of this.look.values(inst, x)) if (value.kind === 'object' && (value.of ?? value.rowOf?.name) !== undefined) return value.of ?? value.rowOf?.name
    return undefined
  }

  /** Which entries of a key-value store a key stands for: by the text that it starts with, or the function that makes it. */
  ofKey(inst: Instance, x: Expr, depth = 0): string | undefined {
    if (x.k === 'lit' && typeof x.v === 'string') return x.v
    if (x.k === 'tpl') return x.q[0] || (x.x[0] && this.ofKey(inst, x.x[0], depth + 1))
    if (x.k === 'bin') return this.ofKey(inst, x.l, depth + 1)
    const made = x.k === 'ref' && depth < FARTHEST ? this.look.definition(inst, x.b) : undefined
    if (made) return this.ofKey(inst, made, depth + 1)
    const given = x.k === 'ref' && depth < FARTHEST ? new Set(givenTo(inst, x.b).map((one) => this.ofKey(one.from, one.x, depth + 1))) : undefined
    if (given?.size === 1) return [...given][0]
    const maker = x.k === 'call' ? inst.callees.find(({ site }) => site === x)?.to : undefined
    return maker && `${maker.unit.path}#${maker.fn.p}`
  }

  /** A text, a class, a table. */
  nameOf(inst: Instance, x: Expr, here = true): string | undefined {
    if (x.k === 'fn' || x.k === 'obj' || x.k === 'arr' || x.k === 'call') return undefined
    if (x.k === 'bin') return this.joined(inst, x)
    const told = x.k === 'ref' ? this.told(inst, x.b) : undefined
    if (told) return told.name
    for (const value of this.look.values(inst, x.k === 'tpl' && x.x[0] && x.q[0] === '' ? x.x[0] : x)) {
      if (value.kind === 'lit' && typeof value.value === 'string' && /^[\w."-]+(\s|$)/.test(value.value)) return value.value.split(/\s/)[0]
      const entity = value.kind === 'class' ? value.cls.n : this.entityOf(value)
      if (entity) return entity
    }
    return here ? this.constant(inst, x) : undefined
  }

  /** `source.getRepository(Order)`, `source.getRepository(Order).extend({ … })`: what is handed on has its class. */
  private entityOf(value: Value): string | undefined {
    if (value.kind !== 'object') return undefined
    const [parent] = this.look.member(value, '__proto__')
    if (parent?.kind === 'object' && parent.path !== undefined) return this.entityOf(parent)
    const cls = value.path !== undefined && REPOSITORY.test(value.path) ? this.look.argumentOf(value, 0).find(({ kind }) => kind === 'class') : undefined
    return cls?.kind === 'class' ? cls.cls.n : undefined
  }

  /** `model(owner + 'Password')`, where all parts are known. */
  private joined(inst: Instance, x: Expr): string | undefined {
    if (x.k === 'bin') {
      const [left, right] = x.op === '+' ? [this.joined(inst, x.l), this.joined(inst, x.r)] : []
      return left === undefined || right === undefined ? undefined : left + right
    }
    const [only, another] = this.look.values(inst, x)
    return only?.kind === 'lit' && typeof only.value === 'string' && !another ? only.value : undefined
  }

  /** A helper is told the table, by one of its callers in words and by another one as what it has looked up: then its name is that of no entry, or of those who are on the way. */
  private told(inst: Instance, binding: number): { name: string | undefined } | undefined {
    const names = this.namesGiven(inst, binding, 0)
    if (names.length === 0) return undefined
    if (names.includes(undefined)) return { name: undefined }
    const [name] = names
    return name !== undefined && names.every((one) => one === name) ? { name } : undefined
  }

  /** What a parameter is given in words; undefined for each that gives something else. */
  private namesGiven(inst: Instance, binding: number, depth: number): (string | undefined)[] {
    if (inst.unit.facts.bindings[binding]?.kind !== 'param' || depth > FARTHEST) return []
    const given = givenTo(inst, binding).filter(({ from }) => this.reached?.has(from) ?? true)
    return given.flatMap(({ from, x }) => {
      if (x.k === 'ref' && from.unit.facts.bindings[x.b]?.kind === 'param') return this.namesGiven(from, x.b, depth + 1)
      const said = this.look.values(from, x).find(({ kind }) => kind === 'lit' || kind === 'class')
      if (said?.kind === 'class') return [said.cls.n]
      return [said?.kind === 'lit' && typeof said.value === 'string' && /^[\w.]+$/.test(said.value) ? said.value : undefined]
    })
  }

  /** `users`, `schema.users`: a table by the constant that holds it. */
  private constant(inst: Instance, x: Expr): string | undefined {
    if (x.k === 'mem') return (x.o.k === 'ref' || x.o.k === 'glob') && this.constant(inst, x.o) !== undefined ? x.n : undefined
    // A name that the file does not bind, and the platform neither: imported by the build tool.
    if (x.k === 'glob') return isBuiltinGlobal(x.n) || isPlatformGlobal(x.n) || x.n === 'undefined' ? undefined : x.n
    const binding = x.k === 'ref' ? inst.unit.facts.bindings[x.b] : undefined
    return binding && (binding.kind === 'import' || (binding.f === 0 && binding.kind === 'const')) ? importedAs(inst, binding) : undefined
  }

  /** `.insert(row).into('users')` */
  private behind({ inst, site }: LibraryCall): string | undefined {
    for (const other of this.callsOf(inst)) {
      if (other.site.p !== site.p || other.site.e <= site.e || other.site.k !== 'call' || !NAMED_AFTER.test(other.path)) continue
      const [first] = other.site.a
      const name = first && this.nameOf(inst, first)
      if (name) return name
    }
    return undefined
  }

  /** `getToken(text)`, which looks for one or makes one: of what it gives back. */
  private givenBack(inst: Instance, x: CallExpr, depth: number): string | undefined {
    if (x.f.k !== 'ref') return undefined
    const to = inst.callees.find(({ site }) => site === x)?.to
    const [given, ...others] = to ? pointsOf(to.fn).returns.filter(({ x: value }) => value && value.k !== 'lit') : []
    if (!to || !given?.x || others.length > 0) return undefined
    const isMade = given.x.k === 'new' || given.x.k === 'await' || (given.x.k === 'ref' && this.look.definition(to, given.x.b) !== undefined)
    return isMade ? this.written(to, given.x, depth + 1) : undefined
  }

  /** `this.usersRepository`, `User`, `new Post(…)`, a local that holds one of these. */
  private written(inst: Instance, x: Expr, depth: number): string | undefined {
    if (depth > FARTHEST) return undefined
    switch (x.k) {
      case 'await': return this.written(inst, x.x, depth)
      case 'call':
        if (x.f.k === 'mem' && x.a.length === 0 && HANDS_MODEL.test(x.f.n)) return x.f.n.replace(GETTER, '')
        return this.givenBack(inst, x, depth) ?? this.written(inst, x.f.k === 'mem' ? x.f.o : x.f, depth)?.replace(GETTER, '')
      case 'new': return this.written(inst, x.f, depth)
      case 'elem': return this.written(inst, x.o, depth)
      case 'mem': return x.n
      case 'glob': return /^[A-Z]/.test(x.n) ? x.n : undefined
      case 'ref': {
        const made = this.look.definition(inst, x.b)
        const from = made && (made.k === 'call' || made.k === 'new' || made.k === 'await') ? this.written(inst, made, depth + 1) : undefined
        const binding = inst.unit.facts.bindings[x.b]
        return from ?? (binding && importedAs(inst, binding))
      }
      default: return undefined
    }
  }
}
