import type { AccessPath, CatalogRow, EntryModel } from '../../model/catalog.js'

/** Member name → method, for the verbs that most routers share. */
export const verbs: Record<string, string> = {
  get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE', head: 'HEAD', options: 'OPTIONS',
}

/** One route row a (base, verb): `bases` are access paths of routers, `members` maps member names to methods. */
export function routeRows(
  bases: AccessPath[], members: Record<string, string>, entry: Omit<EntryModel, 'kind' | 'method'>, extra: Partial<CatalogRow> = {},
): CatalogRow[] {
  return Object.entries(members).map(([member, method]) => ({
    path: bases.map(base => `${base}.${member}`), ...extra, entry: { kind: 'route' as const, method, ...entry },
  }))
}

/** `app[verb](path, …)` with a verb that nobody knows: some route of these bases. */
export function unknownVerb(bases: AccessPath[], entry: Omit<EntryModel, 'kind' | 'method' | 'unknownVerb'>): CatalogRow {
  return { path: bases.map(base => `${base}.[]`), entry: { kind: 'route', method: 'ALL', unknownVerb: true, ...entry } }
}

/** Other names of the same value: types under which an instance is declared, packages that re-export it. */
export function aliases(of: AccessPath, names: AccessPath[]): CatalogRow[] {
  return names.map(path => ({ path, returns: of }))
}

/** `members` of each base, as access paths. */
export function members(bases: AccessPath[], names: string[]): AccessPath[] {
  return bases.flatMap(base => names.map(name => `${base}.${name}`))
}

/** The values of `base.<name>` belong to the request and say who called or what was sent. */
export function identities(base: AccessPath, names: Record<string, NonNullable<CatalogRow['identity']>>): CatalogRow[] {
  return Object.entries(names).map(([name, identity]) => ({ path: `${base}.${name}`, identity, owned: 'request' as const }))
}

const callable = /#(?:default|[A-Z]\w*)$/
const pathsOf = (row: CatalogRow): AccessPath[] => (Array.isArray(row.path) ? row.path : [row.path])

/** What a class of a library registers, it registers on `new`: the same facets under the path of the instance. */
function constructed(row: CatalogRow): CatalogRow[] {
  const registers = row.entry !== undefined || row.run !== undefined || row.prefix !== undefined
  if (!registers || row.entry?.decorator || row.component) return []
  const path = pathsOf(row).filter(name => callable.test(name)).map(name => `${name}.new`)
  const { returns: _, ...facets } = row
  return path.length === 0 ? [] : [{ ...facets, path }]
}

/** Whose request a value is holds for what a function or decorator of that path yields, too. */
function yielded(row: CatalogRow): CatalogRow[] {
  if ((row.owned === undefined && row.identity === undefined) || row.returns !== undefined) return []
  const path = pathsOf(row).filter(name => !name.endsWith('.new') && !name.endsWith(')')).map(name => `${name}()`)
  if (path.length === 0) return []
  return [{ path, ...(row.owned && { owned: row.owned }), ...(row.identity && { identity: row.identity }) }]
}

/** The rows, and those that follow from them. */
export function completed(rows: CatalogRow[]): CatalogRow[] {
  return rows.flatMap(row => [row, ...constructed(row), ...yielded(row)])
}
