import type { TableFact } from '../model/schema.js'
import type { LibraryCall } from '../link/analysis.js'
import type { ObjectValue } from '../link/values.js'
import type { Program } from '../program/program.js'
import { lacksPrimary } from './conditions.js'
import type { Freshness } from './freshness.js'
import type { Uniqueness } from './uniqueness.js'

const KEYS = /(^|_)(id|pk|sk|key|uuid|guid|slug)$|(Id|Key|Uuid|ID|UUID)$/

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
    return where === undefined && data !== undefined && this.objects(call, data).some((object) => [...object.holder.fields.keys()].some((name) => KEYS.test(name) && this.uniqueness.isFreshField(object, name)))
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
