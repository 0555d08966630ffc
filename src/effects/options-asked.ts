import type { Callers } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachExpression, memberOf } from '../link/shape.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { Program } from '../program/program.js'
import { givenByCallers, parameterOf } from './callers-say.js'

const DEEPEST = 5

/** What is asked for: a member of the options that helpers hand on. */
interface Asked {
  program: Program
  name: string
  reached: Callers
}

/**
 * `fetch(url, options)` in a helper that hands on its options, or what it makes of them: what those say for a member that have called it on the way.
 * Empty where none of them says anything, undefined where it is not to be seen.
 */
export const saidInOptions = (program: Program, { inst, site }: LibraryCall, path: string, reached: Callers): string[] | undefined => {
  const [index, name, ...more] = path.split('.')
  const options = site.k === 'call' && more.length === 0 ? site.a[Number(index)] : undefined
  return options && name !== undefined ? saidIn({ program, name, reached }, inst, options, 0) : undefined
}

const saidIn = (asked: Asked, inst: Instance, x: Expr, depth: number): string[] | undefined => {
  if (depth > DEEPEST) return undefined
  if (x.k === 'obj') return saidInObject(asked, inst, x, depth)
  if (x.k !== 'ref' || writes(inst.fn, asked.name, x.b)) return undefined
  const made = asked.program.look.definition(inst, x.b)
  if (made) return made.k === 'call' ? saidInCall(asked, inst, made, depth + 1) : saidIn(asked, inst, made, depth + 1)
  return saidByCallers(asked, inst, x.b, depth)
}

const saidInObject = (asked: Asked, inst: Instance, x: Expr & { k: 'obj' }, depth: number): string[] | undefined => {
  const own = memberOf(x, asked.name)
  if (own) return saidAs(asked, inst, own, depth)
  return all(x.m.filter(({ kind }) => kind === 'spread').map(({ v }) => saidIn(asked, inst, v, depth + 1)))
}

/** `{ method: (options.method ?? 'GET').toUpperCase() }`: what the options say, or else what is written. */
const saidAs = (asked: Asked, inst: Instance, x: Expr, depth: number): string[] | undefined => {
  if (x.k === 'lit') return [String(x.v)]
  if (x.k === 'call' && x.f.k === 'mem' && /^to(Upper|Lower)Case$/.test(x.f.n)) return saidAs(asked, inst, x.f.o, depth)
  if (x.k === 'log' && x.op !== '&&') return all([saidAs(asked, inst, x.l, depth), saidAs(asked, inst, x.r, depth)])
  if (x.k === 'mem' && x.n === asked.name && x.o.k === 'ref') return saidIn(asked, inst, x.o, depth + 1)
  return saidBefore(asked, inst, x, depth) ?? givenByCallers(inst, x, asked.reached)
}

/** `const { method = 'GET' } = options`: a local that was taken from the options; where nobody says anything, its default is not known here. */
const saidBefore = (asked: Asked, inst: Instance, x: Expr, depth: number): string[] | undefined => {
  const { look } = asked.program
  const from = x.k === 'ref' && look.memberOf(inst.unit.facts, x.b) === asked.name ? look.definition(inst, x.b) : undefined
  const said = from && saidIn(asked, inst, from, depth + 1)
  return said?.length === 0 ? undefined : said
}

/** `omit(options, ['json'])`, `Object.assign({}, defaults, options)`, `prepared(options, url)`: what is made of options says the same, unless a helper says it by itself. */
const saidInCall = (asked: Asked, inst: Instance, x: Expr & { k: 'call' }, depth: number): string[] | undefined => {
  const helpers = asked.program.look.values(inst, x.f).flatMap((value) => (value.kind === 'fn' ? [value.fn] : []))
  if (helpers.some((fn) => writes(fn, asked.name))) return undefined
  const given = helpers.length > 0 ? x.a.slice(0, 1) : x.a.filter(({ k }) => k === 'ref' || k === 'obj' || k === 'spread')
  return given.length === 0 ? undefined : all(given.map((arg) => saidIn(asked, inst, arg, depth)))
}

const saidByCallers = (asked: Asked, inst: Instance, binding: number, depth: number): string[] | undefined => {
  const place = parameterOf(inst, binding)
  const edges = inst.callers.filter(({ from, later }) => !later && asked.reached.has(from))
  if (!place || edges.length === 0) return undefined
  return all(edges.map(({ from, site }) => {
    if (site.k !== 'call' || site.a.some(({ k }) => k === 'spread')) return undefined
    const whole = site.a[place.index]
    const given = place.name === undefined ? whole : memberOf(whole, place.name)
    return given ? saidIn(asked, from, given, depth + 1) : []
  }))
}

const all = (said: (string[] | undefined)[]): string[] | undefined => (said.every((one) => one !== undefined) ? said.flat() as string[] : undefined)

/** Does a function set the member of a local, or of anything, by itself? */
const writes = (fn: FnFact, name: string, binding?: number): boolean => {
  let found = false
  eachExpression(fn.body, (x) => {
    if (x.k === 'set' && x.l.k === 'mem' && x.l.n === name && (binding === undefined || (x.l.o.k === 'ref' && x.l.o.b === binding))) found = true
    if (binding === undefined && x.k === 'obj' && x.m.some(({ n }) => n === name)) found = true
  })
  return found
}
