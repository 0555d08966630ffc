import type { Instance } from '../link/instances.js'
import type { DecoratorFact, Expr } from '../model/facts.js'
import type { SharedPrivate } from './caching-queries.js'
import type { Callers } from './kept-answers.js'
import type { Program } from './program.js'

const GUARDS = /^(UseGuards|Authorized|Auth|Roles|RequireAuth|Authenticated|ApiBearerAuth)$/
const WHO = /auth|jwt|session|user|login|token|role|bearer/i
const CALLER_PARAMETER = /^(CurrentUser|User|GetUser|AuthUser|ReqUser|Session|CurrentSession)$/

/** Methods of controllers whose decorators mark the answer as public, and turn callers away by who they are or are given who asks. */
export function guardedHeaders(program: Program, callers: Callers, isPublic: (name: string, value: Expr) => boolean): SharedPrivate[] {
  const seen = new Set<DecoratorFact>()
  return program.entries.flatMap((entry) => entry.handlers.flatMap((inst): SharedPrivate[] => {
    const found = headerOf(inst, isPublic)
    if (!found || seen.has(found.decorator)) return []
    const { unit } = inst
    const who = callers.identityIn(inst, inst.fn.body) ?? found.others.find((decorator) => turnsAway(inst, decorator))?.x
    if (!who) return []
    seen.add(found.decorator)
    const at = { file: unit.path, start: found.decorator.x.p, end: found.decorator.x.e }
    return [{ at, header: found.name, entry: entry.symbol, identity: { file: unit.path, start: who.p, end: who.e }, trace: [{ message: `${entry.symbol} sets ${found.name}`, site: at }] }]
  }))
}

interface Found {
  name: string
  decorator: DecoratorFact
  /** Decorators beside it: of the method, of its parameters and of its class. */
  others: DecoratorFact[]
}

function headerOf(inst: Instance, isPublic: (name: string, value: Expr) => boolean): Found | undefined {
  const cls = inst.fn.cls === undefined ? undefined : inst.unit.facts.classes[inst.fn.cls]
  const method = cls?.methods.find(({ f }) => inst.unit.facts.functions[f] === inst.fn)
  for (const decorator of method?.dec ?? []) {
    const { x } = decorator
    const [name, value] = x.k === 'call' && calleeOf(inst, x.f) === 'Header' ? x.a : []
    if (name?.k !== 'lit' || typeof name.v !== 'string' || !value || !/cache-control$/i.test(name.v) || !isPublic(name.v, value)) continue
    const parameters = inst.fn.params.flatMap((parameter) => parameter.dec ?? [])
    return { name: name.v, decorator, others: [...(method?.dec ?? []), ...(cls?.dec ?? []), ...parameters] }
  }
  return undefined
}

function turnsAway(inst: Instance, { x }: DecoratorFact): boolean {
  const name = x.k === 'call' ? calleeOf(inst, x.f) : calleeOf(inst, x)
  if (name === undefined) return false
  if (CALLER_PARAMETER.test(name)) return true
  if (!GUARDS.test(name)) return false
  return name !== 'UseGuards' || (x.k === 'call' && x.a.some((guard) => WHO.test(calleeOf(inst, guard.k === 'call' ? guard.f : guard) ?? '')))
}

const calleeOf = (inst: Instance, x: Expr): string | undefined => (x.k === 'ref' ? inst.unit.facts.bindings[x.b]?.n : x.k === 'mem' ? x.n : x.k === 'glob' ? x.n : undefined)
