import { HANDS_ON, STREAMS_OF, TURNS_INTO } from '../catalog/words.js'
import type { Expr, FnFact } from '../model/facts.js'
import { pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'

/** An expression, and the invocation that it stands in. */
export interface Piped { inst: Instance; x: Expr }

const FARTHEST = 6
type Call = Expr & { k: 'call' }

/** `from(find(id)).pipe(map((row) => …), switchMap((row) => save(row)))`: what such a callback's parameter holds. */
export const pipedInto = (program: Program, inst: Instance, binding: number): Piped[] => {
  const first = inst.fn.params[0]?.t
  const at = first?.k === 'arrpat' ? first.x.findIndex((part) => part?.k === 'bind' && part.b === binding) : first?.k === 'bind' && first.b === binding ? -1 : undefined
  if (at === undefined || (at === -1 && first?.k === 'arrpat')) return []
  return inst.callers.flatMap(({ from, site }) => {
    const step = stepsIn(from.fn).get(site)
    const pipes = new Pipes(program)
    if (!step || site.k !== 'call' || pipes.nameOf(from, site) === undefined) return []
    const given = pipes.before(from, step.pipe, step.index, 0)
    return at < 0 ? given : given.flatMap(({ inst: of, x }) => (x.k === 'arr' && x.x[at] ? pipes.source(of, x.x[at], 0) : []))
  })
}

class Pipes {
  constructor(private readonly program: Program) {}

  /** What comes to a step of a pipe. */
  before(inst: Instance, pipe: Call, index: number, depth: number): Piped[] {
    if (depth > FARTHEST) return []
    if (index === 0) return pipe.f.k === 'mem' ? this.source(inst, pipe.f.o, depth + 1) : []
    const step = pipe.a[index - 1]
    const name = step?.k === 'call' ? this.nameOf(inst, step) : undefined
    if (step?.k !== 'call' || name === undefined) return []
    if (HANDS_ON.test(name)) return this.before(inst, pipe, index - 1, depth + 1)
    return TURNS_INTO.test(name) ? this.resultsOf(inst, step, depth + 1) : []
  }

  /** What a stream brings: of a promise what it holds, of a value that value. */
  source(inst: Instance, x: Expr, depth: number): Piped[] {
    if (depth > FARTHEST) return []
    const made = x.k === 'ref' ? this.program.look.definition(inst, x.b) : undefined
    if (made) return this.source(this.program.look.ownerOf(inst, (x as Expr & { k: 'ref' }).b), made, depth + 1)
    if (x.k !== 'call') return [{ inst, x }]
    const name = this.nameOf(inst, x)
    const [given] = x.a
    if (name !== undefined && given && given.k !== 'fn') return STREAMS_OF.test(name) ? [{ inst, x: given }] : []
    if (x.f.k === 'mem' && x.f.n === 'pipe') return this.before(inst, x, x.a.length, depth + 1)
    const own = this.resultsOf(inst, x, depth + 1)
    return own.length > 0 ? own : [{ inst, x }]
  }

  private resultsOf(inst: Instance, site: Expr, depth: number): Piped[] {
    return inst.callees.filter((edge) => edge.site === site).flatMap(({ to }) => pointsOf(to.fn).returns.flatMap(({ x }) => (x ? this.source(to, x, depth) : [])))
  }

  /** Name of a function of the library that is called. */
  nameOf(inst: Instance, x: Call): string | undefined {
    const path = this.program.callsOf(inst).find(({ site, path: of }) => site === x && of.startsWith('rxjs'))?.path
    return path?.slice(path.indexOf('#') + 1)
  }
}

const steps = new WeakMap<FnFact, Map<Expr, { pipe: Call; index: number }>>()

/** The steps of the pipes in a function. */
const stepsIn = (fn: FnFact): Map<Expr, { pipe: Call; index: number }> => {
  let known = steps.get(fn)
  if (!known) {
    const found = new Map<Expr, { pipe: Call; index: number }>()
    eachExpression(fn.body, (x) => {
      if (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'pipe') for (const [index, step] of x.a.entries()) found.set(step, { pipe: x, index })
    })
    steps.set(fn, (known = found))
  }
  return known
}
