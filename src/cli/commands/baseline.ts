import { writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { UserError } from '../../config/errors.js'
import type { BaselineEntry } from '../../engine/baseline.js'
import type { Finding } from '../../model/report.js'
import { type Context, prepare } from '../context.js'
import type { Engine } from '../engine.js'
import type { Io } from '../io.js'
import type { CliOptions } from '../options.js'
import { table } from '../table.js'

export type BaselineAction = 'write' | 'update' | 'prune' | 'show'

interface State {
  file: string
  /** What the file holds, or null where there is none. */
  entries: BaselineEntry[] | null
  /** Present findings, whether in the baseline or not. */
  findings: Finding[]
}

async function read(context: Context, engine: Engine, path: string): Promise<State> {
  const { baselinePath, readBaselineText } = await import('../../config/resolve.js')
  const file = baselinePath(context.loaded, context.root, context.flags)
  const text = readBaselineText(file)
  const entries = text === null ? null : await engine.readBaseline(text, relative(context.io.cwd, file))
  const options = { ...context.audit, config: { ...context.config, baseline: null } }
  const report = await engine.audit(options).finally(context.done)
  if (report.coverage.files === 0) throw new UserError(`${path}: nothing to audit, so the baseline is left as it is; check the path`, 3)
  return { file, entries, findings: report.findings }
}

function known(state: State): BaselineEntry[] {
  if (state.entries) return state.entries
  throw new UserError(`${state.file}: no such baseline; write one with \`stateless-audit baseline write\``)
}

function isPresent(state: State): (entry: BaselineEntry) => boolean {
  const present = new Set(state.findings.map((finding) => finding.fingerprint))
  return (entry) => present.has(entry.fp)
}

/** The entries after an action; those that stay keep the reason that a person wrote. */
async function next(action: BaselineAction, state: State, engine: Engine): Promise<BaselineEntry[]> {
  if (action === 'prune') return known(state).filter(isPresent(state))
  const before = new Map((action === 'write' ? (state.entries ?? []) : known(state)).map((entry) => [entry.fp, entry]))
  return Promise.all(state.findings.map(async (finding) => before.get(finding.fingerprint) ?? engine.baselineEntry(finding)))
}

async function show(io: Io, state: State): Promise<void> {
  const present = isPresent(state)
  const rows = known(state).map((entry) => [entry.rule, entry.file, entry.symbol, present(entry) ? '' : 'stale', entry.reason ?? ''])
  await io.stdout(rows.length > 0 ? table([['rule', 'file', 'subject', 'state', 'reason'], ...rows]) : 'the baseline is empty\n')
}

/** `baseline write | update | prune | show`. */
export async function baselineCommand(io: Io, action: BaselineAction, path: string, options: CliOptions, commands: readonly string[], engine: Engine): Promise<number> {
  const { baseline, ...rest } = options
  const context = await prepare(io, path, { ...rest, baseline: false }, commands, engine)
  if (typeof baseline === 'string') context.flags.baseline = resolve(io.cwd, baseline)
  else delete context.flags.baseline
  const state = await read(context, engine, path)
  if (action === 'show') {
    await show(io, state)
    return 0
  }
  const entries = await next(action, state, engine)
  writeFileSync(state.file, await engine.writeBaseline(entries))
  const gone = (state.entries ?? []).filter((entry) => !entries.some((one) => one.fp === entry.fp)).length
  await io.stdout(`${relative(io.cwd, state.file)}: ${entries.length} findings${gone > 0 ? `, ${gone} that are gone removed` : ''}\n`)
  return 0
}
