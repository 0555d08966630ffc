import type { CallExpr, Expr, FileFacts, NewExpr, ObjectExpr } from '../model/facts.js'
import type { ColumnFact, TableFact } from '../model/schema.js'
import type { Site } from '../model/site.js'
import { makesId, readIndexes } from './code-classes.js'
import { chainOf, constant, isTrue, lastName, object, prop, returned, text, texts, visit, type Chain, type Link } from './code-read.js'
import { type Pair, pairOf } from './pairs.js'
import { addColumn, addUnique, newTable } from './tables.js'

/** What the walk over a file gathers. */
export interface Gathered {
  file: string
  facts: FileFacts
  tables: TableFact[]
  /** Tables by the constant that holds them: `userSchema`, `users`. */
  held: Map<number, TableFact>
  /** Tables that stand between two others. */
  pairs: Pair[]
}

const siteOf = (at: Gathered, x: { p: number; e: number }): Site => ({ file: at.file, start: x.p, end: x.e })

function put(at: Gathered, table: TableFact, binding: number | undefined): TableFact {
  at.tables.push(table)
  if (binding !== undefined) at.held.set(binding, table)
  return table
}

/** `table` by its name, made when it is not there yet. */
export function named(at: Gathered, name: string, x: { p: number; e: number }): TableFact {
  return at.tables.find(table => table.name === name || table.model === name) ?? put(at, newTable(name, siteOf(at, x)), undefined)
}

// ------------------------------------------------------------------ Mongoose

/** `new Schema({ email: { unique: true } })`, `new EntitySchema({ … })`. */
export function readNew(at: Gathered, x: NewExpr, binding: number | undefined): void {
  const name = lastName(at.facts, x.f)
  if (name === 'EntitySchema') return readEntitySchema(at, x, binding)
  if (name === 'Schema') readSchema(at, x, binding)
}

function readSchema(at: Gathered, x: NewExpr | CallExpr, binding: number | undefined): TableFact | undefined {
  const fields = object(constant(at.facts, x.a[0]))
  if (!fields) return undefined
  const own = binding === undefined ? undefined : at.facts.bindings[binding]?.n.replace(/_?Schema$/i, '')
  const collection = text(prop(x.a[1], 'collection'))
  const table = put(at, newTable(collection ?? (own || 'schema'), siteOf(at, x), own || undefined), binding)
  addColumn(table, { name: '_id', primary: true, generated: 'uuid' })
  readPaths(at, table, fields, '')
  return table
}

function readPaths(at: Gathered, table: TableFact, fields: ObjectExpr, prefix: string): void {
  for (const { n, v } of fields.m) {
    if (n === undefined) continue
    const nested = object(v)
    if (nested && !nested.m.some(one => one.n === 'type')) { readPaths(at, table, nested, `${prefix}${n}.`); continue }
    const inside = prop(v, 'type') ?? v
    const schema = inside.k === 'ref' ? at.held.get(inside.b) : undefined
    for (const column of schema?.columns ?? []) if (column.name !== '_id') addColumn(table, { ...column, name: `${prefix}${n}.${column.name}` })
    addColumn(table, { name: prefix + n, ...optionsOf(at, v) })
  }
}

function optionsOf(at: Gathered, x: Expr): Partial<ColumnFact> {
  const found: Partial<ColumnFact> = {}
  const unique = prop(x, 'unique')
  if (isTrue(unique) || object(unique) || unique?.k === 'arr' || isTrue(prop(prop(x, 'index'), 'unique'))) found.unique = true
  if (isTrue(prop(x, 'primaryKey')) || isTrue(prop(x, 'primary'))) found.primary = true
  const column = text(prop(x, 'field'))
  if (column !== undefined) found.column = column
  const generated = prop(x, 'generated')
  const made = prop(x, 'default') ?? prop(x, 'defaultValue')
  if (isTrue(prop(x, 'autoIncrement')) || isTrue(generated) || text(generated) === 'increment') found.generated = 'increment'
  // Plugins of Mongoose that make slugs of other fields make another one where it is taken.
  else if (text(generated) === 'uuid' || (made && makesId(at.facts, made)) || slugOf(x)) found.generated = 'uuid'
  else if (made) found.generated = 'default'
  return found
}

/** `slug: { type: String, slug: 'title', unique: true }` */
const slugOf = (x: Expr): boolean => { const from = prop(x, 'slug'); return text(from) !== undefined || from?.k === 'arr' }

function readEntitySchema(at: Gathered, x: NewExpr, binding: number | undefined): void {
  const options = x.a[0]
  const model = text(prop(options, 'name')) ?? lastName(at.facts, prop(options, 'class') ?? prop(options, 'target'))
  if (model === undefined) return
  const table = put(at, newTable(text(prop(options, 'tableName')) ?? model, siteOf(at, x), model), binding)
  const held = binding === undefined ? undefined : at.facts.bindings[binding]?.n
  if (held !== undefined && held !== model) table.held = held
  for (const { n, v } of object(prop(options, 'columns') ?? prop(options, 'properties'))?.m ?? []) if (n !== undefined) addColumn(table, { name: n, ...optionsOf(at, v) })
  readIndexes(at.facts, table, prop(options, 'uniques'), true)
  readIndexes(at.facts, table, prop(options, 'indices') ?? prop(options, 'indexes'))
}

/** `userSchema.index({ a: 1, b: 1 }, { unique: true })`, `model('User', userSchema)`, `collection.createIndex(…)`, `User.index(…)` of a model. */
function readMongo(at: Gathered, chain: Chain, call: CallExpr, binding: number | undefined): void {
  const last = chain.links.filter(({ name }) => name !== 'exec').at(-1)
  if (!last) return
  const unique = isTrue(prop(last.args[1], 'unique'))
  const keys = object(last.args[0])?.m.flatMap(one => one.n ?? []) ?? texts(at.facts, last.args[0])
  const holder = chain.root?.k === 'ref' ? at.held.get(chain.root.b) : undefined
  if (last.name === 'index' && holder && unique) addUnique(holder, keys)
  const isOfModel = last.name === 'index' && !holder && !/schema$/i.test(lastName(at.facts, chain.root) ?? 'schema')
  if ((last.name === 'createIndex' || last.name === 'ensureIndex' || isOfModel) && unique) {
    const name = collectionText(chain) ?? collectionText(madeAs(at.facts, chain.root)) ?? lastName(at.facts, chain.root)
    if (name !== undefined) addUnique(named(at, name, call), keys)
  }
  // Without `new` it makes one all the same.
  if (last.name === 'Schema' && binding !== undefined) readSchema(at, call, binding)
  // A helper of the project may make the model: `getModel('User', userSchema)`.
  if (/model$/i.test(last.name) && last.args[1]) nameModel(at, last)
}

const collectionText = (chain: Chain | undefined): string | undefined => text(chain?.links.find(link => link.name === 'collection')?.args[0])

/** `const collection = db.collection('articles')`: what a local stands for. */
function madeAs(facts: FileFacts, x: Expr | undefined): Chain | undefined {
  const made = x?.k === 'ref' ? facts.functions.flatMap(({ body }) => body).flatMap(stmt => (stmt.k === 'var' ? stmt.d : [])).find(({ t }) => t.k === 'bind' && t.b === x.b)?.i : undefined
  return made?.k === 'call' ? chainOf(facts, made) : undefined
}

function nameModel(at: Gathered, { args }: Link): void {
  const schema = args[1]
  const isWritten = (schema?.k === 'new' || schema?.k === 'call') && lastName(at.facts, schema.f) === 'Schema'
  const table = schema?.k === 'ref' ? at.held.get(schema.b) : isWritten ? readSchema(at, schema, undefined) : undefined
  const name = text(args[0])
  if (!table || name === undefined) return
  if (table.name === (table.model ?? 'schema')) table.name = text(args[2]) ?? name
  table.model = name
}

// ------------------------------------------------------------------ Sequelize

/** `sequelize.define('user', { … }, { indexes })`, `User.init({ … }, { sequelize })`, query interface. */
function readSequelize(at: Gathered, chain: Chain, call: CallExpr, binding: number | undefined): void {
  const { name, args } = chain.links.at(-1)!
  if (name === 'define' && text(args[0]) !== undefined && object(args[1])) attributes(at, text(args[0])!, args[1]!, args[2], call, binding)
  else if (name === 'init' && object(args[0]) && object(args[1])) {
    const model = text(prop(args[1], 'modelName')) ?? lastName(at.facts, chain.root)
    attributes(at, model ?? 'model', args[0]!, args[1], call, binding)
  } else if (name === 'createTable' && text(args[0]) !== undefined && object(args[1])) attributes(at, text(args[0])!, object(prop(args[1], 'columns')) ?? args[1]!, undefined, call, undefined)
  else if (name === 'belongsToMany') at.pairs.push(...pairOf(at.facts, chain, args, call))
  else if (name === 'addIndex' || name === 'addConstraint') addedLater(at, args, call)
}

/** Of db-migrate, too: `addIndex(TABLE, 'index_name', ['site', 'name'], true)`. */
function addedLater(at: Gathered, args: Expr[], call: CallExpr): void {
  const table = text(args[0]) ?? constantText(at.facts, args[0])
  if (table === undefined) return
  if (args[2]?.k === 'arr' && isTrue(args[3])) return addUnique(named(at, table, call), texts(at.facts, args[2]))
  const options = args.find(arg => object(arg))
  if (!isTrue(prop(options, 'unique')) && text(prop(options, 'type'))?.toLowerCase() !== 'unique') return
  addUnique(named(at, table, call), texts(at.facts, args[1]?.k === 'arr' ? args[1] : prop(options, 'fields')))
}

function attributes(at: Gathered, model: string, fields: Expr, options: Expr | undefined, call: CallExpr, binding: number | undefined): void {
  const table = put(at, newTable(text(prop(options, 'tableName')) ?? model, siteOf(at, call), model), binding)
  const shared = new Map<string, string[]>()
  for (const { n, v } of object(fields)?.m ?? []) {
    if (n === undefined) continue
    const group = text(prop(v, 'unique')) ?? text(prop(prop(v, 'unique'), 'name'))
    addColumn(table, { name: n, ...withoutGroup(optionsOf(at, v), group) })
    if (group !== undefined) shared.set(group, [...(shared.get(group) ?? []), n])
  }
  for (const set of shared.values()) addUnique(table, set)
  if (!table.columns.some(one => one.primary)) addColumn(table, { name: 'id', primary: true, generated: 'increment' })
  readIndexes(at.facts, table, prop(options, 'indexes'))
}

function withoutGroup(column: Partial<ColumnFact>, group: string | undefined): Partial<ColumnFact> {
  if (group !== undefined) delete column.unique
  return column
}

/** Waterline: `module.exports = { attributes: { email: { type: 'string', unique: true } } }`, a model by the name of its file. */
export function attributesOf(file: string, facts: FileFacts): TableFact[] {
  let made: ObjectExpr | undefined
  visit([facts.exports.map(({ x }) => x), facts.functions[0]?.body], node => { if (node.k === 'obj' && prop(node as unknown as Expr, 'attributes')) made ??= node as unknown as ObjectExpr })
  const fields = object(prop(made, 'attributes'))
  if (!made || !fields) return []
  const model = file.replace(/^.*\/|\.\w+$/g, '')
  const at: Gathered = { file, facts, tables: [], held: new Map(), pairs: [] }
  const table = newTable(text(prop(made, 'tableName')) ?? model, siteOf(at, made), model)
  for (const { n, v } of fields.m) if (n !== undefined && !prop(v, 'collection')) addColumn(table, { name: n, ...optionsOf(at, v) })
  if (!table.columns.some(one => one.primary)) addColumn(table, { name: text(prop(made, 'primaryKey')) ?? 'id', primary: true, generated: 'increment' })
  return [table]
}

// ------------------------------------------------------------------ Drizzle

const tableMakers = /^(?:(?:pg|mysql|sqlite|singlestore|gel|mssql|cockroach)Table|table|createTable)$/

/** `pgTable('users', { email: text().unique() }, t => [unique().on(t.a, t.b)])`. */
function readDrizzle(at: Gathered, chain: Chain, call: CallExpr, binding: number | undefined): void {
  const { name, args } = chain.links.at(-1)!
  const fields = object(returned(at.facts, args[1]))
  const label = text(args[0])
  if (!tableMakers.test(name) || label === undefined || !fields || !fields.m.some(one => one.v.k === 'call')) return
  const table = put(at, newTable(label, siteOf(at, call), binding === undefined ? undefined : at.facts.bindings[binding]?.n), binding)
  for (const { n, v } of fields.m) if (n !== undefined && v.k === 'call') addColumn(table, drizzleColumn(at, n, chainOf(at.facts, v).links))
  const extra = returned(at.facts, args[2])
  const parts = extra?.k === 'arr' ? extra.x : object(extra)?.m.map(one => one.v) ?? []
  for (const part of parts) if (part.k === 'call') drizzleExtra(at, table, chainOf(at.facts, part).links)
}

function drizzleColumn(at: Gathered, name: string, links: Link[]): ColumnFact {
  const has = (...names: string[]) => links.some(link => names.includes(link.name))
  const column: ColumnFact = { name }
  const stored = text(links[0]?.args[0])
  if (stored !== undefined && stored !== name) column.column = stored
  if (has('unique')) column.unique = true
  if (has('unique') && !has('notNull')) column.optional = true
  if (has('primaryKey')) column.primary = true
  const made = links.find(link => link.name === '$defaultFn' || link.name === '$default' || link.name === 'default')
  const sqliteId = links[0]?.name === 'integer' && links.some(link => link.name === 'primaryKey' && isTrue(prop(link.args[0], 'autoIncrement')))
  if (/serial/i.test(links[0]?.name ?? '') || has('autoincrement', 'generatedAlwaysAsIdentity', 'generatedByDefaultAsIdentity') || sqliteId) column.generated = 'increment'
  else if (has('defaultRandom') || (made?.args[0] && makesId(at.facts, made.args[0]))) column.generated = 'uuid'
  else if (made || has('defaultNow')) column.generated = 'default'
  return column
}

function drizzleExtra(at: Gathered, table: TableFact, links: Link[]): void {
  const [first] = links
  if (first?.name === 'primaryKey') return addUnique(table, texts(at.facts, prop(first.args[0], 'columns') ?? { k: 'arr', x: first.args, p: 0, e: 0 }), true)
  const on = links.find(link => link.name === 'on' || link.name === 'onOnly') ?? links.find(link => link.name === 'using')
  const columns = on?.name === 'using' ? on.args.slice(1) : on?.args
  if ((first?.name === 'unique' || first?.name === 'uniqueIndex') && columns) addUnique(table, columns.flatMap(arg => texts(at.facts, plainColumn(arg))))
}

/** `table.name.asc().nullsLast()`, as what is read from a database has it. */
function plainColumn(x: Expr): Expr {
  return x.k === 'call' && x.f.k === 'mem' && x.f.o.k !== 'ref' ? plainColumn(x.f.o) : x
}

// ------------------------------------------------------------------ migrations by Knex, Lucid and Kysely

/** `createTable('users', t => { t.string('x').unique() })`: the callback's parameter is the table. */
function readKnex(at: Gathered, chain: Chain, call: CallExpr): void {
  for (const { name, args } of chain.links) {
    const body = args.at(-1)
    const own = chain.root?.k === 'this' && OF_LUCID.test(name)
    const table = own || OF_KNEX.test(name) ? text(args[0]) ?? fieldText(at.facts, args[0]) ?? constantText(at.facts, args[0]) : undefined
    if (table === undefined || body?.k !== 'fn') continue
    const param = at.facts.functions[body.f]?.params[0]?.t
    if (param?.k === 'bind') at.held.set(param.b, named(at, table, call))
  }
}

const OF_KNEX = /^(?:createTable|createTableIfNotExists|alterTable|table)$/
/** `this.create('users', t => …)` of AdonisJS 4. */
const OF_LUCID = /^(?:create|createIfNotExists|alter)$/

/** `const tableName = 'users'` of the file. */
function constantText(facts: FileFacts, x: Expr | undefined): string | undefined {
  if (x?.k !== 'ref') return undefined
  for (const stmt of facts.functions[0]?.body ?? []) {
    const made = stmt.k === 'var' && stmt.kind === 'const' ? stmt.d.find(({ t }) => t.k === 'bind' && t.b === x.b)?.i : undefined
    if (made) return text(made)
  }
  return undefined
}

/** `this.tableName`, where the class of the file writes it down. */
function fieldText(facts: FileFacts, x: Expr | undefined): string | undefined {
  if (x?.k !== 'mem' || x.o.k !== 'this') return undefined
  const sets = facts.classes.flatMap(({ init }) => (init === undefined ? [] : facts.functions[init]?.body ?? []))
  const found = sets.find(stmt => stmt.k === 'expr' && stmt.x.k === 'set' && stmt.x.l.k === 'mem' && stmt.x.l.n === x.n)
  return found?.k === 'expr' && found.x.k === 'set' ? text(found.x.r) : undefined
}

function readKnexColumn(at: Gathered, chain: Chain): void {
  const table = chain.root?.k === 'ref' ? at.held.get(chain.root.b) : undefined
  const [first, ...rest] = chain.links
  if (!table || !first || /^(?:foreign|index|drop|timestamps$)/.test(first.name)) return
  if (first.name === 'unique' || first.name === 'primary') return addUnique(table, texts(at.facts, first.args[0]), first.name === 'primary')
  const increments = /increments$/i.test(first.name)
  const name = text(first.args[0]) ?? (increments ? 'id' : undefined)
  if (name === undefined) return
  const column: ColumnFact = { name }
  const has = (label: string) => rest.some(link => link.name === label)
  if (has('unique')) column.unique = true
  if (has('primary') || increments) column.primary = true
  if (increments) column.generated = 'increment'
  else if (has('defaultTo')) column.generated = rest.some(link => link.name === 'defaultTo' && link.args[0] && makesDefaultId(at, link.args[0])) ? 'uuid' : 'default'
  addColumn(table, column)
}

function makesDefaultId(at: Gathered, x: Expr): boolean {
  return makesId(at.facts, x) || (x.k === 'call' && x.a.some(arg => makesId(at.facts, arg)))
}

function readKysely(at: Gathered, chain: Chain, call: CallExpr): void {
  const make = chain.links.find(link => (link.name === 'createTable' || link.name === 'alterTable') && text(link.args[0]) !== undefined && link.args.length === 1)
  const on = chain.links.find(link => link.name === 'on')
  const indexed = chain.links.some(link => link.name === 'createIndex') && chain.links.some(link => link.name === 'unique')
  if (indexed && text(on?.args[0]) !== undefined) {
    const columns = chain.links.filter(link => link.name === 'column' || link.name === 'columns').flatMap(link => texts(at.facts, link.args[0]))
    addUnique(named(at, text(on!.args[0])!, call), columns)
  }
  const parts = chain.links.filter(link => /^add(?:Column|UniqueConstraint|PrimaryKeyConstraint)$/.test(link.name))
  if (!make || parts.length === 0) return
  const table = named(at, text(make.args[0])!, call)
  for (const { name, args } of parts) {
    if (name !== 'addColumn') addUnique(table, texts(at.facts, args[1]), name === 'addPrimaryKeyConstraint')
    else if (text(args[0]) !== undefined) addColumn(table, kyselyColumn(at, text(args[0])!, args))
  }
}

function kyselyColumn(at: Gathered, name: string, args: Expr[]): ColumnFact {
  const built = returned(at.facts, args[2])
  const links = built?.k === 'call' ? chainOf(at.facts, built).links : []
  const has = (label: string) => links.some(link => link.name === label)
  const column: ColumnFact = { name }
  if (has('unique')) column.unique = true
  if (has('unique') && !has('notNull')) column.optional = true
  if (has('primaryKey')) column.primary = true
  if (/serial/.test(text(args[1]) ?? '') || has('autoIncrement') || has('generatedAlwaysAsIdentity')) column.generated = 'increment'
  else if (has('defaultTo')) column.generated = 'default'
  return column
}

/** One chain of calls: whichever library it is a declaration of. */
export function readCall(at: Gathered, call: CallExpr, binding: number | undefined): void {
  const chain = chainOf(at.facts, call)
  readMongo(at, chain, call, binding)
  readSequelize(at, chain, call, binding)
  readDrizzle(at, chain, call, binding)
  readKnex(at, chain, call)
  readKnexColumn(at, chain)
  readKysely(at, chain, call)
}
