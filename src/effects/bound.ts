import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { SqlStatement } from './sql.js'

/** What is written for each column: `run(sql, [id, name])`, `prepare(sql).run(id, name)`, `` sql`… ${id}` ``. */
export const boundValues = ({ values }: SqlStatement, { site, row }: LibraryCall, ran: LibraryCall[], defined: (x: Expr) => Expr): (Expr | undefined)[] => {
  const own = site.k === 'call' ? site.a.slice(Number(row?.effect?.sql ?? '0') + 1) : []
  const given = own.length > 0 ? own : ran.flatMap((call) => (call.site.k === 'call' ? call.site.a : []))
  const first = given[0] && defined(given[0])
  const bound = first?.k === 'arr' ? first.x : given
  const text = site.k === 'call' ? site.a[Number(row?.effect?.sql ?? '0')] : site
  const holes = text?.k === 'tpl' ? text.x : []
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
