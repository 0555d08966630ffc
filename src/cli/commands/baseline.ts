import { existsSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { UserError } from '../../config/errors.js'
import type { BaselineEntry } from '../../engine/baseline.js'
import type { Finding } from '../../model/report.js'
import { type Context, prepare } from '../context.js'
import type { Engine } from '../engine.js'
import type { Io } from '../io.js'
import type { CliOptions } from '../options.js'
import { table } from '../table.js'
import { confident } from './audit.js'

export type BaselineAction = 'write' | 'update' | 'prune' | 'show'

interface State {
  file: string
  /** What the file holds, or null where there is none. */
  entries: BaselineEntry[] | null
  /** Present findings, whether in the baseline or not; without those of a confidence that a run does not show. */
  findings: Finding[]
  /** The audited folder from the git root. */
  root: string
  isGone(file: string): boolean
}

async function read(context: Context, engine: Engine, path: string): Promise<State> {
  const { baselinePath, readBaselineText } = await import('../../config/resolve.js')
  const file = baselinePath(context.loaded, context.root, context.flags)
  const text = readBaselineText(file)
  const entries = text === null ? null : await engine.readBaseline(text, relative(context.io.cwd, file))
  const options = { ...context.audit, config: { ...context.config, baseline: null } }
  const report = await engine.audit(options).finally(context.done)
  if (report.coverage.files === 0) throw new UserError(`${path}: nothing to audit, so the baseline is left as it is; check the path`, 3)
  if (!report.complete) throw new UserError(`${path}: the audit is not complete, so the baseline is left as it is`)
  const top = report.root === '.' ? context.root : resolve(context.root, ...report.root.split('/').map(() => '..'))
  return { file, entries, findings: confident(report, context.config).findings, root: report.root, isGone: (one) => !existsSync(join(top, one)) }
}

function known(state: State): BaselineEntry[] {
  if (state.entries) return state.entries
  throw new UserError(`${state.file}: no such baseline; write one with \`stateless-audit baseline write\``)
}

async function show(io: Io, state: State, engine: Engine): Promise<void> {
  const { stale, moved } = await engine.compareBaseline(state.findings, known(state), state.isGone)
  const word = (entry: BaselineEntry): string => (stale.includes(entry) ? 'stale' : moved.some((move) => move.entry === entry) ? 'moved' : '')
  const rows = known(state).map((entry) => [entry.rule, entry.file, entry.symbol, word(entry), entry.reason ?? ''])
  await io.stdout(rows.length > 0 ? table([['rule', 'file', 'subject', 'state', 'reason'], ...rows]) : 'the baseline is empty\n')
}

function difference(before: readonly BaselineEntry[], after: readonly BaselineEntry[]): number {
  const kept = new Set(after.map((entry) => entry.fp))
  return before.filter((entry) => !kept.has(entry.fp)).length
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'finding' : 'findings'}`
}

/** `baseline write | update | prune | show`. */
export async function baselineCommand(io: Io, action: BaselineAction, path: string, options: CliOptions, commands: readonly string[], engine: Engine): Promise<number> {
  const { baseline, ...rest } = options
  const context = await prepare(io, path, { ...rest, baseline: false }, commands, engine)
  if (typeof baseline === 'string') context.flags.baseline = resolve(io.cwd, baseline)
  else delete context.flags.baseline
  const state = await read(context, engine, path)
  if (action === 'show') {
    await show(io, state, engine)
    return 0
  }
  const before = action === 'write' ? (state.entries ?? []) : known(state)
  const entries = await engine.updateBaseline(state.findings, before, { adds: action !== 'prune', root: state.root, isGone: state.isGone })
  writeFileSync(state.file, await engine.writeBaseline(entries))
  const parts = [counted(entries.length), ...[[difference(entries, before), 'added'], [difference(before, entries), 'removed']].flatMap(([n, word]) => (n ? [`${n} ${word}`] : []))]
  await io.stdout(`${relative(io.cwd, state.file)}: ${parts.join(', ')}\n`)
  return 0
}
