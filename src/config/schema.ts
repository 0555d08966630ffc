import { z } from 'zod'
import type { CatalogRow } from '../model/catalog.js'
import type { Rule } from '../rule.js'
import { isRule } from './rules.js'

const reason = z.string().min(1).describe('Why: shown in the report.')
const files = z.union([z.string(), z.array(z.string()).min(1)]).describe('Globs, relative to the folder of the config file.')
const level = z.enum(['off', 'info', 'warning', 'error'])
const levels = z.record(z.string(), level)
const day = z.iso.date({ error: 'expected a day such as 2027-01-31' })

const confined = z.literal(true).optional().describe('No option of the library takes its state out of the process: it has to be replaced. Without it, and without an option, none is known.')
/** Fields of a row that take state out of the process. */
const WAYS_OUT = ['external', 'driver', 'externalCall', 'clearedBy', 'as', 'mount', 'store']

const modelRow = z
  .looseObject({
    path: z.union([z.string(), z.array(z.string()).min(1)]).describe('Access path, such as `my-cache#createCache()`.'),
    infra: z.looseObject({ confined }).optional().describe('It works in one process only, unless an option sends it outside.'),
    session: z.looseObject({ confined }).optional().describe('A session middleware.'),
  })
  .superRefine(({ infra, session }, context) => {
    for (const [facet, model] of Object.entries({ infra, session })) for (const option of model?.confined ? WAYS_OUT.filter((name) => name in model) : []) {
      context.addIssue({ code: 'custom', path: [facet, option], message: `\`confined\` says that no option takes it out of the process, and \`${option}\` names one: leave one of them out` })
    }
  })
  .transform((row) => row as unknown as CatalogRow)

const entryHint = z.strictObject({
  files,
  export: z.string().optional().describe('Exported name; `*` (the default) is every exported function.'),
  kind: z
    .enum(['route', 'middleware', 'resolver', 'procedure', 'action', 'loader', 'page', 'socket', 'message', 'job', 'lambda', 'hook'])
    .optional()
    .describe('What calls it; `route` by default.'),
  method: z.string().optional().describe('HTTP method, such as `POST`.'),
})

/** A rule as `defineRule` makes it, in a config that is a script; or a path of a module that exports rules. */
const customRule = z.union([
  z.string().describe('Path of a module that exports a rule or a list of rules, relative to the config file.'),
  z.custom<Rule>(isRule),
], 'expected a path, or a rule as defineRule makes it (id, question, alsoAffects, severity, summary, why, fix, messages, check)')

const gateLevel = z.enum(['pass', 'review'])

/** The one source of the config: types, validation, JSON schema and the documentation table come from it. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe('Path or URL of the JSON schema, for editors.'),
  include: z.array(z.string()).optional().describe('Globs of the files to audit. Default: every source file.'),
  exclude: z.array(z.string()).optional().describe('Globs of files to leave out, besides what git ignores, tests, builds and generated code.'),
  rules: levels.optional().describe('Severity by rule id: `off`, `info`, `warning` or `error`.'),
  overrides: z
    .array(z.strictObject({ files, rules: levels }))
    .optional()
    .describe('Severities for some files; the last match wins.'),
  customRules: z.array(customRule).optional().describe('Rules of your own: paths of modules, or values made with `defineRule` where the config is a script.'),
  entries: z.array(entryHint).optional().describe('Functions that are called per request but that no known framework registers.'),
  models: z.array(modelRow).optional().describe('What your own libraries are: rows as in the built-in catalog.'),
  stateful: z
    .array(z.strictObject({ files, reason }))
    .optional()
    .describe('Files that keep state on purpose: findings move to a section of their own.'),
  ignores: z
    .array(
      z.strictObject({
        rule: z.string().describe('Rule id.'),
        files: files.optional(),
        symbol: z.string().optional().describe('As the report shows it, such as `UserService.cache` or `POST /orders`.'),
        reason,
        until: day.optional().describe('Last day on which it holds, `YYYY-MM-DD`.'),
      }),
    )
    .optional()
    .describe('Findings to leave out, each with a reason and, if you like, a last day.'),
  idempotent: z
    .array(z.strictObject({ entry: z.string().describe('As `stateless-audit entries` shows it: `POST /orders`.'), reason }))
    .optional()
    .describe('Entries that are safe to repeat for a reason that the code does not show.'),
  failOn: z.enum(['error', 'warning', 'info', 'never']).optional().describe('Lowest severity that makes the exit code 1. Default `error`.'),
  minConfidence: z.enum(['high', 'medium', 'low']).optional().describe('Lowest confidence that is shown and counted. Default `medium`.'),
  maxWarnings: z.int().min(0).optional().describe('More warnings than this make the exit code 1.'),
  gate: z
    .strictObject({ context: gateLevel, session: gateLevel, retries: gateLevel, scaling: gateLevel, auth: gateLevel })
    .partial()
    .optional()
    .describe('Worst verdict that a question may have: `pass` (or n/a) or `review`.'),
  baseline: z.string().optional().describe('Baseline file, relative to the config file. Default `stateless-audit.baseline.json`.'),
  cacheDir: z.string().optional().describe('Folder of the cache, relative to the config file. Default `$XDG_CACHE_HOME/stateless-audit`.'),
})

/** What a user may write in a config file. */
export type Config = Omit<z.input<typeof configSchema>, 'models'> & { models?: CatalogRow[] }
export type ParsedConfig = z.output<typeof configSchema>
export type RuleLevel = z.infer<typeof level>

/** JSON schema of the config file, published as `schema/config.schema.json`. */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7', unrepresentable: 'any' }) as Record<string, unknown>
  return { $schema, title: 'stateless-audit configuration', ...rest }
}
