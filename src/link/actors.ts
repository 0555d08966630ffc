import type { CatalogRow } from '../model/catalog.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'

/** What a library makes of a description (`{ name, actions, methods, created() { … } }`): its methods call each other, and what one of them puts on it the others find. */
export const actorOf = (library: Library, made: Application, { as, with: parts, begins }: NonNullable<CatalogRow['acts']>): Ref => {
  const { a, arguments: paths, calls, access } = library
  const { recv } = made
  const object = recv?.kind === 'object' && recv.path === as ? recv : a.allocate(made.inst, made.site, 'bag', { path: as, args: made.args })
  const self = constant(object.id)
  for (const part of parts) for (const ref of paths.refs(part, made)) access.copyFields(ref, object)
  for (const begin of begins) for (const ref of paths.refs(begin, made)) library.functions(ref, (fn) => void calls.invoke(made.inst, made.site, fn, [], [], NOTHING, { phase: 'startup', later: true, self }))
  return self
}
