import type { CatalogRow } from '../model/catalog.js'
import type { Application, Library } from './library.js'

/**
 * `storage.run(store, next)` and `storage.getStore()`: what goes along with the work of a request reaches what is called in the course of it. It is
 * no member of the storage: each request has its own.
 */
export const goAlong = (library: Library, made: Application, { put, key, on }: NonNullable<CatalogRow['along']>): void => {
  const { a } = library
  const holder = on === undefined ? made.recv : a.bag(`@along ${on}`)
  if (holder?.kind !== 'object') return
  const names = key === undefined ? [''] : library.arguments.texts(library.arguments.ref(key, made))
  for (const name of names) {
    const place = a.field(holder, `@along:${name}`)
    if (put !== undefined) for (const ref of library.arguments.refs(put, made)) a.solver.flow(ref, place)
    else if (made.result >= 0) a.solver.flow(place, made.result)
  }
}
