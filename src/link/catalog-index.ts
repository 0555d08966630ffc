import { FORKED } from '../catalog/packages.js'
import type { AccessPath, CatalogRow, EntryModel } from '../model/catalog.js'

const DEEPEST = 9

/** What all rows of one path say together. */
export interface MergedRow extends CatalogRow {
  /** Every entry that a row of the path names: forms of a call with conditions, kinds of handlers. */
  entries: EntryModel[]
}

/** What rows say of one package. */
interface Package {
  exact: Map<string, MergedRow>
  patterns: { pattern: RegExp; row: MergedRow }[]
  /** Is it one that serves requests, and does it keep sessions? */
  serving: { session: boolean } | undefined
}

/** Looks rows up by access path; rows of the same path are one. Of most packages nothing is ever asked: their rows are not even read. */
export class CatalogIndex {
  private readonly rows = new Map<string, [AccessPath, CatalogRow][]>()
  private readonly packages = new Map<string, Package | null>()
  private readonly found = new Map<string, MergedRow | null>()
  private readonly depths = new Map<string, number>()

  constructor(rows: Iterable<CatalogRow>) {
    for (const row of rows) {
      if (Array.isArray(row.path)) for (const path of row.path) this.enter(path, row)
      else this.enter(row.path, row)
    }
  }

  private enter(path: AccessPath, row: CatalogRow): void {
    const module = moduleOf(path)
    const rows = this.rows.get(module)
    if (rows) rows.push([path, row])
    else this.rows.set(module, [[path, row]])
  }

  private packageOf(module: string): Package | null {
    let known = this.packages.get(module)
    if (known === undefined) {
      const rows = this.rows.get(module)
      this.packages.set(module, (known = rows ? packageOf(rows) : null))
    }
    return known
  }

  row(path: AccessPath): MergedRow | undefined {
    const known = this.found.get(path)
    if (known !== undefined) return known ?? undefined
    const all = this.packageOf(moduleOf(path))
    let row = all?.exact.get(path)
    for (const { pattern, row: more } of all?.patterns ?? []) {
      if (pattern.test(path)) row = row ? mergeRows(more, row) : more
    }
    this.found.set(path, row ?? null)
    return row
  }

  /** Does any row speak of a package? */
  knows(module: string): boolean {
    return this.rows.has(module)
  }

  private scopes: Set<string> | undefined

  /** The library that a package of somebody's own scope is made of, by its name; scopes that rows speak of publish what goes with a library. */
  original(module: string): string {
    const [scope = '', name = '', ...rest] = module.split('/')
    if (!scope.startsWith('@') || !FORKED.has(name)) return module
    this.scopes ??= new Set([...this.rows.keys()].map((known) => known.split('/')[0] as string))
    return this.scopes.has(scope) ? module : [name, ...rest].join('/')
  }

  /** Is a package one that serves requests, and does it keep sessions? */
  serving(module: string): { session: boolean } | undefined {
    return this.packageOf(module)?.serving
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

export const moduleOf = (path: AccessPath): string => path.slice(0, path.indexOf('#'))

const packageOf = (rows: [AccessPath, CatalogRow][]): Package => {
  const made: Package = { exact: new Map(), patterns: [], serving: undefined }
  for (const [path, row] of rows) {
    if (serves(row)) made.serving = { session: row.session !== undefined || made.serving?.session === true }
    if (/(^|\.)\*|\}\^$/.test(path)) made.patterns.push({ pattern: patternOf(path), row: alone(row) })
    else made.exact.set(path, mergeRows(made.exact.get(path), { ...alone(row), path }))
  }
  return made
}

/** `*` stands for any one name, `{add,send}^` for names that begin with one of these words. */
const patternOf = (path: AccessPath): RegExp => {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^.()#]+')
  return new RegExp(`^${escaped.replace(/\\\{(.*)\\\}\\\^/, (_, words: string) => `(?:${words.replaceAll(',', '|')})(?:[A-Z_][^.()#]*)?`)}$`)
}

const serves = (row: CatalogRow): boolean => Boolean(row.entry ?? row.session ?? row.infra ?? row.mount) || row.statefulByDesign !== undefined

const alone = (row: CatalogRow): MergedRow => ({ ...row, entries: row.entry ? [row.entry] : [] })

/** The second row wins, but entries and callbacks of both count. */
export const mergeRows = (a: MergedRow | undefined, b: MergedRow): MergedRow => {
  if (!a) return b
  const run = distinct([...(a.run ?? []), ...(b.run ?? [])])
  return { ...a, ...b, entries: distinct([...a.entries, ...b.entries]), ...(run.length > 0 && { run }), ...(a.knownIn && { knownIn: { ...a.knownIn, ...b.knownIn } }) }
}

const distinct = <T>(list: T[]): T[] => [...new Map(list.map((item) => [JSON.stringify(item), item])).values()]
