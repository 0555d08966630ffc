import type { TableFact } from '../model/schema.js'
import { ELEMENTS, type ObjectValue, type Value } from '../link/values.js'
import type { Program } from '../program/program.js'
import { findTables } from '../schema/index.js'
import { looseName } from '../schema/tables.js'

/** Rows of another model that are made along with a row: `posts: { create: { … } }`. */
export interface NestedRows {
  model: string
  rows: ObjectValue[]
  /** Any number of them may hang on the row, so that a repeat adds more. */
  many: boolean
  /** Columns of theirs that hold the key of the row. */
  held: string[]
}

/** Finds rows that stand inside the data of another one. */
export class Nested {
  constructor(private readonly program: Program, private readonly tables: TableFact[]) {}

  of(data: ObjectValue, model: string | undefined, depth = 0): NestedRows[] {
    const table = model === undefined ? undefined : findTables(this.tables, model)[0]
    return [...data.holder.fields].flatMap(([name, node]) => {
      const relation = table?.columns.find((column) => column.name === name)?.relation
      return this.objects(node).flatMap((inner): NestedRows[] => {
        if (REPLACES.some((one) => inner.holder.fields.has(one))) return []
        const rows = [...this.at(inner, 'create'), ...this.created(inner)]
        const isUnseen = rows.length === 0 && inner.holder.fields.has('createMany') && this.at(inner, 'createMany').every((many) => !many.holder.fields.has('skipDuplicates') && many.holder.fields.has('data')) && table !== undefined
        const deeper = depth < DEEPEST ? [...this.at(inner, 'update'), ...this.at(inner, 'upsert').flatMap((one) => this.at(one, 'update'))].flatMap((one) => [one, ...this.at(one, 'data')]).flatMap((one) => this.of(one, relation?.model ?? name, depth + 1)) : []
        return rows.length === 0 && !isUnseen ? deeper : [{ model: relation?.model ?? name, rows, many: relation ? relation.many === true : name.endsWith('s'), held: this.held(relation?.model ?? name, model) }, ...deeper]
      })
    })
  }

  private held(model: string, of: string | undefined): string[] {
    const back = findTables(this.tables, model)[0]?.columns.filter(({ relation }) => relation && of !== undefined && looseName(relation.model) === looseName(of)) ?? []
    return back.flatMap(({ relation }) => relation?.columns ?? [])
  }

  /** `createMany: { data: […] }`, unless it skips what is there. */
  private created(inner: ObjectValue): ObjectValue[] {
    return this.at(inner, 'createMany').flatMap((many) => (many.holder.fields.has('skipDuplicates') ? [] : this.at(many, 'data')))
  }

  private at(object: ObjectValue, name: string): ObjectValue[] {
    const node = object.holder.fields.get(name)
    return node === undefined ? [] : this.objects(node)
  }

  /** Objects, and those in lists; a list may hold itself. */
  private objects(node: number, seen = new Set<number>()): ObjectValue[] {
    if (seen.has(node)) return []
    seen.add(node)
    return this.program.a.of(node).flatMap((value: Value): ObjectValue[] => {
      if (value.kind !== 'object') return []
      if (value.shape === 'array') return this.objects(value.holder.fields.get(ELEMENTS) ?? -1, seen)
      return value.shape === 'object' ? [value] : []
    })
  }
}

/** What was there is taken away first. */
const DEEPEST = 3
const REPLACES = ['deleteMany', 'set', 'delete']
