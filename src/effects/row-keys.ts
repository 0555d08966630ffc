import type { Expr, FileFacts } from '../model/facts.js'
import type { TableFact } from '../model/schema.js'
import type { LibraryCall } from '../link/analysis.js'
import { isExpression, someExpression } from '../link/shape.js'
import type { ObjectValue } from '../link/values.js'
import type { Program } from '../program/program.js'
import { lacksPrimary } from './conditions.js'
import type { Freshness } from './freshness.js'
import type { Uniqueness } from './uniqueness.js'

const KEYS = /(^|_)(id|pk|sk|key|uuid|guid|slug)$|(Id|Key|Uuid|ID|UUID)$/
/** `PRIMARY_KEY`: what holds the name of a key. */
const KEY_NAMES = /(^|_)(ID|PK|KEY)(_NAME)?$/

/** By which key a row is looked for or put: one that a repeat has too, or one that is made up in the call. */
export class RowKeys {
  constructor(
    private readonly program: Program,
    private readonly tables: TableFact[],
    private readonly freshness: Freshness,
    private readonly uniqueness: Uniqueness,
    private readonly objects: (call: LibraryCall, path: string) => ObjectValue[],
  ) {}

  /** Nothing is ever found under it. */
  areFresh(call: LibraryCall): boolean {
    return this.looksForFresh(call) || this.putsFresh(call)
  }

  /** `upsert({ where: { key: 'settings' }, create, update: {} })`: made by whoever comes first, and left as it is. */
  makesTheOne(call: LibraryCall): boolean {
    const { where, again } = call.row?.effect ?? {}
    const [key, left] = [where, again].map((path) => (path === undefined ? undefined : this.objects(call, path)[0]))
    return left !== undefined && left.holder.fields.size === 0 && key !== undefined && key.holder.fields.size > 0 && [...key.holder.fields.values()].every((field) => this.program.a.of(field).length === 1 && this.program.a.of(field)[0]?.kind === 'lit')
  }

  /** An upsert that looks for an id made up in the call never finds one. */
  private looksForFresh(call: LibraryCall): boolean {
    const where = call.row?.effect?.where
    return where !== undefined && this.objects(call, where).some((object) => [...object.holder.fields.keys()].some((name) => this.uniqueness.isFreshField(object, name)))
  }

  /** Every key that is made up stands in for one that was given. */
  looksForNamed(call: LibraryCall): boolean {
    const where = call.row?.effect?.where
    const fresh = where === undefined ? [] : this.objects(call, where).flatMap((object) => [...object.holder.fields.keys()].flatMap((name) => (this.uniqueness.isFreshField(object, name) ? [{ object, name }] : [])))
    return fresh.length > 0 && fresh.every(({ object: { site, env }, name }) => {
      const written = site?.k === 'obj' ? site.m.find(({ n }) => n === name)?.v : undefined
      return written?.k === 'log' && written.op !== '&&' && env !== undefined && !this.freshness.of(env, written.l)
    })
  }

  /** A whole row that is put under a key made up in the call is always a new one. */
  private putsFresh(call: LibraryCall): boolean {
    const { where, data } = call.row?.effect ?? {}
    if (where !== undefined || data === undefined) return false
    return this.isKeyedAnew(call, data) || this.objects(call, data).some((object) => [...object.holder.fields.keys()].some((name) => KEYS.test(name) && this.uniqueness.isFreshField(object, name)))
  }

  /** `row[PRIMARY_KEY] = uuid()`, on a row that came with the request. */
  private isKeyedAnew(call: LibraryCall, data: string): boolean {
    const { inst } = call
    const [, parent, name] = /^(\d+)\.(\w+)$/.exec(data) ?? []
    if (parent === undefined) return false
    const rows = new Set(this.objects(call, parent).flatMap(({ site }) => (site?.k === 'obj' ? site.m.flatMap(({ n, v }) => (n === name && v.k === 'ref' ? [v.b] : [])) : [])))
    return rows.size > 0 && someExpression(inst.fn.body, (x) => {
      if (x.k !== 'set' || !isExpression(x.l) || (x.l.k !== 'elem' && x.l.k !== 'mem') || x.l.o.k !== 'ref' || !rows.has(x.l.o.b)) return false
      return isKey(inst.unit.facts, x.l) && this.freshness.of(inst, x.r)
    })
  }

  /** An upsert that names no other key finds no row by a primary key that it lacks. */
  lacksKey(call: LibraryCall, model: string | undefined): boolean {
    const { where, data, byPrimary } = call.row?.effect ?? {}
    if (!byPrimary || data === undefined || (where !== undefined && this.program.argument(call, where).length > 0)) return false
    return lacksPrimary(this.tables, model, this.rows(call, data))
  }

  /** Rows one by one, or in a list. */
  rows(call: LibraryCall, path: string): ObjectValue[] {
    return [...this.objects(call, path), ...this.objects(call, `${path}[]`)]
  }
}

const isKey = ({ bindings }: FileFacts, x: Expr & { k: 'mem' | 'elem' }): boolean => {
  if (x.k === 'mem') return KEYS.test(x.n)
  return KEY_NAMES.test(x.i.k === 'ref' ? bindings[x.i.b]?.n ?? '' : x.i.k === 'mem' ? x.i.n : '')
}
