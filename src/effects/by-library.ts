import type { EntryRecord } from '../link/analysis.js'
import { NOTHING } from '../link/solver.js'
import type { Value } from '../link/values.js'
import type { TableFact } from '../model/schema.js'
import type { Entry } from '../flow/entries.js'
import type { Program } from '../program/program.js'
import { findTables, naturalKeys } from '../schema/index.js'
import type { Effect } from './effects.js'
import { UNIQUE } from './uniqueness.js'

/** What libraries do by themselves where they answer an entry: rows that a generated resource, or a service over a database, inserts. */
export class ByLibrary {
  constructor(private readonly program: Pick<Program, 'a'>, private readonly tables: TableFact[]) {}

  of(entry: Entry): Effect[] {
    if (entry.handlers.length > 0) return []
    const all = entry.records.flatMap((record) => this.done(entry, record))
    // Of resources that a loop makes, one that refuses no repeat is enough.
    const [one] = [...all.filter(({ guard, weak }) => !guard && !weak), ...all]
    return one ? [one] : []
  }

  private done({ path }: Entry, record: EntryRecord): Effect[] {
    const { does } = record.model
    if (record.insteadOf !== undefined && this.program.a.of(record.insteadOf).some((value) => value.kind !== 'lit' || value.value !== undefined)) return []
    if (!does || !record.opaque || (does.of && !does.of.some((name) => record.answeredBy?.startsWith(name)))) return []
    const model = (record.workedOn ?? []).flatMap((ref) => this.program.a.of(ref)).map(modelNamed).find((name) => name !== undefined) ?? lastOf(path)
    const { kind, by, fix } = does
    const row = { path: '', entries: [], effect: { kind, by, ...(fix !== undefined && { fix }) } }
    const call = { inst: record.inst, site: { k: 'this' as const, p: record.start, e: record.end }, path: '', recv: undefined, args: [], result: NOTHING, row }
    const known = model === undefined ? [] : findTables(this.tables, model)
    // Whoever sends a row sends all of it. Of a table that is missing among those that are known it is not said that it refuses none.
    const refused = known.some((table) => naturalKeys(table).length > 0)
    return [{ call, kind, model, by, guard: refused ? UNIQUE : undefined, weak: known.length === 0 && this.tables.length > 0 }]
  }
}

const modelNamed = (value: Value): string | undefined => {
  if (value.kind === 'lit') return typeof value.value === 'string' ? value.value : undefined
  if (value.kind === 'class') return value.cls.n
  return value.kind === 'object' ? value.of ?? value.rowOf?.name ?? value.extension?.name ?? value.cls?.cls.n : undefined
}

/** `/api/boats/:id` → `boats` */
const lastOf = (path: string | undefined): string | undefined => path?.split('/').filter((part) => /^\w/.test(part)).pop()
