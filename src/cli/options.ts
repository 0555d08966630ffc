import type { Command } from 'commander'
import { Option } from 'commander'

/** Options as commander gives them; `undefined` where not said. */
export interface CliOptions {
  format?: string[]
  failOn?: 'error' | 'warning' | 'info' | 'never'
  minConfidence?: 'high' | 'medium' | 'low'
  maxWarnings?: string
  gate?: string[]
  rule?: string[]
  only?: string[]
  config?: string | false
  cacheDir?: string
  cache?: boolean
  quiet?: boolean
  verbose?: boolean
  color?: boolean
  progress?: boolean
  strict?: boolean
  exitZero?: boolean
  stats?: boolean
  timing?: boolean
  printConfig?: boolean
  include?: string[]
  exclude?: string[]
  baseline?: string | false
  since?: string
  staged?: boolean
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}

/** Commas separate, except inside braces: `src/{a,b}/**` is one glob. */
function collectGlobs(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), ...value.split(/,(?![^{]*\})/).map((part) => part.trim()).filter(Boolean)]
}

/** What every command that analyses code understands. */
export function addCommonOptions(command: Command): Command {
  return command
    .option('-c, --config <file>', 'use this config file')
    .option('--no-config', 'read no config file (for code that you do not trust)')
    .option('--include <globs>', 'audit only these files (repeatable)', collectGlobs)
    .option('--exclude <globs>', 'leave these files out as well (repeatable)', collectGlobs)
    .option('--cache-dir <folder>', 'where facts are cached')
    .option('--no-cache', 'neither read nor write the cache')
    .addOption(new Option('--progress').hideHelp())
    .option('--no-progress', 'no progress on stderr')
    .option('--verbose', 'say more')
}

/** What the audit itself understands. */
export function addAuditOptions(command: Command): Command {
  addCommonOptions(command)
    .option('--format <format[=file]>', 'terminal, json, sarif, github, gitlab, junit, markdown, checkstyle, rdjson, sonar or agent (repeatable)', collect)
    .addOption(new Option('--fail-on <severity>', 'lowest severity that makes the exit code 1 (default: error)').choices(['error', 'warning', 'info', 'never']))
    .addOption(new Option('--min-confidence <confidence>', 'lowest confidence shown and counted (default: medium)').choices(['high', 'medium', 'low']))
    .option('--max-warnings <n>', 'more warnings than this make the exit code 1')
    .option('--gate <question[=verdict]>', 'a verdict worse than this (pass, which is the default, or review) makes the exit code 1; all for every question (repeatable)', collectGlobs)
    .option('--only <rules>', 'run only these rules (repeatable)', collectGlobs)
    .option('--rule <rule[=severity]>', 'run only this rule; with off, info, warning or error, set its severity instead (repeatable)', collect)
    .option('--baseline <file>', 'compare with this baseline')
    .option('--no-baseline', 'show what the baseline hides')
    .option('--since <ref>', 'only findings that were not there at the merge base with this commit or branch')
    .option('--staged', 'audit what is staged; only findings that touch a staged file')
    .option('--quiet', 'only findings that fail the run')
    .option('--color', 'colours, even into a file')
    .option('--no-color', 'no colours')
    .option('--strict', 'any file that does not parse makes the exit code 2')
    .option('--exit-zero', 'exit code 0 in spite of findings')
    .option('--stats', 'print counts of files, entries and calls on stderr')
    .option('--timing', 'print the time of each phase on stderr')
    .option('--print-config', 'print the config that holds, and where each value came from')
  return command
}

/** Options of a command and of the ones above it; the nearest that was said wins. */
export function optionsOf(command: Command): CliOptions {
  const said: Record<string, unknown> = {}
  for (let one: Command | null = command; one; one = one.parent) {
    for (const [name, value] of Object.entries(one.opts())) {
      if (!(name in said) && one.getOptionValueSource(name) !== 'default') said[name] = value
    }
  }
  return said as CliOptions
}
