import type { z } from 'zod'
import { UserError } from './errors.js'
import { configJsonSchema, configSchema, type ParsedConfig } from './schema.js'
import { hint } from './suggest.js'

interface SchemaNode {
  properties?: Record<string, SchemaNode>
  items?: SchemaNode
  anyOf?: SchemaNode[]
}

/** Keys that the schema knows at a path: what a typing error is compared with. */
function keysAt(path: PropertyKey[]): string[] {
  let node: SchemaNode | undefined = configJsonSchema() as SchemaNode
  for (const part of path) node = typeof part === 'number' ? node?.items : node?.properties?.[String(part)]
  return Object.keys(node?.properties ?? {})
}

function pathText(path: PropertyKey[]): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i ? '.' : ''}${String(part)}`)).join('')
}

function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const inner = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0]
  return inner && inner.path.length > 0 ? { ...inner, path: [...issue.path, ...inner.path] } : issue
}

function sentence(issue: z.core.$ZodIssue): { path: PropertyKey[]; text: string } {
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    const known = keysAt(issue.path)
    const where = issue.path.length > 0 ? ` in ${pathText(issue.path)}` : ''
    return { path: [...issue.path, key], text: `unknown key '${key}'${where}${hint(key, known, `known keys: ${known.join(', ')}`)}` }
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith(' received undefined')) return { path: issue.path, text: `'${pathText(issue.path)}' is missing` }
  const expected = issue.code === 'invalid_value' ? `expected one of ${issue.values.join(', ')}` : issue.message.replace(/^Invalid input: /, '')
  return { path: issue.path, text: issue.path.length > 0 ? `'${pathText(issue.path)}': ${expected}` : expected }
}

/** Checks what a config file holds. `locate` tells the line of a key where the file has lines. */
export async function parseConfig(value: unknown, file: string, locate: (path: PropertyKey[]) => number | undefined | Promise<number | undefined>): Promise<ParsedConfig> {
  const result = configSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const { path, text } = issue ? sentence(deepest(issue)) : { path: [], text: 'not a valid config' }
  const line = await locate(path)
  throw new UserError(`${file}${line ? `:${line}` : ''}: ${text}`)
}

/** Rule ids that a config or a flag names must exist: a typing error would silently leave a rule on. */
export function checkRuleIds(ids: Iterable<string>, known: readonly string[], where: string): void {
  for (const id of ids) {
    if (!known.includes(id)) throw new UserError(`${where}: unknown rule '${id}'${hint(id, known, 'see `stateless-audit rules`')}`)
  }
}
