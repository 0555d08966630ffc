import { UserError } from '../../config/errors.js'
import { hint } from '../../config/suggest.js'
import type { Location } from '../../model/site.js'
import type { Report } from '../../model/report.js'
import { prepare } from '../context.js'
import type { Engine } from '../engine.js'
import type { Io } from '../io.js'
import type { CliOptions } from '../options.js'
import { table } from '../table.js'

export type ListName = 'entries' | 'effects' | 'state'

function place(location: Location): string {
  return `${location.file}:${location.line}`
}

const LISTS: Record<ListName, { none: string; rows(report: Report): string[][] }> = {
  entries: {
    none: 'no entry found: no route, handler or job of a known framework; name yours under `entries` in the config',
    rows: (report) => [
      ['kind', 'method', 'path or name', 'place'],
      ...report.entries.map((row) => [row.kind, row.method ?? '', row.path ?? row.name ?? '', place(row.location)]),
    ],
  },
  effects: {
    none: 'no effect found on a request path',
    rows: (report) => [
      ['entry', 'effect', 'guard', 'key', 'place'],
      ...report.effects.map((row) => [row.entry, row.effect, row.guard ?? '-', row.key ?? '-', place(row.location)]),
    ],
  },
  state: {
    none: 'no state found that outlives a request',
    rows: (report) => [
      ['symbol', 'role', 'lifetime', 'written by', 'read by', 'should live in', 'place'],
      ...report.state.map((row) => [row.symbol, row.role, row.lifetime, short(row.writers), short(row.readers), row.shouldLive ?? '-', place(row.location)]),
    ],
  },
}

/** How many registrations led to no code, and why. */
function unresolvedText({ coverage: { registrations } }: Report): string {
  if (!registrations || registrations.total === 0) return ''
  const { total, resolved, unresolved } = registrations
  const missing = total - resolved
  const share = `${missing} of ${total} registrations could not be resolved`
  if (missing === 0) return `\n${share}\n`
  const rows = unresolved.map(({ reason, location, symbol }) => [symbol ?? '', reason, location ? place(location) : ''])
  return `\n${share} (${((missing / total) * 100).toFixed(1)} %):\n${table([['registration', 'why', 'place'], ...rows])}`
}

function short(names: string[]): string {
  if (names.length === 0) return '-'
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} +${names.length - 2}` : names.join(', ')
}

function checkFormat(format: string[] | undefined): string {
  const name = format?.at(-1) ?? 'table'
  const known = ['table', 'json']
  if (!known.includes(name)) throw new UserError(`--format ${name}: unknown format '${name}'${hint(name, known, 'known are table, json')}`)
  return name
}

/** `entries`, `effects` and `state`: one part of the report as a table or as JSON. */
export async function listCommand(io: Io, list: ListName, path: string, options: CliOptions, commands: readonly string[], engine: Engine): Promise<number> {
  const format = checkFormat(options.format)
  const context = await prepare(io, path, options, commands, engine)
  const report = await engine.audit(context.audit).finally(context.done)
  if (format === 'json') {
    const { registrations } = report.coverage
    await io.stdout(`${JSON.stringify(list === 'entries' ? { entries: report.entries, ...(registrations && { registrations }) } : report[list], null, 2)}\n`)
    return 0
  }
  const { none, rows } = LISTS[list]
  await io.stdout(report[list].length > 0 ? table(rows(report)) : `${none}\n`)
  if (list === 'entries') await io.stdout(unresolvedText(report))
  return 0
}

/** `trace <what>`: every way from an entry to a piece of state, or from an entry on. */
export async function traceCommand(io: Io, what: string, path: string, options: CliOptions, commands: readonly string[], engine: Engine): Promise<number> {
  const context = await prepare(io, path, options, commands, engine)
  const text = await engine.trace(context.audit, what).finally(context.done)
  await io.stdout(text.endsWith('\n') ? text : `${text}\n`)
  return 0
}
