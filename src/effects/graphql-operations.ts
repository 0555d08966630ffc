import type { Callers } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachInside, memberOf } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { Program } from '../program/program.js'
import { parameterOf } from './callers-say.js'

const DEEPEST = 4
const OPERATION = /(^|[}\n])\s*(query|mutation)\b/
/** A mutation whose first field neither takes away nor sets. */
const ADDS = /(^|[}\n])\s*mutation\b(?![^{]*\{\s*(\w+\s*:\s*)?\w*(remove|delete|destroy|update|edit|set|replace|clear|cancel))/i

const GRAPHQL = /\/graphql\/?(\?|$)/

/** `JSON.stringify({ query: 'query Video { … }' })`: what is sent to a GraphQL address says whether it asks. A helper is told by its callers. */
export const asksByQuery = (program: Program, call: LibraryCall, address: string | undefined, reached: Callers): boolean => {
  const written = writtenIn(program, call, reached)
  const operations = written.length > 0 || address === undefined ? written : givenTo(program, call, address)
  return operations.length > 0 && !operations.some((text) => ADDS.test(text))
}

/** Is what a client sends a mutation that adds something, as far as its text is at hand? */
export const addsByMutation = (program: Program, call: LibraryCall, reached: Callers): boolean => writtenIn(program, call, reached).some((text) => ADDS.test(text))

const writtenIn = (program: Program, call: LibraryCall, reached: Callers): string[] => {
  const written: string[] = []
  eachInside(call.site, (x) => { written.push(...operationsOf(program, call.inst, x, reached, 0)) })
  return written
}

/** What a helper that posts to a GraphQL address is given as a whole: `ask({ query, variables })`. */
const givenTo = (program: Program, call: LibraryCall, address: string): string[] => {
  const data = call.row?.effect?.data
  if (data === undefined || !program.texts(call, address).some((text) => GRAPHQL.test(text))) return []
  const queries = program.argument(call, data).flatMap((value) => (value.kind === 'object' ? program.a.of(value.holder.fields.get('query') ?? -1) : []))
  return queries.flatMap((value) => (value.kind === 'lit' ? [String(value.value)] : []))
}

const operationsOf = (program: Program, inst: Instance, x: Expr, reached: Callers, depth: number): string[] => {
  if (x.k === 'lit') return typeof x.v === 'string' && x.v.includes('{') && OPERATION.test(x.v) ? [x.v] : []
  // gql`${query}` is what it is given.
  if (x.k === 'tpl') return OPERATION.test(x.q[0] ?? '') ? [x.q.join(' ')] : x.x[0] && !x.q[0]?.trim() && depth <= DEEPEST ? operationsOf(program, inst, x.x[0], reached, depth + 1) : []
  // `gql('query …')`
  if (x.k === 'call' && depth > 0) return x.a.flatMap((arg) => operationsOf(program, inst, arg, reached, depth + 1))
  if (x.k !== 'ref' || depth > DEEPEST) return []
  const told = parameterOf(inst, x.b)
  const made = told ? undefined : program.look.written(inst, x.b)
  return told ? saidBy(program, inst, told, reached, depth) : made ? operationsOf(program, made.inst, made.x, reached, depth + 1) : []
}

const saidBy = (program: Program, inst: Instance, { index, name }: { index: number; name: string | undefined }, reached: Callers, depth: number): string[] =>
  inst.callers.flatMap(({ from, given }) => {
    const whole = reached.has(from) ? given[index] : undefined
    const said = name === undefined ? whole : memberOf(whole, name)
    return said ? operationsOf(program, from, said, reached, depth + 1) : []
  })
