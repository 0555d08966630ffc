import type { CatalogRow, StoreModel } from '../../model/catalog.js'

/**
 * Builders for rows that come in hundreds of the same shape. Their results are plain data.
 *
 * Members of a module's default export are written as its exports (`connect-mongo#create()`, not `connect-mongo#default.create()`):
 * the two are the same path.
 */

/** Paths of a plugin given to a framework's `register`: its argument `0` is the plugin's options. */
export function registered(modules: string | string[], ...names: string[]): string[] {
  return [modules].flat().flatMap(module => ['default', ...names].map(name => `${module}#${name}(register)`))
}

/** Paths of one function that a module exports by default and under its own names. */
export function calls(modules: string | string[], ...names: string[]): string[] {
  return [modules].flat().flatMap(module => names.map(name => `${module}#${name}()`))
}

/** Paths of instances of classes that a module exports. */
export function instances(modules: string | string[], ...names: string[]): string[] {
  return [modules].flat().flatMap(module => names.map(name => `${module}#${name}.new`))
}

/** Every shape that a store for express-session had over the years: a class made from `session`, the default export, a named class. */
export function sessionStore(module: string, ...names: string[]): string[] {
  return [`${module}#default().new`, `${module}#default.new`, ...names.flatMap(name => [`${module}#${name}.new`, `${module}#${name}().new`])]
}

/** A row that says where the data of these stores is. */
export function store(path: string | string[], kind: StoreModel['kind'], backend?: string, client?: string): CatalogRow {
  return { path, store: { kind, ...(backend ? { backend } : {}), ...(client ? { client } : {}) } }
}

/** A row that marks resources which rightly live in the process. */
export function client(kind: NonNullable<CatalogRow['client']>, path: string[]): CatalogRow {
  return { path, client: kind }
}
