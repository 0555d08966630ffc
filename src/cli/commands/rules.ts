import { UserError } from '../../config/errors.js'
import { hint } from '../../config/suggest.js'
import type { Rule } from '../../rule.js'
import type { Engine } from '../engine.js'
import type { Io } from '../io.js'
import { table } from '../table.js'
import { wrap } from '../wrap.js'

function indented(text: string): string {
  return text.trimEnd().split('\n').map((line) => `    ${line}`.trimEnd()).join('\n')
}

function explanation(rule: Rule, width: number): string {
  const counts = [rule.question, ...rule.alsoAffects].join(', ')
  const parts = [
    `${rule.id}  (${rule.severity}, counts for: ${counts})`,
    wrap(rule.summary, width),
    `Why\n${wrap(rule.why, width, '  ')}`,
    `Fix\n${wrap(rule.fix, width, '  ')}`,
    ...(rule.example ? [`Not so\n\n${indented(rule.example.bad)}`, `But so\n\n${indented(rule.example.good)}`] : []),
    `To leave one finding out:\n    // stateless-audit-ignore ${rule.id}: <reason>`,
  ]
  return `${parts.join('\n\n')}\n`
}

/** Rules that the config of the working folder brings. */
async function ownRules(io: Io): Promise<readonly Rule[]> {
  const { loadConfig } = await import('../../config/load.js')
  return (await loadConfig(io.cwd, { cwd: io.cwd }))?.rules ?? []
}

/** `explain <rule>`. The config is read only for a rule that is none of ours. */
export async function explainCommand(io: Io, id: string, engine: Engine): Promise<number> {
  const ours = await engine.rules()
  const rules = ours.some((one) => one.id === id) ? ours : [...ours, ...(await ownRules(io))]
  const rule = rules.find((one) => one.id === id)
  if (!rule) throw new UserError(`unknown rule '${id}'${hint(id, rules.map((one) => one.id), 'see `stateless-audit rules`')}`)
  await io.stdout(explanation(rule, Math.min(io.columns, 100)))
  return 0
}

/** `rules`: all of them, by question, with those of the config. */
export async function rulesCommand(io: Io, options: { format?: string[] }, engine: Engine): Promise<number> {
  const rules = [...(await engine.rules()), ...(await ownRules(io))]
  const format = options.format?.at(-1) ?? 'table'
  if (format === 'json') {
    const plain = rules.map(({ id, question, alsoAffects, severity, summary }) => ({ id, question, alsoAffects, severity, summary }))
    await io.stdout(`${JSON.stringify(plain, null, 2)}\n`)
    return 0
  }
  if (format !== 'table') throw new UserError(`--format ${format}: unknown format '${format}'; known are table, json`)
  const order = ['context', 'session', 'retries', 'scaling', 'auth']
  const sorted = [...rules].sort((a, b) => order.indexOf(a.question) - order.indexOf(b.question) || (a.id < b.id ? -1 : 1))
  await io.stdout(table([['rule', 'question', 'severity', 'what it reports'], ...sorted.map((rule) => [rule.id, rule.question, rule.severity, rule.summary])]))
  return 0
}
