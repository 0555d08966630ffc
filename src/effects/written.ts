import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Program } from '../program/program.js'
import { SQL_HOLE } from './sql.js'

/** What stands at a path of the arguments, as it is written there: `0.Key`. */
export const writtenAt = ({ site }: LibraryCall, path: string): Expr | undefined => {
  const [index, ...names] = path.split('.')
  let at: Expr | undefined = site.k === 'call' || site.k === 'new' ? site.a[Number(index)] : undefined
  for (const name of names) at = at?.k === 'obj' ? at.m.find((m) => m.n === name)?.v : undefined
  return at
}

/** The same where what it stands in has a name first: `const params = { Key }; client.send(new PutObjectCommand(params))`. */
export const writtenBehind = ({ look }: Program, call: LibraryCall, path: string): Expr | undefined => {
  const [index, ...names] = path.split('.')
  const given = call.site.k === 'call' || call.site.k === 'new' ? call.site.a[Number(index)] : undefined
  const named = names.length === 1 && given?.k === 'ref' ? look.behind(call.inst, given) : undefined
  return writtenAt(call, path) ?? (named?.k === 'obj' ? named.m.find(({ n }) => n === names[0])?.v : undefined)
}

/** A text that is put together, with holes for what is not written. */
export const flatten = (x: Expr): string => (x.k === 'lit' ? String(x.v) : x.k === 'bin' && x.op === '+' ? flatten(x.l) + flatten(x.r) : x.k === 'tpl' ? x.q.join(SQL_HOLE) : SQL_HOLE)

/** Calls of this name behind a call in its chain. */
export const chained = (program: Program, call: LibraryCall, name: string): LibraryCall[] =>
  program.callsOf(call.inst).filter((other) => other.path.endsWith(`.${name}`) && other.site.p === call.site.p && other.site.e >= call.site.e)
