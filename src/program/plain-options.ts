import type { Analysis } from '../link/analysis.js'
import type { Value } from '../link/values.js'

export const ENVIRONMENT = /^(?:global#process\.env|node:process#(?:default\.)?env)\.(\w+)$/

/** What yields something that may be a store; of the rest at least the kind is plain to see. */
const MADE = /^(call|new|await|fn|class|spread|ref)$/

/** Options that are written there and hold only texts, numbers and such objects: no function, and nothing of a library or of an origin that nobody knows. */
export function isPlainOptions(a: Analysis, value: Value, deep = 3): boolean {
  if (value.kind !== 'object' || value.path !== undefined || value.site?.k !== 'obj' || deep === 0) return false
  return value.site.m.every(({ n, v }) => {
    const field = n === undefined ? undefined : value.holder.fields.get(n)
    const values = field === undefined ? [] : a.of(field)
    if (values.length === 0) return !MADE.test(v.k)
    return values.every((one) => one.kind === 'lit' || (one.kind === 'lib' && ENVIRONMENT.test(one.path)) || isPlainOptions(a, one, deep - 1))
  })
}

/** What was read out of a file, a message or the environment: data alone, nothing that has methods of its own. */
export const isParsed = (value: Value): boolean => value.kind === 'lib' && PARSED.test(value.path)
const PARSED = /^global#(JSON\.parse\(\)|process\.env\b|String\b|Number\b)/
