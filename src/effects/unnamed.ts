import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { LookedUp } from '../link/peek.js'

/** `collection.doc().set(data)`: a document that is given no name gets a new one each time. */
export const isUnnamed = (look: LookedUp, { inst, site, row }: LibraryCall): boolean => {
  const { unnamed, where } = row?.effect ?? {}
  if (!unnamed || site.k !== 'call') return false
  const target = where !== 'this' ? site.a[0] : site.f.k === 'mem' ? site.f.o : undefined
  const made = target?.k === 'ref' ? look.givenTo(inst, target.b) : target ? [target] : []
  return made.length > 0 && made.every((x) => x.k === 'call' && x.a.length === unnamed.args && nameOf(inst.unit.facts.bindings, x.f) === unnamed.call)
}

const nameOf = (bindings: readonly { n: string }[], f: Expr): string | undefined => (f.k === 'mem' ? f.n : f.k === 'ref' ? bindings[f.b]?.n : undefined)

/** `user.createPost(…)`: what is made is named by the method. */
export const madeByName = (path: string, prefix: string): string | undefined => {
  const name = path.slice(path.lastIndexOf('.') + 1)
  return name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)) ? name.slice(prefix.length) : undefined
}
