import type { ResolvedConfig } from '../config/types.js'
import type { Severity } from '../model/finding.js'
import { globPattern } from '../link/globs.js'

/** Severity that the config gives a rule for a file: the last override that matches, else the rule's own entry. */
export const levelOf = (config: ResolvedConfig): ((rule: string, file: string) => Severity | 'off' | undefined) => (rule, file) => {
  let level = config.rules[rule]
  for (const override of config.overrides) {
    const own = override.rules[rule]
    if (own !== undefined && override.files.some((glob) => globPattern(glob).test(file))) level = own
  }
  return level
}

/** Is a rule off for every file? Then nobody asks it. */
export const isOff = (config: ResolvedConfig, rule: string): boolean => config.rules[rule] === 'off' && config.overrides.every(({ rules }) => (rules[rule] ?? 'off') === 'off')
