import type { Stmt } from '../model/facts.js'
import type { Evaluator } from './evaluator.js'
import type { Instance } from './instances.js'
import { type Passed, givenBehind } from './no-object.js'
import { listens, namesOfTable, runRounds } from './rounds.js'
import { NOTHING, constant } from './solver.js'

/** Evaluates statements in order; control flow does not matter for what may flow where, except for tests of the environment. */
export const runStatements = (ev: Evaluator, inst: Instance, list: Stmt[], passed: Passed[] = []): void => {
  let known = passed
  for (const [i, statement] of list.entries()) {
    if (statement.k === 'if') {
      if (runIf(ev, inst, statement, known, () => runStatements(ev, inst, list.slice(i + 1), known))) return
      if (leavesThere(statement.c)) known = [...known, { test: statement.t, holds: false }]
    } else runStatement(ev, inst, statement, known)
    // What stands behind it never runs; functions that are declared there are known without it.
    if (statement.k === 'ret' || statement.k === 'throw') return
  }
}

/** The branches that a server in production may take; true where none of them leads on to the `rest`. */
const runIf = (ev: Evaluator, inst: Instance, s: Stmt & { k: 'if' }, passed: Passed[], rest: () => void): boolean => {
  const decided = ev.production.truth(inst.unit, s.t)
  ev.expression(inst, s.t)
  const side = decided ?? ev.presence.truth(inst, s.t)
  if (side === undefined) {
    runStatements(ev, inst, s.c, [...passed, { test: s.t, holds: true }])
    if (s.a) runStatements(ev, inst, s.a, [...passed, { test: s.t, holds: false }])
    return false
  }
  const [taken, other] = side ? [s.c, s.a] : [s.a, s.c]
  if (taken) runStatements(ev, inst, taken)
  const ends = leavesThere(taken)
  if (decided === undefined && (other || ends)) ev.presence.leaveOut(() => ev.presence.truth(inst, s.t) === side, () => {
    if (other) runStatements(ev, inst, other)
    if (ends) rest()
  })
  return ends
}

/** `if (typeof window === 'undefined') return x`: what follows runs in browsers alone. */
const leavesThere = (taken: Stmt[] | undefined): boolean => {
  const last = taken?.at(-1)
  return last !== undefined && (last.k === 'ret' || last.k === 'throw')
}

const runStatement = (ev: Evaluator, inst: Instance, s: Stmt, passed: Passed[]): void => {
  switch (s.k) {
    case 'expr':
      ev.expression(inst, s.x)
      return
    case 'var':
      for (const d of s.d) {
        if (d.i) ev.pattern(inst, d.t, ev.expression(inst, d.i), d.i)
        else if (d.t.k !== 'bind') ev.pattern(inst, d.t, NOTHING)
      }
      return
    case 'if':
      runIf(ev, inst, s, passed, () => {})
      return
    case 'loop':
      runLoop(ev, inst, s)
      return
    case 'try':
      runStatements(ev, inst, s.b)
      if (s.param) ev.pattern(inst, s.param, NOTHING)
      if (s.c) runStatements(ev, inst, s.c)
      if (s.f) runStatements(ev, inst, s.f)
      return
    case 'ret':
      if (s.x) ev.a.solver.flow(givenBehind(ev, inst, s.x, passed), inst.result)
      return
    case 'throw':
      if (s.x.k === 'new') ev.calls.thrown(inst, s.x)
      else ev.expression(inst, s.x)
      return
    case 'switch':
      ev.expression(inst, s.x)
      for (const c of s.cases) {
        if (c.t) ev.expression(inst, c.t)
        runStatements(ev, inst, c.b)
      }
      return
    case 'block':
      runStatements(ev, inst, s.b)
      return
    case 'class': {
      const fact = inst.unit.facts.classes[s.c]
      if (!fact) return
      const value = ev.a.classValue(inst.unit, s.c, inst)
      if (fact.b !== undefined) ev.a.solver.flow(constant(value.id), ev.binding(inst, fact.b))
      ev.defineClass(inst, value)
    }
  }
}

const memberNames = (ev: Evaluator, names: string[]): number => {
  const node = ev.a.solver.node()
  for (const name of names) ev.a.solver.add(node, ev.a.memberName(name).id)
  return node
}

const runLoop = (ev: Evaluator, inst: Instance, s: Stmt & { k: 'loop' }): void => {
  if (s.init) runStatements(ev, inst, s.init)
  const over = s.t ? ev.expression(inst, s.t) : NOTHING
  if (s.kind === 'of' && (inst.phase === 'startup' || listens(s.b))) return runRounds(ev, inst, s, ev.access.iterated(over))
  const names = s.kind === 'in' && inst.phase === 'startup' ? namesOfTable(ev, over) : undefined
  if (names) return runRounds(ev, inst, s, memberNames(ev, names))
  if (s.kind === 'in' && inst.phase === 'startup') return runRounds(ev, inst, s, ev.access.keysOf(over))
  if (s.each) ev.pattern(inst, s.each, s.kind === 'of' ? ev.access.iterated(over) : ev.access.keysOf(over))
  if (s.upd) ev.expression(inst, s.upd)
  runStatements(ev, inst, s.b)
}
