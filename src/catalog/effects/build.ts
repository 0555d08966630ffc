import type { AccessPath, CallbackModel, CatalogRow, EffectKind, EffectModel } from '../../model/catalog.js'

/** Builders for rows that come in hundreds of the same shape. Their results are plain data. */

type Paths = AccessPath | AccessPath[]
type EffectParts = Omit<EffectModel, 'kind' | 'by'>

/** `names` as members of each base (`names` may be separated by blanks). */
export function members(bases: Paths, names: string): AccessPath[] {
  return [bases].flat().flatMap(base => names.split(/\s+/).map(name => `${base}.${name}`))
}

/** `names` as exports of each module. */
export function exported(modules: Paths, names: string): AccessPath[] {
  return [modules].flat().flatMap(module => names.split(/\s+/).map(name => `${module}#${name}`))
}

/** Instances of classes (or of types that name them) that the modules export. */
export function instances(modules: Paths, names: string): AccessPath[] {
  return exported(modules, names).map(path => `${path}.new`)
}

export function effect(path: Paths, kind: EffectKind, by: string, parts: EffectParts = {}): CatalogRow {
  return { path, effect: { kind, by, ...parts } }
}

/** What calling these paths yields. */
export function yields(path: Paths, returns: AccessPath): CatalogRow {
  return { path, returns }
}

/** An instance of the class that is asked for it, as `User.findOne()` gives. */
export function finds(path: Paths, returns: AccessPath): CatalogRow {
  return { path, returns, ofReceiver: true }
}

/** What reading these properties yields. */
export function property(path: Paths, returns: AccessPath): CatalogRow {
  return { path, property: true, returns }
}

export function client(path: Paths, kind: NonNullable<CatalogRow['client']>): CatalogRow {
  return { path, client: kind }
}

/** A callback that runs before the call is over; its result is the call's. */
export function runs(path: Paths, fn: string, more: Partial<CallbackModel> = {}): CatalogRow {
  return { path, run: [{ fn, when: 'now', result: 'value', ...more }] }
}

/** A transaction: the callback gets a client of the same kind. `repeats` where the driver runs it again after a conflict. */
export function transaction(path: Paths, fn: string, params: AccessPath[], repeats = false): CatalogRow {
  return { path, run: [{ fn, when: 'now', result: 'value', params, ...(repeats ? { repeats: true as const } : {}) }], guard: { kind: 'transaction' } }
}
