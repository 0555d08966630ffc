import { LOGINS } from '../catalog/words.js'
import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { someExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'
import { holdsWord } from './asking.js'
import type { Freshness } from './freshness.js'
import type { Subjects } from './subject.js'
import { flatten, writtenAt } from './written.js'

const FORMS = /^(toString|slice|substring|substr|toUpperCase|toLowerCase|replace|replaceAll|trim)$/
/** Files of logs, by their names. */
const LOG = /\.log\b|(^|[/_-])logs?([/_.-]|$)/i
/** Another call that says when what was put there goes. */
const EXPIRES = /^p?expire(At)?$/i
/** What is kept of who is logged in, and what can be asked for again. */
const LOGIN_OR_CACHE = /(^|[^a-z])(auth|cache)([^a-z]|$)/i

/**
 * `redis.set(`job:${uuid()}`, job)`: what is put under a key that is made up in the call is there twice after a repeat. What goes by itself, and what is kept of
 * log-ins, is no second one of anything.
 */
export function putsAnew(program: Program, freshness: Freshness, subjects: Subjects, call: LibraryCall): boolean {
  const { under, expires } = call.row?.effect?.anew ?? {}
  const key = under === undefined ? undefined : writtenAt(call, under)
  if (key === undefined || !isFresh(program, freshness, call.inst, key)) return false
  const name = subjects.ofKey(call.inst, key)
  if (name !== undefined && (LOGINS.test(name) || LOGIN_OR_CACHE.test(name))) return false
  if (expires && program.argument(call, expires.arg).some((value) => holdsWord(value, expires.words, program))) return false
  return !someExpression(call.inst.fn.body, (x) => x.k === 'call' && x.f.k === 'mem' && EXPIRES.test(x.f.n))
}

/** Parts of a key may stand in a list (`['jobs', id]`); of what callers bring all must be made up, for those who change what is there come the same way. */
const isFresh = (program: Program, freshness: Freshness, inst: Instance, key: Expr): boolean => {
  const isPart = (x: Expr): boolean => isFresh(program, freshness, inst, x)
  if (key.k === 'arr' || key.k === 'tpl') return key.x.some(isPart)
  if (key.k === 'set') return isPart(key.r)
  if (key.k === 'bin') return isPart(key.l) || isPart(key.r)
  if (key.k === 'call') return freshness.of(inst, key) && isMadeHere(inst, key, isPart)
  const made = key.k === 'ref' ? program.look.definition(inst, key.b) : undefined
  if (made) return isPart(made)
  if (key.k !== 'ref' && key.k !== 'mem') return freshness.of(inst, key)
  // `this.id = false`, until it has one.
  const given = program.look.values(inst, key).filter((value) => value.kind !== 'lit' || Boolean(value.value))
  return given.length > 0 && given.every((value) => freshness.ofValues([value]))
}

/** `keyOf(id)` and `id.toString()` are as fresh as the id. */
const isMadeHere = (inst: Instance, { f, a, p }: Expr & { k: 'call' }, isPart: (x: Expr) => boolean): boolean => {
  if (f.k === 'mem' && FORMS.test(f.n)) return isPart(f.o)
  return a.length === 0 || !inst.callees.some(({ site }) => site.k === 'call' && site.p === p) || a.some(isPart)
}

/** `writeFile(path, line, { flag: 'a' })`; lines of a log are nobody's data. */
export function addsBy(program: Program, call: LibraryCall): boolean {
  const { addsWhere } = call.row?.effect ?? {}
  if (addsWhere === undefined || !program.argument(call, addsWhere.arg).some((value) => holdsWord(value, addsWhere.words, program))) return false
  const path = writtenAt(call, '0')
  return addsWhere.arg.startsWith('made') || path === undefined || ![flatten(path), ...program.texts(call, '0')].some((text) => LOG.test(text))
}
