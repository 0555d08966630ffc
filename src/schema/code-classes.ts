import type { ClassFact, DecoratorFact, Expr, FieldFact, FileFacts, Stmt } from '../model/facts.js'
import type { ColumnFact, TableFact } from '../model/schema.js'
import { isFalse, isTrue, lastName, object, prop, text, texts } from './code-read.js'
import { addColumn, addUnique, newTable } from './tables.js'

const entities = new Set(['Entity', 'ChildEntity', 'Table', 'Schema', 'modelOptions'])
const columns = new Set(['Column', 'Property', 'Prop', 'prop', 'PrimaryColumn', 'PrimaryGeneratedColumn', 'PrimaryKey', 'ObjectIdColumn', 'SerializedPrimaryKey',
  'CreateDateColumn', 'UpdateDateColumn', 'DeleteDateColumn', 'VersionColumn', 'Enum', 'ManyToOne', 'OneToOne', 'ManyToMany', 'OneToMany', 'ForeignKey', 'JoinColumn', 'Unique', 'Index', 'AutoIncrement', 'Default'])

interface Decorated { name: string; args: Expr[] }

function decorators(facts: FileFacts, list: DecoratorFact[] | undefined): Decorated[] {
  return (list ?? []).flatMap(({ x }) => {
    const name = lastName(facts, x.k === 'call' ? x.f : x)
    return name === undefined ? [] : [{ name, args: x.k === 'call' ? x.a : [] }]
  })
}

/** Tables that decorated classes declare: TypeORM, MikroORM, sequelize-typescript, Nest's Mongoose, Typegoose. */
export function tablesOfClasses(file: string, facts: FileFacts): TableFact[] {
  return facts.classes.flatMap(one => tableOfClass(file, facts, one) ?? [])
}

function tableOfClass(file: string, facts: FileFacts, one: ClassFact): TableFact | undefined {
  const marks = decorators(facts, one.dec)
  const fields = one.fields.map(field => ({ field, marks: decorators(facts, field.dec).filter(mark => columns.has(mark.name)) })).filter(({ marks }) => marks.length > 0)
  const entity = marks.find(mark => entities.has(mark.name))
  if (one.n === undefined || (!entity && !fields.some(({ marks }) => marks.some(mark => /^(?:Primary|prop$|Prop$)/.test(mark.name))))) return undefined
  const table = newTable(nameOf(entity) ?? one.n, { file, start: one.q, end: one.q + one.n.length }, one.n)
  const shared = new Map<string, string[]>()
  for (const { field, marks } of fields) readField(facts, table, field, marks, shared)
  for (const column of table.columns) if (column.primary && column.generated === undefined && drawsItself(facts, one, column.name)) column.generated = 'uuid'
  for (const { field, marks } of fields) if (marks.some(mark => mark.name === 'PrimaryColumn')) noteBrought(table, field.n)
  for (const set of shared.values()) addUnique(table, set)
  for (const mark of marks) readClassMark(facts, table, mark)
  return table
}

/** `@BeforeInsert() setId() { this.id = randomUUID() }`, `id = nanoid()`: the class makes its key. */
function drawsItself(facts: FileFacts, { init, ctor, methods }: ClassFact, name: string): boolean {
  const before = new Set(methods.filter(({ dec }) => decorators(facts, dec).some(mark => beforeInsert.test(mark.name))).map(({ f }) => f))
  return [init, ctor, ...methods.map(({ f }) => f)].some(fn => fn !== undefined && facts.functions[fn]?.body.some(stmt => setsOwn(stmt, name, x => makesId(facts, x) || (before.has(fn) && isOfNone(x)))))
}

const beforeInsert = /^Before(?:Insert|Create)$/

/** `this.id = …`, also where it is tested before. */
function setsOwn(s: Stmt, name: string, isDrawn: (x: Expr) => boolean): boolean {
  const drawn = (x: Expr): boolean => isDrawn(x) || (x.k === 'log' && drawn(x.r)) || (x.k === 'cond' && (drawn(x.c) || drawn(x.a)))
  if (s.k === 'if') return [...s.c, ...(s.a ?? [])].some(inner => setsOwn(inner, name, isDrawn))
  return s.k === 'expr' && s.x.k === 'set' && s.x.l.k === 'mem' && s.x.l.o.k === 'this' && s.x.l.n === name && drawn(s.x.r)
}

/** `shortId()`: a key that a hook makes of nothing that the row holds is another one for each row. */
function isOfNone(x: Expr): boolean {
  return x.k === 'call' && x.a.every(arg => arg.k === 'lit') && rootOf(x.f).k !== 'this'
}

function rootOf(x: Expr): Expr {
  return x.k === 'mem' ? rootOf(x.o) : x.k === 'call' ? rootOf(x.f) : x
}

function noteBrought(table: TableFact, name: string): void {
  const column = table.columns.find(one => one.name === name)
  if (column?.primary && column.generated === undefined) column.brought = true
}

function nameOf(entity: Decorated | undefined): string | undefined {
  const [first] = entity?.args ?? []
  if (first === undefined) return undefined
  return text(first) ?? ['name', 'tableName', 'collection'].map(key => text(prop(first, key))).find(name => name !== undefined) ?? text(prop(prop(first, 'schemaOptions'), 'collection'))
}

function readField(facts: FileFacts, table: TableFact, field: FieldFact, marks: Decorated[], shared: Map<string, string[]>): void {
  const column: ColumnFact = { name: field.n }
  for (const mark of marks) {
    Object.assign(column, markOf(facts, mark))
    const group = mark.args.map(arg => text(prop(arg, 'unique')) ?? (mark.name === 'Unique' ? text(arg) : undefined)).find(Boolean)
    if (group !== undefined) shared.set(group, [...(shared.get(group) ?? []), field.n])
  }
  // One row on each side: the column that refers to the other is unique, and may be empty unless that is ruled out.
  const single = marks.find(mark => mark.name === 'OneToOne')
  if (single && marks.some(mark => mark.name === 'JoinColumn')) Object.assign(column, { unique: true, ...(single.args.some(arg => isFalse(prop(arg, 'nullable'))) ? {} : { optional: true }) })
  if (table.columns.some(one => one.primary) && column.primary) return void addComposite(table, column)
  addColumn(table, column)
}

/** A second primary column makes one key of both. */
function addComposite(table: TableFact, column: ColumnFact): void {
  table.columns.push(column)
  const primaries = table.columns.filter(one => one.primary).map(one => one.name)
  table.uniques = table.uniques.filter(set => !set.every(name => primaries.includes(name)))
  table.uniques.unshift(primaries)
}

function markOf(facts: FileFacts, { name, args }: Decorated): Partial<ColumnFact> {
  const options = args.find(arg => object(arg))
  const found: Partial<ColumnFact> = {}
  const column = text(prop(options, 'name')) ?? text(prop(options, 'field')) ?? text(prop(options, 'fieldName'))
  if (column !== undefined) found.column = column
  if (isTrue(prop(options, 'unique')) || (name === 'Unique' && text(args[0]) === undefined)) found.unique = true
  if (name.startsWith('Primary') || name === 'SerializedPrimaryKey' || name === 'ObjectIdColumn' || isTrue(prop(options, 'primary')) || isTrue(prop(options, 'primaryKey'))) found.primary = true
  const many = name.endsWith('ToMany') ? relatedTo(facts, args[0]) : undefined
  if (many !== undefined) found.relation = { model: many, many: true }
  const made = generatedBy(facts, name, args, options)
  if (made) found.generated = made
  return found
}

/** `@ManyToMany(() => Label)` */
function relatedTo(facts: FileFacts, of: Expr | undefined): string | undefined {
  const given = of?.k === 'fn' ? facts.functions[of.f]?.body.flatMap(stmt => (stmt.k === 'ret' && stmt.x ? [stmt.x] : []))[0] : undefined
  return given && lastName(facts, given)
}

function generatedBy(facts: FileFacts, name: string, args: Expr[], options: Expr | undefined): ColumnFact['generated'] {
  if (name === 'PrimaryGeneratedColumn') return /^(?:uuid|rowid)$/.test(text(args[0]) ?? '') ? 'uuid' : 'increment'
  if (name === 'ObjectIdColumn') return 'uuid'
  if (name === 'AutoIncrement' || isTrue(prop(options, 'autoIncrement')) || isTrue(prop(options, 'autoincrement'))) return 'increment'
  const byDefault = prop(options, 'default') ?? prop(options, 'defaultValue') ?? prop(options, 'defaultRaw') ?? prop(options, 'onCreate') ?? (name === 'Default' ? args[0] : undefined)
  if (byDefault === undefined) return undefined
  return makesId(facts, byDefault) ? 'uuid' : 'default'
}

/** Does a default make a fresh id: `uuid`, `() => v4()`, `DataType.UUIDV4`, `gen_random_uuid()`? */
export function makesId(facts: FileFacts, x: Expr): boolean {
  if (x.k === 'fn') return facts.functions[x.f]?.body.some(stmt => stmt.k === 'ret' && stmt.x !== undefined && makesId(facts, stmt.x)) ?? false
  const name = x.k === 'call' || x.k === 'new' ? lastName(facts, x.f) : lastName(facts, x) ?? text(x)
  return /uuid|^v[1-7]$|nanoid|cuid|ulid|createId|ObjectId/i.test(name ?? '')
}

function readClassMark(facts: FileFacts, table: TableFact, { name, args }: Decorated): void {
  if (name === 'Unique') addUnique(table, setOf(facts, args))
  if ((name === 'Index' || name === 'index') && args.some(arg => isTrue(prop(arg, 'unique')))) addUnique(table, setOf(facts, args))
  if (name === 'Table') readIndexes(facts, table, prop(args[0], 'indexes'))
}

/** Columns named in the arguments: an array, a function that yields one, `{ properties }`, or the keys of Typegoose's first object. */
function setOf(facts: FileFacts, args: Expr[]): string[] {
  const list = args.find(arg => arg.k === 'arr' || arg.k === 'fn')
  if (list) return texts(facts, list)
  const properties = args.map(arg => prop(arg, 'properties')).find(Boolean)
  return properties ? texts(facts, properties) : object(args[0])?.m.flatMap(one => (one.n === undefined || one.n === 'unique' || one.n === 'name' ? [] : [one.n])) ?? []
}

/** `indexes: [{ unique: true, fields: ['a', 'b'] }]`, in Sequelize's options, EntitySchema and others. */
export function readIndexes(facts: FileFacts, table: TableFact, list: Expr | undefined, always = false): void {
  if (list?.k !== 'arr') return
  for (const one of list.x) {
    const type = text(prop(one, 'type'))?.toLowerCase()
    if (!always && !isTrue(prop(one, 'unique')) && type !== 'unique') continue
    addUnique(table, texts(facts, prop(one, 'fields') ?? prop(one, 'columns') ?? prop(one, 'properties')))
  }
}
