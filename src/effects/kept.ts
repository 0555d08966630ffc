import type { BindingId, CallExpr, Expr, Stmt } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import { blocksOf, chainOf } from '../link/shape.js'
import type { Program } from '../program/program.js'

type Kept = { block: Stmt[]; binding: BindingId }

/** The calls of a chain that may be waited for. */
const callsIn = (x: Expr): CallExpr[] => [...chainOf(x.k === 'await' ? x.x : x)]
const isIn = (x: Expr, site: LibraryCall['site']): boolean => callsIn(x).some((at) => at === site)

/** The block that puts what a call makes into a local: `const job = agenda.create(…)`. */
const keptIn = (block: Stmt[], site: LibraryCall['site']): Kept | undefined => {
  for (const s of block) {
    if (s.k === 'var') for (const { t, i } of s.d) if (t.k === 'bind' && i && isIn(i, site)) return { block, binding: t.b }
    for (const inner of blocksOf(s)) {
      const kept = keptIn(inner, site)
      if (kept) return kept
    }
  }
  return undefined
}

/** What the first call of a chain is made on. */
const rootOf = (calls: CallExpr[]): Expr | undefined => {
  const first = calls.at(-1)?.f
  return first?.k === 'mem' ? first.o : undefined
}

/** Calls of this name on what a call made, that are made wherever it is: `job.unique({ … })` beside `const job = agenda.create(…)`. */
export const askedOfKept = (program: Program, call: LibraryCall, name: string): LibraryCall[] => {
  const asked = program.callsOf(call.inst).filter((other) => other.path.endsWith(`.${name}`))
  const kept = asked.length > 0 ? keptIn(call.inst.fn.body, call.site) : undefined
  if (!kept) return []
  const beside = kept.block.flatMap((s) => {
    const calls = s.k === 'expr' ? callsIn(s.x) : []
    const root = rootOf(calls)
    return root?.k === 'ref' && root.b === kept.binding ? calls : []
  })
  return asked.filter(({ site }) => beside.some((at) => at === site))
}
