import type { LibraryCall } from '../link/analysis.js'

const memberOf = ({ path }: LibraryCall): string => path.slice(path.lastIndexOf('.') + 1)

/** `{ get select() { return bound(db, db.select) }, get update() { … } }`: of several things that a call may be by such a detour, only those that bear its name are meant. */
export const bearsOtherName = (call: LibraryCall, all: LibraryCall[]): boolean => {
  const name = call.site.k === 'call' && call.site.f.k === 'mem' ? call.site.f.n : undefined
  return name !== undefined && memberOf(call) !== name && all.some((other) => other !== call && other.site === call.site && memberOf(other) === name)
}
