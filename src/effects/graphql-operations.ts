import type { Callers } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachInside, memberOf } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { Program } from '../program/program.js'
import { parameterOf } from './callers-say.js'

const DEEPEST = 4
const OPERATION = /^\s*(query|mutation)\b/
/** A mutation whose first field neither takes away nor sets. */
const ADDS = /^\s*mutation\b(?![^{]*\{\s*(\w+\s*:\s*)?\w*(remove|delete|destroy|update|edit|set|replace|clear|cancel))/i

/** `JSON.stringify({ query: 'query Video { … }' })`: what is sent to a GraphQL address says whether it asks. A helper is told by its callers. */
export const asksByQuery = (program: Program, { inst, site }: LibraryCall, reached: Callers): boolean => {
  const operations: string[] = []
  eachInside(site, (x) => { operations.push(...operationsOf(program, inst, x, reached, 0)) })
  return operations.length > 0 && !operations.some((text) => ADDS.test(text))
}

const operationsOf = (program: Program, inst: Instance, x: Expr, reached: Callers, depth: number): string[] => {
  if (x.k === 'lit') return typeof x.v === 'string' && OPERATION.test(x.v) ? [x.v] : []
  if (x.k === 'tpl') return OPERATION.test(x.q[0] ?? '') ? [x.q.join(' ')] : []
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
