import type { CatalogRow } from '../model/catalog.js'
import type { Application, Library } from './library.js'

/** Beginning of the names of places that stand for what goes along. */
export const ALONG = '@along'

/**
 * `storage.run(store, next)` and `storage.getStore()`: what goes along with the work of a request reaches what is called in the course of it. It is
 * no member of the storage: each request has its own.
 */
export const goAlong = (library: Library, made: Application, { put, key, on }: NonNullable<CatalogRow['along']>): void => {
  const { a } = library
  const holder = on === undefined ? made.recv : a.bag(`${ALONG} ${on}`)
  if (holder?.kind !== 'object' || (put !== undefined && key === undefined && isOwnContext(made, Number(put)))) return
  const carry = (name: string): void => {
    const place = a.field(holder, `${ALONG}:${name}`)
    if (put !== undefined) for (const ref of library.arguments.refs(put, made)) a.solver.flow(ref, place)
    else if (made.result >= 0) a.solver.flow(place, made.result)
  }
  if (key === undefined) return carry('')
  for (const ref of library.arguments.refs(key, made)) a.solver.watch(ref, (id) => {
    const value = a.value(id)
    carry(value.kind === 'lit' ? String(value.value) : `#${id}`)
  })
}

/** What start-up code begins for itself, to seed or to migrate, no request finds. */
const isOwnContext = ({ inst, site }: Application, at: number): boolean => {
  const given = inst.phase === 'startup' && site.k === 'call' ? site.a[at]?.k : undefined
  return given === 'obj' || given === 'new'
}
