import type { Analysis } from '../link/analysis.js'
import type { Value } from '../link/values.js'
import type { Expr, Stmt } from '../model/facts.js'
import type { Roots } from './contained.js'
import type { Homes } from './homes.js'

/** What static fields and bindings hold. */
export const rootsOf = (a: Analysis, homes: Homes): Roots => {
  const slotted = new Set<Value>()
  for (const cls of a.classes) for (const node of cls.holder.fields.values()) for (const value of a.of(node)) slotted.add(value)
  const seen = new Set<Value>()
  const passing = passingIn(a)
  for (const inst of a.instances) {
    if (inst.phase !== 'startup' || homes.repeated.has(inst)) continue
    const { unit } = inst
    for (const [id, node] of inst.locals) {
      if (!homes.outlives(unit, id)) continue
      const isParam = unit.facts.bindings[id]?.kind === 'param'
      const into = inst === unit.module && !passing.has(`${unit.index}.${id}`) ? slotted : seen
      // What an inner function sees of data that somebody passed is not kept for long.
      for (const value of a.of(node)) if (!isParam || (value.kind === 'object' && value.cls)) into.add(value)
    }
  }
  for (const object of startedIn(a)) slotted.add(object)
  for (const value of slotted) seen.add(value)
  return { slotted, seen }
}

/** `new Main()`, `new Server().listen()` as statements of a module: nothing names them, and they live as long as what they begin. */
const startedIn = (a: Analysis): Value[] =>
  a.objects.filter(({ cls, site, env }) => cls && site?.k === 'new' && env !== undefined && env === env.unit.module && env.fn.body.some((s) => isBegunBy(s, site)))

const isBegunBy = (s: Stmt, made: Expr): boolean => s.k === 'expr' && beginning(s.x) === made

const beginning = (x: Expr): Expr => {
  if (x.k === 'await' || x.k === 'un') return beginning(x.x)
  return x.k === 'call' && x.f.k === 'mem' ? beginning(x.f.o) : x
}

/** Bindings that are set to now this and now that while serving: no home for what they name. What is made for a binding (`game = new Game()`) is at home there. */
const passingIn = (a: Analysis): Set<string> => {
  const passing = new Set<string>()
  for (const { inst, owner, binding, op, site } of a.writes) if (owner && binding !== undefined && op === '=' && inst.phase !== 'startup' && !(site.k === 'set' && site.r.k === 'new')) passing.add(`${owner.unit.index}.${binding}`)
  return passing
}
