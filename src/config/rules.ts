import { dirname, relative, resolve } from 'node:path'
import type { Rule } from '../rule.js'
import { UserError } from './errors.js'

const TEXTS = ['id', 'question', 'severity', 'summary', 'why', 'fix']

/** Is it a rule, as `defineRule` makes it? */
export function isRule(value: unknown): value is Rule {
  if (typeof value !== 'object' || value === null) return false
  const row = value as Record<string, unknown>
  return TEXTS.every((key) => typeof row[key] === 'string') && typeof row['check'] === 'function' && typeof row['messages'] === 'object' && Array.isArray(row['alsoAffects'])
}

/** Rules that a module exports: one, a list, or by name. */
function rulesOf(module: unknown): Rule[] {
  if (isRule(module)) return [module]
  if (Array.isArray(module)) return module.flatMap(rulesOf)
  if (typeof module !== 'object' || module === null) return []
  return [...new Set(Object.values(module).flatMap((value) => (isRule(value) || Array.isArray(value) ? rulesOf(value) : [])))]
}

/** The custom rules of a config; paths are loaded with `load`. */
export async function customRules(listed: readonly (string | Rule)[], file: string, load: (file: string) => Promise<unknown>): Promise<Rule[]> {
  const rules: Rule[] = []
  for (const one of listed) {
    if (typeof one !== 'string') {
      rules.push(one)
      continue
    }
    const found = rulesOf(await load(resolve(dirname(file), one)))
    if (found.length === 0) throw new UserError(`${relative(dirname(file), file)}: 'customRules' names ${one}, which exports no rule; export what defineRule returns`)
    rules.push(...found)
  }
  return rules
}
