import type { AccessPath, CatalogRow } from '../model/catalog.js'

const DEEPEST = 9

/** Looks rows up by access path; rows of the same path are one. */
export class CatalogIndex {
  private readonly exact = new Map<string, CatalogRow>()
  private readonly patterns = new Map<string, { pattern: RegExp; row: CatalogRow }[]>()
  private readonly found = new Map<string, CatalogRow | null>()
  private readonly depths = new Map<string, number>()

  constructor(rows: Iterable<CatalogRow>) {
    for (const row of rows) for (const path of Array.isArray(row.path) ? row.path : [row.path]) this.enter(path, row)
  }

  private enter(path: AccessPath, row: CatalogRow): void {
    if (!/(^|\.)\*/.test(path)) {
      const old = this.exact.get(path)
      this.exact.set(path, old ? { ...old, ...row, path } : row)
      return
    }
    const source = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^.()#]+')
    const module = path.slice(0, path.indexOf('#'))
    const list = this.patterns.get(module) ?? []
    list.push({ pattern: new RegExp(`^${source}$`), row })
    this.patterns.set(module, list)
  }

  row(path: AccessPath): CatalogRow | undefined {
    const known = this.found.get(path)
    if (known !== undefined) return known ?? undefined
    let row = this.exact.get(path)
    for (const { pattern, row: more } of this.patterns.get(path.slice(0, path.indexOf('#'))) ?? []) {
      if (pattern.test(path)) row = row ? { ...more, ...row } : more
    }
    this.found.set(path, row ?? null)
    return row
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
