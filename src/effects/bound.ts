import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { SqlStatement } from './sql.js'

/** Names under which drivers take the text of a statement and what is bound to it: `{ text, values }` of pg, `{ sql, values }` of mysql2, `{ sql, args }` of libsql. */
const TEXT = /^(text|sql|query|statement)$/
const VALUES = /^(values|args|params|parameters|bindings)$/

const memberOf = (x: Expr | undefined, name: RegExp): Expr[] => (x?.k === 'obj' ? x.m.filter(({ n, kind }) => kind !== 'spread' && n !== undefined && name.test(n)).map(({ v }) => v) : [])

/** The text of a statement that is given as one object with what is bound to it. */
export const textOf = (x: Expr | undefined): Expr | undefined => memberOf(x, TEXT)[0]

const AS_TEXT = /^(text|sql|toString)$/

/** `String(query)`, `query.text`, where `` query = sql`…` ``: what a tag makes of a template is given by its text. */
export const behindText = (x: Expr, defined: (x: Expr) => Expr): Expr => {
  const inner = x.k === 'call' && x.f.k === 'glob' && x.f.n === 'String' ? x.a[0] : x.k === 'call' && x.f.k === 'mem' && AS_TEXT.test(x.f.n) ? x.f.o : x.k === 'mem' && AS_TEXT.test(x.n) ? x.o : undefined
  const written = inner && behindText(defined(inner), defined)
  return written?.k === 'tpl' && written.tag ? written : x
}

/** What is written for each column: `run(sql, [id, name])`, `prepare(sql).run(id, name)`, `` sql`… ${id}` ``. */
export const boundValues = ({ values }: SqlStatement, { site, row }: LibraryCall, ran: LibraryCall[], defined: (x: Expr) => Expr): (Expr | undefined)[] => {
  const at = Number(row?.effect?.sql ?? '0')
  const text = site.k === 'call' ? site.a[at] && behindText(defined(site.a[at]), defined) : site
  const own = site.k === 'call' ? [...site.a.slice(at + 1), ...memberOf(text, VALUES)] : []
  const given = own.length > 0 ? own : ran.flatMap((call) => (call.site.k === 'call' ? call.site.a : []))
  const first = given[0] && defined(given[0])
  const bound = first?.k === 'arr' ? first.x : given
  const written = textOf(text) ?? text
  const holes = written?.k === 'tpl' ? written.x : []
  return (values ?? []).map((value) => {
    if ('hole' in value) return holes[value.hole]
    if (!('param' in value)) return undefined
    return typeof value.param === 'number' ? bound[value.param] : named(bound, value.param)
  })
}

/** `:id`, `@id` of an object */
const named = (bound: Expr[], param: string): Expr | undefined => {
  const [first] = bound
  const name = param.replace(/^\W+/, '')
  return first?.k === 'obj' ? first.m.find(({ n }) => n === name)?.v : undefined
}
