import { someExpression } from '../link/shape.js'
import type { ObjectValue } from '../link/values.js'

const READS = new Set(['get', 'find', 'load', 'read'])
const WRITES = new Set(['set', 'save', 'write', 'put', 'increment', 'incr'])

/**
 * `class CookieStore extends Store { get(sid) { … } set(session) { … } }`: a class of the project that replaces how a library's store reads and writes
 * keeps nothing of what that would keep; what it keeps itself is a matter of its own.
 */
export const replacesStore = ({ cls, path }: ObjectValue): boolean => {
  if (!cls || path === undefined) return false
  const { functions } = cls.unit.facts
  const own = cls.cls.methods.filter((method) => !method.static && !method.abstract && !someExpression(functions[method.f]?.body ?? [], (x) => x.k === 'mem' && x.o.k === 'super' && x.n === method.n))
  return own.some(({ n }) => READS.has(n)) && own.some(({ n }) => WRITES.has(n))
}
