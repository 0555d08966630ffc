import type { Expr } from '../model/facts.js'
import type { TableFact } from '../model/schema.js'
import type { Callers } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'
import { ELEMENTS, type ObjectValue } from '../link/values.js'
import type { Program } from '../program/program.js'
import { chainOf } from '../link/shape.js'
import { findTables, uniqueAmong } from '../schema/index.js'
import { Counted } from './counted.js'
import type { Freshness } from './freshness.js'
import { broughtHere, spreadInto } from './made.js'

/** Why a row of a table cannot be inserted twice. */
export const UNIQUE = 'unique columns'
/** Columns whose values are made up, as a rule. */
const MADE_UP = /secret|token|nonce|otp$|random|salt|hash|uuid|api_?key|(^|_)code$|code$/i
const SECRET = /secret|nonce|random|api_?key/i

const OWN = /^_?id$/i

const NONE: ReadonlySet<string> = new Set()
const holdsKey = ({ uniques }: TableFact, path: string): boolean => uniques.some((set) => set.some((name) => name.startsWith(path)))

/** What the schema says against a second row. */
export class Uniqueness {
  /** How the entry in question reaches its functions. */
  reached: Callers = new Map()
  private readonly own = new Map<ObjectValue, Map<string, boolean>>()

  private readonly counted: Counted

  constructor(private readonly program: Program, private readonly tables: TableFact[], private readonly freshness: Freshness) {
    this.counted = new Counted(program)
  }

  /** Does a table of this name refuse a second one of each of these rows, whose columns of `held` are filled as well? */
  refuses(name: string | undefined, rows: ObjectValue[], { declared = NONE, held = [], drawn = NONE, from }: { declared?: ReadonlySet<string> | undefined; held?: string[]; drawn?: ReadonlySet<string>; from?: Instance } = {}): boolean {
    return name !== undefined && this.tablesNear(name, from ? [from] : rows.flatMap(({ env }) => env ?? [])).some((table) => this.refusesRepeat(table, rows, declared, held, drawn))
  }

  /** Services of one repository may each have a `User`: where one of their packages declares it, it is that one. */
  private tablesNear(name: string, by: Instance[]): TableFact[] {
    const all = findTables(this.tables, name)
    const folderOf = (file: string): string | undefined => this.program.a.resolver.manifestOf(file)?.dir
    if (all.length < 2 || new Set(all.map(({ source }) => folderOf(source.file))).size < 2) return all
    const own = new Set(by.map(({ unit }) => folderOf(unit.path)))
    const near = all.filter(({ source }) => own.has(folderOf(source.file)))
    return near.length > 0 ? near : all
  }

  /** May a table of this name refuse one of these rows, though it cannot be seen by which columns? None of a row's values but its id is made up then. */
  mayRefuse(name: string | undefined, rows: ObjectValue[]): boolean {
    const tables = name === undefined ? [] : findTables(this.tables, name).filter(({ columns }) => columns.some((column) => !OWN.test(column.name)))
    const isGiven = (set: string[]): boolean => !set.every((column) => /^_?id$/i.test(column)) && !set.some((column) => MADE_UP.test(column))
    const isKept = (row: ObjectValue, field: string): boolean => !this.isFreshField(row, field)
    // The database draws it for each row: `@@unique([userId, id])` refuses none.
    const isDrawn = ({ columns }: TableFact, row: ObjectValue, field: string): boolean => !row.holder.fields.has(field) && !isOpen(row) && makesAnother(columns.find(({ name }) => name === field)?.generated)
    if (tables.length > 0) return tables.some((table) => table.uniques.some((set) => isGiven(set) && rows.every((row) => set.every((column) => isKept(row, column) && !isDrawn(table, row, column)))))
    return rows.every((row) => [...row.holder.fields.keys()].every((field) => /^_?id$/i.test(field) || WHEN.test(field) || isKept(row, field)))
  }

  /** Could a row like one of these be there already, as far as is known? */
  mayConflict(name: string | undefined, rows: ObjectValue[]): boolean {
    const tables = name === undefined || rows.length === 0 ? [] : findTables(this.tables, name).filter(({ columns }) => columns.length > 0)
    return tables.length === 0 || rows.some(isOpen) || tables.some((table) => rows.some((row) => uniqueAmong(table, this.columns(table, row)) !== undefined))
  }

  /** Is one of each set of columns that a table of this name keeps unique made up in each of these rows? */
  isMadeUp(name: string | undefined, rows: ObjectValue[]): boolean {
    const sets = (name === undefined ? [] : findTables(this.tables, name)).flatMap(({ uniques }) => uniques).filter((set) => !set.every((column) => OWN.test(column)))
    return sets.length > 0 && rows.length > 0 && rows.every((row) => sets.every((set) => set.some((column) => row.holder.fields.has(column) && this.isFreshField(row, column))))
  }

  /** What cannot be seen may hold any column, but a repeat makes its own primary key. */
  private refusesRepeat(table: TableFact, objects: ObjectValue[], declared: ReadonlySet<string>, held: string[], drawn: ReadonlySet<string>): boolean {
    const column = (name: string): TableFact['columns'][number] | undefined => table.columns.find((c) => c.name === name)
    // `userId serial UNIQUE`, which every row brings.
    const isBrought = (name: string): boolean => objects.length > 0 && objects.every((object) => surelyBrings(object, name))
    const isGenerated = (name: string): boolean => column(name)?.generated !== undefined && !isBrought(name) && (column(name)?.primary === true || objects.length === 0 || !objects.every((object) => this.brings(object, name)))
    const natural = table.uniques.filter((set) => !set.every(isGenerated) && !set.some((name) => drawn.has(name) || (isGenerated(name) && makesAnother(column(name)?.generated))))
    const isGiven = (set: string[]): boolean => !set.some((name) => (MADE_UP.test(name) || (set.length > 1 && OWN_NUMBER.test(name))) && !declared.has(name)) && !set.every((name) => (column(name)?.primary && /^id_|id$/i.test(name)) || (OWN_NUMBER.test(name) && !declared.has(name)))
    // A row of which not all is seen need not hold what rows may do without.
    const business = natural.filter((set) => isGiven(set) && !set.every((name) => column(name)?.optional))
    // A key that nothing makes comes with every row, also where not all of it is seen.
    const needed = natural.filter((set) => set.every((name) => column(name)?.brought))
    const mayHold = (object: ObjectValue): boolean =>
      isOpen(object) && (business.some((set) => !set.some((name) => this.isWrittenLast(object, name) && this.isFreshField(object, name))) || needed.some((set) => !set.some((name) => this.isFreshField(object, name))))
    const refused = (object: ObjectValue): boolean => uniqueAmong({ ...table, uniques: natural }, [...this.columns(table, object), ...held]) !== undefined || mayHold(object)
    return objects.length === 0 ? business.length > 0 : objects.every(refused)
  }

  /** Columns that a row fills; parts of documents only where a key lies inside them. */
  private columns(table: TableFact, object: ObjectValue, path = ''): string[] {
    const given = [...object.holder.fields.keys()].filter((name) => name !== ELEMENTS && !SECRET.test(name) && !this.isFreshField(object, name) && !isNull(object, name) && !this.isOfMade(object, name))
    return given.flatMap((name) => [name, ...this.connected(table, object, name), ...(holdsKey(table, `${path}${name}.`) ? this.inside(object, name).flatMap((inner) => this.columns(table, inner, `${path}${name}.`).map((column) => `${name}.${column}`)) : [])])
  }

  /** `{ login: { email } }`: the parts of a document that stand in it by a name. */
  private inside(object: ObjectValue, name: string): ObjectValue[] {
    const { a } = this.program
    return a.of(object.holder.fields.get(name) ?? -1).filter((value): value is ObjectValue => value.kind === 'object' && value.shape === 'object' && value.site?.k === 'obj' && value !== object)
  }

  private brings(object: ObjectValue, name: string): boolean {
    const [first = '', ...rest] = name.split('.')
    if (rest.length === 0 || !object.holder.fields.has(first)) return object.holder.fields.has(name)
    return this.inside(object, first).some((inner) => this.brings(inner, rest.join('.')))
  }

  /** `team: { connect: { id } }` fills the columns that hold the key of the other row. */
  private connected(table: TableFact, object: ObjectValue, name: string): string[] {
    const held = table.columns.find((column) => column.name === name)?.relation?.columns
    const inner = held ? this.program.a.of(object.holder.fields.get(name) ?? -1) : []
    return held && inner.some((value) => value.kind === 'object' && value.holder.fields.has('connect')) ? held : []
  }

  /** `{ groupId: group.id }`, where the group was inserted just before, or a row that is new itself: a repeat inserts its own. */
  private isOfMade({ site, env, holder }: ObjectValue, name: string): boolean {
    if (this.program.a.of(holder.fields.get(name) ?? -1).some((value) => (value.kind === 'lib' || value.kind === 'object') && value.path !== undefined && this.program.a.catalog.row(`${value.path}.save`)?.effect?.kind === 'insert')) return true
    const written = site?.k === 'obj' ? site.m.find((m) => m.n === name)?.v : undefined
    if (written?.k === 'ref' && env) return this.isMadeHere(env, written.b)
    if (written?.k !== 'mem' || written.o.k !== 'ref' || !env) return false
    let made = this.program.look.definition(env, written.o.b)
    while (made?.k === 'await' || made?.k === 'elem') made = made.k === 'await' ? made.x : made.o
    const inserts = made ? this.program.callsOf(env).filter(({ row }) => row?.effect?.kind === 'insert') : []
    return inserts.length > 0 && made !== undefined && [...chainOf(made)].some((at) => inserts.some((call) => call.site === at))
  }

  /** `const group = groups.create({ … })`, saved in the same function: the row itself. */
  private isMadeHere(env: Instance, binding: number): boolean {
    const isNew = this.program.look.givenTo(env, binding).some((made) => made.k === 'new' || (made.k === 'call' && made.f.k === 'mem' && /^(create|build)$/.test(made.f.n)))
    return isNew && this.program.callsOf(env).some(({ row, site }) => row?.effect?.kind === 'insert' && site.k === 'call' && site.a.some((arg) => arg.k === 'ref' && arg.b === binding))
  }

  /** `{ ...given, slug, ...(note ? { note } : {}) }`: whatever is spread before it; also where that object is what is spread here. */
  private isWrittenLast(object: ObjectValue, name: string, depth = 0): boolean {
    const parts = depth < 3 ? spreadInto(object, name, (inst, x) => this.program.look.values(inst, x)) : undefined
    if (!parts) return standsLast(object, name)
    const brought = broughtHere(this.reached, parts)
    return brought.length > 0 && brought.every((part) => this.isWrittenLast(part, name, depth + 1))
  }

  /** Is the value of a field made up in the call? */
  isFreshField(object: ObjectValue, name: string, depth = 0): boolean {
    const parts = depth < 3 ? spreadInto(object, name, (inst, x) => this.program.look.values(inst, x)) : undefined
    if (parts) return broughtHere(this.reached, parts).some((part) => this.isFreshField(part, name, depth + 1))
    let known = this.own.get(object)
    if (!known) this.own.set(object, (known = new Map()))
    let fresh = known.get(name)
    if (fresh === undefined) known.set(name, (fresh = this.isFreshHere(object, name)))
    return fresh
  }

  /** The same, but for what is only hidden: `{ token: given ? encrypt(given) : row.token }` is written otherwise each time, and still what was given. */
  isDrawn(object: ObjectValue, name: string, depth = 0): boolean {
    const parts = depth < 3 ? spreadInto(object, name, (inst, x) => this.program.look.values(inst, x)) : undefined
    if (parts) return broughtHere(this.reached, parts).some((part) => this.isDrawn(part, name, depth + 1))
    const written = object.site?.k === 'obj' ? object.site.m.find((m) => m.n === name)?.v : undefined
    return this.isFreshField(object, name) && !(written && object.env && this.freshness.onlyHides(object.env, written))
  }

  /** Is what is written in the object itself made up? The same for all entries that reach it. */
  private isFreshHere(object: ObjectValue, name: string): boolean {
    const given = object.site?.k === 'obj' ? object.site.m.find((m) => m.n === name)?.v : undefined
    // `{ id: { S: randomUUID() } }` of DynamoDB.
    const written = given?.k === 'obj' && given.m.length === 1 && /^[SN]$/.test(given.m[0]?.n ?? '') ? given.m[0]?.v : given
    if (written && isLookedUp(written)) return false
    if (this.freshness.ofValues(this.program.a.of(object.holder.fields.get(name) ?? -1))) return true
    return written !== undefined && object.env !== undefined && (this.freshness.of(object.env, written) || this.counted.of(object.env, written))
  }
}

/** A plugin or the database counts it on: what is not seen of a row need not hold it. */
const OWN_NUMBER = /^_?id$/

/** `{ id: String(form.id) }`, `{ id }` of a parameter that must be a text: no default of the database takes its place. */
const surelyBrings = ({ site, env }: ObjectValue, name: string): boolean => {
  const written = site?.k === 'obj' ? site.m.find(({ n, kind }) => n === name && kind !== 'spread')?.v : undefined
  if (written?.k === 'call') return written.f.k === 'glob' && written.f.n === 'String'
  const param = written?.k === 'ref' ? env?.fn.params.find(({ t, opt }) => t.k === 'bind' && t.b === written.b && !opt) : undefined
  return param?.ty?.k === 'prim' && param.ty.n === 'string'
}

/** When a row was made is in no key. */
const WHEN = /(At|On|_at|_on)$|^(date|time|timestamp)$/

/** `this.sessions[name].id`: whatever it was made of, that was before. */
const isLookedUp = (x: Expr): boolean => x.k === 'mem' && (isLookedUp(x.o) || (x.o.k === 'elem' && x.o.i.k !== 'lit'))

/** A key of which a part is made anew for each row refuses none. */
const makesAnother = (generated: TableFact['columns'][number]['generated']): boolean => generated !== undefined && generated !== 'default'

/** `null`, `alias || null`, `alias ?? undefined`, `given ? given : null` */
const mayBeNull = (x: Expr): boolean =>
  (x.k === 'lit' && x.v === null) || (x.k === 'glob' && x.n === 'undefined') || (x.k === 'log' && mayBeNull(x.r)) || (x.k === 'cond' && (mayBeNull(x.c) || mayBeNull(x.a)))

/** Rows without a value are never the same. */
const isNull = (object: ObjectValue, name: string): boolean => {
  const written = object.site?.k === 'obj' ? object.site.m.find((m) => m.n === name)?.v : undefined
  return written !== undefined && (mayBeNull(written) || isLeftOut(object, written))
}

/** `(name: string, notes?: string) => insert({ name, notes })` */
const isLeftOut = ({ env }: ObjectValue, x: Expr): boolean => x.k === 'ref' && env?.fn.params.some(({ t, opt }) => opt !== undefined && t.k === 'bind' && t.b === x.b) === true

const standsLast = ({ site }: ObjectValue, name: string): boolean => {
  const at = site?.k === 'obj' ? site.m.findIndex((m) => m.n === name) : -1
  return site?.k === 'obj' && at >= 0 && !site.m.slice(at).some((m) => m.kind === 'spread' && !isWritten(m.v))
}

/** Spread request data may hold any column; of `...(note ? { note } : {})` all is seen. */
const isOpen = (object: ObjectValue): boolean => object.site?.k === 'obj' && object.site.m.some((m) => m.kind === 'spread' && !isWritten(m.v))

const isWritten = (x: Expr): boolean => {
  if (x.k === 'obj') return x.m.every((m) => (m.kind === 'spread' ? isWritten(m.v) : m.n !== undefined))
  return x.k === 'cond' ? isWritten(x.c) && isWritten(x.a) : x.k === 'log' && x.op === '&&' && isWritten(x.r)
}
