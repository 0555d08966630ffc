import type { AssignExpr, ExportFact, Expr } from '../model/facts.js'
import { copyOf } from './context.js'
import type { Context } from './context.js'

/** Records `module.exports = …`, `exports.a = …` and `module.exports.a = …` at module level as exports. */
export function noteCommonJsExport(cx: Context, set: AssignExpr): void {
  if (set.op !== '=' || set.l.k !== 'mem') return
  const n = isModuleExports(set.l) ? '=' : isExportsObject(set.l.o) ? set.l.n : undefined
  if (n === undefined || n === '__esModule') return
  cx.facts.exports.push({ n, p: set.l.q, ...exportedValue(set.r) })
}

/** A binding where the value is one, else a copy of the expression. */
export function exportedValue(value: Expr): Pick<ExportFact, 'b' | 'x'> {
  let x = value
  while (x.k === 'set') x = x.r
  return x.k === 'ref' ? { b: x.b } : { x: copyOf(x) }
}

function isExportsObject(x: Expr): boolean {
  return (x.k === 'glob' && x.n === 'exports') || isModuleExports(x)
}

function isModuleExports(x: Expr): boolean {
  return x.k === 'mem' && x.n === 'exports' && x.o.k === 'glob' && x.o.n === 'module'
}
