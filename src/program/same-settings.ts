import type { BindingFact, BindingId, Expr, FileFacts } from '../model/facts.js'
import { lastAssignment } from '../effects/asking.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { LibraryCall } from '../link/analysis.js'
import { isBuiltinGlobal } from '../link/globals.js'
import type { Instance } from '../link/instances.js'
import { childrenOf, eachExpression, eachInside, somePart } from '../link/shape.js'
import { isSame } from '../state/once.js'
import type { Program } from './program.js'

/** Set to the same thing whatever the request is, it is as if it were set at start-up. */
export const isAlwaysTheSame = (program: Program, { inst, site, args }: Pick<LibraryCall, 'inst' | 'site' | 'args'>): boolean => {
  const given = site.k === 'call' && args.length > 0 ? site.a : site.k === 'set' ? [site.r] : []
  if (given.length > 0 && isFilledByKey(program, inst, site)) return true
  if (given.length === 0 || !given.every((arg) => isMadeOfFixed(program, inst, arg))) return false
  return [...holdingAt(pointsOf(inst.fn).at.get(site))].every((point) => point.kind !== 'test' || asksWhetherSet(program, inst, site, point.test))
}

/** What is called to ask whether there is something already, through a local that holds the answer. */
const askedBy = (program: Program, inst: Instance, setter: Expr, test: Expr): Expr | undefined => {
  if (test.k === 'un' && test.op === '!') return askedBy(program, inst, setter, test.x)
  return test.k === 'ref' ? lastAssignment(inst.fn, test.b, setter.p) ?? program.look.definition(inst, test.b) : test
}

/** `if (!ajv.getSchema('order')) ajv.addSchema(order, 'order')`: set where it is not set yet, whoever asks. */
const asksWhetherSet = (program: Program, inst: Instance, setter: Expr, test: Expr): boolean => {
  const asked = askedBy(program, inst, setter, test)
  const holder = setter.k === 'call' && setter.f.k === 'mem' ? setter.f.o : undefined
  if (asked?.k !== 'call' || asked.f.k !== 'mem' || !holder || !asked.a.every((arg) => isFixed(inst.unit.facts, arg))) return false
  const held = new Set(program.look.values(inst, holder))
  return held.size > 0 && program.look.values(inst, asked.f.o).some((value) => held.has(value))
}

/** `if (!ajv.getSchema(name)) ajv.addSchema(await load(name), name)`: under each name what that name stands for, whoever asks first. */
const isFilledByKey = (program: Program, inst: Instance, setter: Expr): boolean => {
  if (setter.k !== 'call' || setter.f.k !== 'mem') return false
  const { f, a } = setter
  return [...holdingAt(pointsOf(inst.fn).at.get(setter))].some((point) => {
    const asked = point.kind === 'test' ? askedBy(program, inst, setter, point.test) : undefined
    if (asked?.k !== 'call' || asked.f.k !== 'mem' || !isSame(asked.f.o, f.o) || asked.a.length !== 1) return false
    const key = asked.a[0] as Expr
    return a.some((given) => isSame(key, given)) && a.every((given) => isFixed(inst.unit.facts, given) || somePart(given, (part) => isSame(part, key)))
  })
}

/** `const config = configOf('paypal')`: what a constant text leads to, at once, is what it leads every request to. */
const isMadeOfFixed = (program: Program, inst: Instance, arg: Expr): boolean => {
  if (isFixed(inst.unit.facts, arg, new Set([...newsAsTheyAre(program, inst), ...madeOnce(program, inst, arg)]))) return true
  const made = arg.k === 'ref' ? program.look.definition(inst, arg.b) : arg
  if (isModule(arg) || (made && isModule(made))) return true
  return made?.k === 'call' && made.f.k === 'ref' && made.a.length > 0 && made.a.every((part) => part.k === 'lit')
}

/** `require('ffmpeg-static').path`, wherever in the program it stands. */
const isModule = (x: Expr): boolean => (x.k === 'mem' ? isModule(x.o) : x.k === 'call' && x.f.k === 'glob' && x.f.n === 'require' && x.a[0]?.k === 'lit')

/** What stands in the text, in the environment, or in a constant of the module: each request finds the same. */
const isFixed = (facts: FileFacts, x: Expr, plain: ReadonlySet<BindingId> = NONE): boolean => {
  if (x.k === 'lit') return true
  if (x.k === 'glob') return isBuiltinGlobal(x.n)
  if (x.k === 'ref') return plain.has(x.b) || (facts.bindings[x.b]?.f === 0 && /^(const|import)$/.test(facts.bindings[x.b]?.kind ?? ''))
  return FIXED_OF_PARTS.has(x.k) && childrenOf(x).every((part) => isFixed(facts, part, plain))
}

const NONE: ReadonlySet<BindingId> = new Set()

/** `const renderer = new marked.Renderer()`, handed on once and changed nowhere: as good as the last one. */
const newsAsTheyAre = (program: Program, { fn, unit }: Instance): Set<BindingId> => {
  const uses = new Map<BindingId, number>()
  eachExpression(fn.body, (x) => { if (x.k === 'ref') uses.set(x.b, (uses.get(x.b) ?? 0) + 1) })
  const isPlain = (binding: BindingId): boolean => {
    const made = program.look.definitionIn(unit.facts, binding)
    return made?.k === 'new' && made.a.length === 0 && unit.facts.bindings[binding]?.kind === 'const'
  }
  return new Set([...uses].flatMap(([binding, count]) => (count === 1 && isPlain(binding) ? [binding] : [])))
}

/** Variables of the module that are filled once, whoever comes first, with what no request brings: `authClient`. */
const madeOnce = (program: Program, { unit }: Instance, arg: Expr): BindingId[] => {
  const named: BindingId[] = []
  const mayBeFilled = ({ f, kind }: BindingFact): boolean => f === 0 && kind !== 'const' && kind !== 'import'
  eachInside(arg, (x) => { if (x.k === 'ref' && mayBeFilled(unit.facts.bindings[x.b] as BindingFact)) named.push(x.b) })
  if (named.length === 0) return []
  const once = new Set(program.cells().flatMap(({ home, role, fromRequest }) => (home.unit === unit && (role === 'lazy-constant' || role === 'client') && !fromRequest ? [home.name] : [])))
  return named.filter((id) => once.has(unit.facts.bindings[id]?.n ?? ''))
}

const FIXED_OF_PARTS = new Set(['mem', 'obj', 'arr', 'tpl', 'bin', 'log', 'cond', 'un', 'spread'])
