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
