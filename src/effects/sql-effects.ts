import type { EffectKind } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import type { TableFact } from '../model/schema.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { ELEMENTS, type ObjectValue, type Value } from '../link/values.js'
import type { Program } from '../program/program.js'
import { findTables, uniqueAmong } from '../schema/index.js'
import { behindText, boundValues, textOf } from './bound.js'
import { elementsByCallers, textsByCallers } from './callers-say.js'
import { parseCypher } from './cypher.js'
import type { Effect } from './effects.js'
import type { Freshness } from './freshness.js'
import { OWN_KEY } from './brought.js'
import { isCaughtDuplicate, madeBy } from './made.js'
import { SECRETS } from './mutations.js'
import { isOfItself } from './of-itself.js'
import { DRAWN_THERE, looksLikeSql, parseSql, type SqlStatement, SQL_HOLE } from './sql.js'
import { EXPIRY, STAMP } from './stamps.js'
import { UNIQUE, type Uniqueness } from './uniqueness.js'
import { chained, flatten } from './written.js'

const WRITING: Partial<Record<SqlStatement['verb'], EffectKind>> = { insert: 'insert', update: 'update', delete: 'delete', upsert: 'upsert', replace: 'upsert' }
/** What a database makes up for each row. */
const MADE_THERE = /^(gen_random_uuid|uuid_generate_v[14]|uuid|newid|random|nextval|now|current_timestamp|getdate)\b/i

const CONSTANT = /^(true|false|null|default|now\(\)|current_timestamp|-?\d+|'[^']*')$/i

/** What the text of a statement does, and what in it speaks against a repeat. */
export class SqlEffects {
  constructor(private readonly program: Program, private readonly tables: TableFact[], private readonly freshness: Freshness, private readonly uniqueness: Uniqueness) {}

  of(made: Effect): Effect | undefined {
    const statement = this.statements(made.call).find(({ verb }) => WRITING[verb] !== undefined)
    if (!statement) return undefined
    if (this.redraws(made.call, statement)) made.drawn = true
    made.kind = (statement.relative || this.putsBack(made.call, statement) || made.drawn) && statement.verb !== 'insert' && statement.verb !== 'delete' ? 'relative-update' : WRITING[statement.verb] ?? 'update'
    made.model = statement.table ?? this.tableGiven(made.call, statement) ?? made.model
    if (made.kind === 'update' && isStamp(statement)) made.stamp = true
    if (statement.verb === 'update') made.sets = this.setsOf(made.call, statement)
    const fresh = this.freshColumns(made.call, statement)
    // A conflict that cannot come, since a part of its key is another each time, clears nothing.
    if (fresh.size > 0 && (statement.conflict?.target ?? []).some((name) => fresh.has(name))) made.kind = 'insert'
    else made.guard = this.sqlGuard(statement, fresh) ?? (made.kind === 'insert' && (this.isRefused(made.call, statement, made.model) || this.isExpected(made, statement, fresh)) ? UNIQUE : undefined)
    return made
  }

  /** `query('INSERT INTO ?? SET ?', ['notes', note])` of MySQL; where many call one helper, those on the way say which one is meant. */
  private tableGiven(call: LibraryCall, { tableAt }: SqlStatement): string | undefined {
    if (tableAt === undefined) return undefined
    const list = call.site.k === 'call' ? call.site.a[Number(call.row?.effect?.sql ?? '0') + 1] : undefined
    const said = list ? elementsByCallers(this.program.look, call.inst, list, tableAt, this.uniqueness.reached) : []
    const [name, ...others] = new Set(said.length > 0 ? said : this.given(call, tableAt).flatMap((value) => (value.kind === 'lit' ? [String(value.value)] : [])))
    return others.length === 0 ? name : undefined
  }

  /** `SET ?` with an object of columns, one of which the table keeps unique. */
  private isRefused(call: LibraryCall, { rowAt, rowHole }: SqlStatement, table: string | undefined): boolean {
    if (rowHole !== undefined) return this.refusesRow(call, rowHole, table)
    if (rowAt === undefined) return false
    const rows = this.given(call, rowAt).flatMap((value) => (value.kind === 'object' && value.shape === 'object' ? [value] : []))
    return this.uniqueness.refuses(table, madeBy(this.uniqueness.reached, rows), { from: call.inst })
  }

  /** `` sql`INSERT INTO notes ${sql({ slug, ownerId })}` ``: drivers write `owner_id` for that. */
  private refusesRow({ inst, site }: LibraryCall, hole: number, table: string | undefined): boolean {
    const x = site.k === 'tpl' ? site.x[hole] : undefined
    const given = x?.k === 'call' ? x.a[0] : x
    const rows = given ? madeBy(this.uniqueness.reached, this.program.look.values(inst, given).flatMap((value) => (value.kind === 'object' && value.shape === 'object' ? [value] : []))) : []
    const columns = (row: ObjectValue): string[] => [...row.holder.fields.keys()].filter((name) => !this.uniqueness.isFreshField(row, name)).flatMap((name) => [name, name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)])
    return rows.length > 0 && findTables(this.tables, table ?? '').some((one) => rows.every((row) => uniqueAmong(one, columns(row)) !== undefined))
  }

  /** What is bound in a place: one of a list, or one of those that follow the text. */
  private given(call: LibraryCall, at: number): Value[] {
    const first = Number(call.row?.effect?.sql ?? '0') + 1
    const lists = this.program.argument(call, String(first)).filter((value): value is ObjectValue => value.kind === 'object' && value.shape === 'array')
    return lists.length === 0 ? this.program.argument(call, String(first + at)) : lists.flatMap(({ holder: { fields } }) => this.program.a.of(fields.get(String(at)) ?? fields.get(ELEMENTS) ?? -1))
  }

  /** `SET count = $1`, where `[row.count + 1]` is bound. */
  private putsBack(call: LibraryCall, statement: SqlStatement): boolean {
    const { columns = [], verb } = statement
    return verb === 'update' && this.bound(call, statement).some((x, i) => x !== undefined && isOfItself(columns[i], x))
  }

  /** `SET api_key = $1` with `[randomUUID(), …]`: what the first answer gave opens nothing any more. */
  private redraws(call: LibraryCall, statement: SqlStatement): boolean {
    const { columns = [] } = statement
    const isSecret = (i: number): boolean => SECRETS.test((columns[i] ?? '').replaceAll('_', ''))
    if (statement.verb === 'update' && statement.values?.some((value, i) => 'sql' in value && DRAWN_THERE.test(value.sql) && isSecret(i))) return true
    return this.bound(call, statement).some((x, i) => x !== undefined && isSecret(i) && this.freshness.of(call.inst, x) && !this.freshness.onlyHides(call.inst, x))
  }

  /** A duplicate is caught, and the table may refuse one. */
  private isExpected({ call, model }: Effect, { columns = [] }: SqlStatement, fresh: Set<string>): boolean {
    if (columns.length === 0 || [...fresh].some((name) => !OWN_KEY.test(name)) || !isCaughtDuplicate(call, this.uniqueness.reached)) return false
    const tables = model === undefined ? [] : findTables(this.tables, model)
    return tables.length === 0 || tables.some(({ uniques }) => uniques.some((set) => set.some((name) => !OWN_KEY.test(name)) && !set.some((name) => fresh.has(name))))
  }

  /** Columns that an update sets, and those that it sets to a constant: `SET used = true`, `SET used = $1` with `[true, …]`. */
  private setsOf(call: LibraryCall, statement: SqlStatement): NonNullable<Effect['sets']> {
    const { columns = [], values = [] } = statement
    const given = this.bound(call, statement)
    const isConstant = (i: number): boolean => {
      const [value, x] = [values[i], given[i]]
      return x ? x.k === 'lit' : value !== undefined && 'sql' in value && CONSTANT.test(value.sql)
    }
    return { assigned: columns, cleared: columns.filter((_, i) => isConstant(i)) }
  }

  private bound(call: LibraryCall, statement: SqlStatement): (Expr | undefined)[] {
    return boundValues(statement, call, chained(this.program, call, 'run'), (x) => this.program.look.behind(call.inst, x))
  }

  /** Columns whose values are made up in the call: `VALUES ($1, …)` with `[randomUUID(), …]`. */
  private freshColumns(call: LibraryCall, statement: SqlStatement): Set<string> {
    const { columns = [], values = [] } = statement
    const given = this.bound(call, statement)
    return new Set(columns.filter((_, i) => {
      const [value, x] = [values[i], given[i]]
      return x ? this.freshness.of(call.inst, x) : value !== undefined && 'sql' in value && MADE_THERE.test(value.sql)
    }))
  }

  private readonly parsed = new Map<string, SqlStatement[]>()
  /** The statements of a call that runs SQL; invocations that are told apart run the same text. */
  statements(call: LibraryCall): SqlStatement[] {
    const path = call.row?.effect?.sql
    const text = path === undefined ? undefined : this.sqlText(call, path)
    if (text === undefined) return []
    let statements = this.parsed.get(text)
    if (!statements) this.parsed.set(text, (statements = call.row?.effect?.cypher ? parseCypher(text) : looksLikeSql(text) ? parseSql(text) : []))
    return statements
  }

  private sqlText(call: LibraryCall, path: string): string | undefined {
    const { site } = call
    const x: Expr | undefined = site.k === 'tpl' ? site : site.k === 'call' ? site.a[Number(path)] : undefined
    const written = x && this.textIn(call.inst, x)
    if (written?.k === 'lit' && typeof written.v === 'string') return written.v
    if (written?.k === 'tpl') return this.filled(call.inst, written)
    if (written?.k === 'bin') return flatten(written)
    const texts = this.program.texts(call, path)
    return (texts.length > 1 && x ? this.saidOf(call.inst, x) : undefined) ?? texts[0]
  }

  /** Where many call one helper, those on the way say which text is meant. */
  private saidOf(inst: Instance, x: Expr): string | undefined {
    const { reached } = this.uniqueness
    const said = reached ? textsByCallers(this.program.look, inst, x, reached) : []
    return said.find((text) => /\b(insert|update|delete|create|merge|replace|set)\b/i.test(text)) ?? said[0]
  }

  /** What a statement is written as: a local's value, the text of `{ text, values }`. */
  private textIn(inst: Instance, x: Expr): Expr {
    const written = behindText(this.program.look.behind(inst, x), (inner) => this.program.look.behind(inst, inner))
    const text = textOf(written)
    return text ? this.textIn(inst, text) : written
  }

  /** A template with its constants filled in: the name of a table, most often. */
  private filled(inst: Instance, { q, x }: Expr & { k: 'tpl' }): string {
    return q.map((part, i) => {
      const inner = x[i]
      // sql`… ${sql`on conflict do nothing`}`
      if (inner?.k === 'tpl') return part + this.filled(inst, inner)
      const [value, ...others] = x[i] ? this.program.look.values(inst, x[i]) : []
      return part + (i >= x.length ? '' : value?.kind === 'lit' && typeof value.value === 'string' && others.length === 0 && /^[\w.]+$/.test(value.value) ? value.value : SQL_HOLE)
    }).join('')
  }

  private sqlGuard(statement: SqlStatement, fresh: Set<string>): string | undefined {
    if (statement.verb !== 'insert') return undefined
    if (statement.notExists) return 'inserted only where not there'
    const tables = statement.table ? findTables(this.tables, statement.table) : []
    const given = (statement.columns ?? []).filter((name) => !fresh.has(name))
    if (statement.conflict) return fresh.size > 0 && tables.length > 0 && !tables.some((table) => uniqueAmong(table, given)) ? undefined : 'conflict clause'
    return tables.some((table) => uniqueAmong(table, given) !== undefined) ? UNIQUE : undefined
  }
}

/** `UPDATE visits SET last_seen = now()`, `SET expires_at = $1`: when somebody came by, or until when that holds. */
const isStamp = ({ columns = [] }: SqlStatement): boolean => columns.length > 0 && columns.every((name) => STAMP.test(name) || EXPIRY.test(name))
