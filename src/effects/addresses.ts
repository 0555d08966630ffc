import type { Callers } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Expr, FnFact } from '../model/facts.js'
import { memberOf, someExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'
import { endsWith, givenByCallers, posts } from './callers-say.js'
import { onlyAsks } from './computing.js'
import { asksByQuery } from './graphql-operations.js'
import { saidInOptions } from './options-asked.js'
import { flatten, writtenAt } from './written.js'

/** A helper that is told the method: what those say that have called it on the way. */
export const methodsAsked = (program: Program, call: LibraryCall, path: string | undefined, reached: Callers): string[] | undefined => {
  const written = path === undefined ? undefined : writtenAt(call, path) ?? inOptions(program, call, path)
  const given = written && givenByCallers(call.inst, written, reached)
  return given || path === undefined ? given : saidInOptions(program, call, path, reached)
}

/** `const options = { method, … }; fetch(url, options)` */
const inOptions = (program: Program, { inst, site }: LibraryCall, path: string): Expr | undefined => {
  const [index, name, ...more] = path.split('.')
  const given = site.k === 'call' && more.length === 0 ? site.a[Number(index)] : undefined
  return name !== undefined && given?.k === 'ref' ? memberOf(program.look.definition(inst, given.b), name) : undefined
}

const exchanging = new WeakMap<FnFact, boolean>()

/** `{ grant_type: 'authorization_code', code }`, put together where it is sent: a token for a code or another token, whatever the address is. */
const exchanges = ({ inst: { fn } }: LibraryCall): boolean => {
  let known = exchanging.get(fn)
  if (known === undefined) exchanging.set(fn, (known = someExpression(fn.body, (x) => (x.k === 'obj' && x.m.some(({ n }) => n === 'grant_type')) || (x.k === 'lit' && typeof x.v === 'string' && GRANT.test(x.v)) || (x.k === 'tpl' && x.q.some((part) => GRANT.test(part))))))
  return known
}
const GRANT = /(^|[?&])grant_type(=|$)/

/** Does the address of a request to another service say that it only asks for something? */
export const asksOnly = (program: Program, call: LibraryCall, path: string, reached: Callers): boolean => {
  const address = writtenAt(call, path)
  // `new URL('/check', base)`
  const x = address?.k === 'new' && address.f.k === 'glob' && address.f.n === 'URL' ? address.a[0] : address
  const written = x && program.look.behind(call.inst, x)
  const given = x ? givenByCallers(call.inst, x, reached, posts) ?? givenByCallers(call.inst, x, reached) ?? (x.k === 'tpl' ? endsWith(call.inst, x, reached, 0) : writtenBefore(program, call, x, reached)) : undefined
  if (given) return given.every(onlyAsks)
  if (asksByQuery(program, call, path, reached) || exchanges(call)) return true
  if (written?.k === 'call' && written.f.k === 'mem' && written.f.n === 'replace' && written.a[1]?.k === 'lit') return onlyAsks(`/${String(written.a[1].v)}`)
  return [...(x?.k === 'lit' ? [String(x.v)] : []), ...(written?.k === 'tpl' ? [written.q.join('x')] : written?.k === 'bin' ? [flatten(written)] : []), ...program.texts(call, path)].some(onlyAsks)
}

/** `let to = `${base}/${path}``: how what a local was given ends, as those say who call. */
const writtenBefore = (program: Program, { inst }: LibraryCall, x: Expr, reached: Callers): string[] | undefined => {
  const parts = x.k === 'ref' ? program.look.givenTo(inst, x.b) : []
  const said = parts.map((part) => (part.k === 'tpl' ? endsWith(inst, part, reached, 0) : undefined))
  return said.length > 0 && said.every((one) => one !== undefined) ? said.flat() as string[] : undefined
}
