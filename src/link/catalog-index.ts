import type { AccessPath, CatalogRow, EntryModel } from '../model/catalog.js'

const DEEPEST = 9

/** What all rows of one path say together. */
export interface MergedRow extends CatalogRow {
  /** Every entry that a row of the path names: forms of a call with conditions, kinds of handlers. */
  entries: EntryModel[]
}

/** Looks rows up by access path; rows of the same path are one. */
export class CatalogIndex {
  private readonly exact = new Map<string, MergedRow>()
  private readonly patterns = new Map<string, { pattern: RegExp; row: MergedRow }[]>()
  private readonly found = new Map<string, MergedRow | null>()
  private readonly depths = new Map<string, number>()

  constructor(rows: Iterable<CatalogRow>) {
    for (const row of rows) for (const path of Array.isArray(row.path) ? row.path : [row.path]) this.enter(path, row)
  }

  private enter(path: AccessPath, row: CatalogRow): void {
    this.modules.add(path.slice(0, path.indexOf('#')))
    this.noteServing(path, row)
    if (!/(^|\.)\*/.test(path)) {
      const old = this.exact.get(path)
      this.exact.set(path, mergeRows(old, { ...alone(row), path }))
      return
    }
    const source = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^.()#]+')
    const module = path.slice(0, path.indexOf('#'))
    const list = this.patterns.get(module) ?? []
    list.push({ pattern: new RegExp(`^${source}$`), row: alone(row) })
    this.patterns.set(module, list)
  }

  row(path: AccessPath): MergedRow | undefined {
    const known = this.found.get(path)
    if (known !== undefined) return known ?? undefined
    let row = this.exact.get(path)
    for (const { pattern, row: more } of this.patterns.get(path.slice(0, path.indexOf('#'))) ?? []) {
      if (pattern.test(path)) row = row ? mergeRows(more, row) : more
    }
    this.found.set(path, row ?? null)
    return row
  }

  private readonly modules = new Set<string>()

  /** Does any row speak of a package? */
  knows(module: string): boolean {
    return this.modules.has(module)
  }

  private readonly serves = new Map<string, { session: boolean }>()

  /** Is a package one that serves requests, and does it keep sessions? */
  serving(module: string): { session: boolean } | undefined {
    return this.serves.get(module)
  }

  private noteServing(path: AccessPath, row: CatalogRow): void {
    if (!row.entry && !row.session && !row.infra && !row.mount && row.statefulByDesign === undefined) return
    const module = path.slice(0, path.indexOf('#'))
    this.serves.set(module, { session: row.session !== undefined || this.serves.get(module)?.session === true })
  }

  /** The path that a value of this path is known by: follows `returns` of rows about values (`x()`, `X.new`, properties). */
  canonical(path: AccessPath): AccessPath {
    for (let hops = 0; hops < 4; hops++) {
      const row = this.row(path)
      const next = row?.returns
      if (!next || !next.includes('#') || next === path) return path
      if (!row.property && !path.endsWith('.new') && !path.endsWith(')')) return path
      path = next
    }
    return path
  }

  member(path: AccessPath, name: string): AccessPath {
    const base = this.canonical(path)
    const hash = base.indexOf('#')
    if (base.slice(hash + 1) === 'default') return name === 'default' ? base : `${base.slice(0, hash)}#${name}`
    return this.deeper(base) ? `${base}.${name}` : base
  }

  call(path: AccessPath): AccessPath {
    return this.deeper(path) ? `${path}()` : path
  }

  instance(path: AccessPath): AccessPath {
    return `${path}.new`
  }

  /** Paths end somewhere: what is deeper stays at the last known place. */
  private deeper(path: AccessPath): boolean {
    let depth = this.depths.get(path)
    if (depth === undefined) {
      depth = (path.match(/\(\)|\.(?=[^.]*$)|\./g) ?? []).length
      this.depths.set(path, depth)
    }
    return depth < DEEPEST
  }
}

const alone = (row: CatalogRow): MergedRow => ({ ...row, entries: row.entry ? [row.entry] : [] })

/** The second row wins, but entries and callbacks of both count. */
export const mergeRows = (a: MergedRow | undefined, b: MergedRow): MergedRow => {
  if (!a) return b
  const run = distinct([...(a.run ?? []), ...(b.run ?? [])])
  return { ...a, ...b, entries: distinct([...a.entries, ...b.entries]), ...(run.length > 0 && { run }), ...(a.knownIn && { knownIn: { ...a.knownIn, ...b.knownIn } }) }
}

const distinct = <T>(list: T[]): T[] => [...new Map(list.map((item) => [JSON.stringify(item), item])).values()]
