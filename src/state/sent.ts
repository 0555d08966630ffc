import type { Expr } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { surroundings } from '../link/surroundings.js'
import { someExpression } from '../link/shape.js'

/** Methods that answer, or tell somebody. */
const ANSWERS = /^(json|send|end|emit|text|html|body)$/
/** What makes another form of a value. */
const FORMS = /^(String|Number|BigInt|toString|stringify|padStart|toFixed)$/
/** How far a value is followed to those who asked for it. */
const FARTHEST = 4

/** Where an invocation's own result goes to a client: the handlers of frameworks that send what they are given back. */
export type Answers = (inst: Instance) => boolean

/** `res.json({ number: ++last })`, `emit(name, ++last)`, `const number = ++last; res.json({ number })`, `() => ++last` of a handler: a count that goes out as it is made. */
export const isSent = (inst: Instance, x: Expr, answers: Answers, depth = 0): boolean => {
  const { parent, pattern, statement } = surroundings(inst.fn).get(x) ?? {}
  if (pattern?.k === 'bind') return someExpression(inst.fn.body, (use) => use.k === 'ref' && use.b === pattern.b && isSent(inst, use, answers, depth))
  if (parent) return goesOut(inst, parent, x, answers, depth)
  return statement?.k === 'ret' && (answers(inst) || isAskedFor(inst, answers, depth))
}

const goesOut = (inst: Instance, parent: Expr, x: Expr, answers: Answers, depth: number): boolean => {
  if (parent.k === 'call') return calls(parent, x) === 'answers' || (calls(parent, x) === 'forms' && isSent(inst, parent, answers, depth))
  // `let page = ''; page += `#${number}`; res.send(page)`
  if (parent.k === 'set') return parent.l.k === 'ref' && depth < FARTHEST && isSentAs(inst, parent.l, answers, depth + 1)
  if (parent.k === 'mem') return FORMS.test(parent.n) && isSent(inst, parent, answers, depth)
  return /^(obj|arr|tpl|bin|await)$/.test(parent.k) && isSent(inst, parent, answers, depth)
}

const isSentAs = (inst: Instance, name: Expr & { k: 'ref' }, answers: Answers, depth: number): boolean =>
  someExpression(inst.fn.body, (use) => use.k === 'ref' && use !== name && use.b === name.b && isSent(inst, use, answers, depth))

/** What a call does with one of its parts. */
const calls = ({ f }: Expr & { k: 'call' }, x: Expr): 'answers' | 'forms' | undefined => {
  const name = f.k === 'mem' || f.k === 'glob' ? f.n : ''
  if (f !== x && f.k === 'mem' && ANSWERS.test(name)) return 'answers'
  return FORMS.test(name) ? 'forms' : undefined
}

/** Does a caller of the program send what it is given back? A callback's result is the library's. */
const isAskedFor = (inst: Instance, answers: Answers, depth: number): boolean =>
  depth < FARTHEST && inst.callers.some(({ from, site, later }) => !later && site.k === 'call' && !takes(from, site, inst) && isSent(from, site, answers, depth + 1))

const takes = ({ unit }: Instance, { a }: Expr & { k: 'call' }, { fn }: Instance): boolean => a.some((arg) => arg.k === 'fn' && unit.facts.functions[arg.f] === fn)
