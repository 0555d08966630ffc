import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression, eachInside } from '../link/shape.js'
import type { Value } from '../link/values.js'
import type { Expr } from '../model/facts.js'

const DEEPEST = 2

/** A helper that many call gives each of them what all have handed it: `normalize(req.headers.origin)` there, `normalize(row.domain)` here. */
export class Elsewhere {
  constructor(private readonly a: Analysis, private readonly look: LookedUp, private readonly isOfRequest: (path: string) => boolean, private readonly bringsRequest: (inst: Instance, x: Expr) => boolean) {}

  /** What of requests others hand to the helpers that an expression goes through, and it does not. */
  handed(inst: Instance, x: Expr, depth = 0): string[] {
    const found: string[] = []
    eachInside(x, (part) => {
      if (part.k === 'call') found.push(...this.atCall(inst, part, depth))
      const made = part.k === 'ref' && depth < DEEPEST ? this.look.definition(inst, part.b) : undefined
      if (made && made !== x) found.push(...this.handed(inst, made, depth + 1))
    })
    return found
  }

  private atCall(inst: Instance, call: Expr & { k: 'call' }, depth: number): string[] {
    const found: string[] = []
    for (const { site, to, given } of inst.callees) {
      if (site !== call) continue
      // `rows.map((row) => normalize(row.domain))`
      const isOwn = to.env === inst && call.a.some((arg) => arg.k === 'fn')
      if (isOwn && depth < DEEPEST) eachExpression(to.fn.body, (x) => { if (x.k === 'call') found.push(...this.atCall(to, x, depth + 1)) })
      else if (to.callers.length > 1) found.push(...to.params.flatMap((param, i) => this.notOf(inst, given[i], this.a.of(param))))
    }
    return found
  }

  private notOf(inst: Instance, given: Expr | undefined, handed: Value[]): string[] {
    const paths = pathsOf(handed).filter((path) => this.isOfRequest(path))
    // What is handed here was made of the request, too, on a way of its own.
    if (paths.length > 0 && given && this.bringsRequest(inst, given)) return []
    const own = paths.length > 0 && given ? pathsOf(this.look.values(inst, given)) : []
    return paths.filter((path) => !own.some((one) => path.startsWith(one) || one.startsWith(path)))
  }
}

const pathsOf = (values: Value[]): string[] =>
  values.flatMap((value) => (value.kind === 'lib' || (value.kind === 'object' && value.path !== undefined && value.shape === 'library') ? [value.path as string] : []))
