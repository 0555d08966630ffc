import type { Location, Site } from '../model/site.js'
import { Declarations } from '../program/declarations.js'
import type { CellView, Program } from '../program/program.js'
import { tellOfCell, tellOfDeclaration, tellOfFindings, type Told } from './untold.js'

const MOST_WAYS = 20
const MOST_ENTRIES = 10

export interface TraceInput extends Told {
  program: Program
  what: string
  locate(site: Site): Location
}

/** Answers `trace`: the ways to a piece of state, what an entry changes, who gets to a line, and why a thing is reported or not. */
export const traceText = (input: TraceInput): string => {
  const { program, what } = input
  const cells = program.cells().filter((cell) => names(cell, input))
  const entries = program.entries.filter((entry) => entry.symbol.toLowerCase() === what.toLowerCase() || isPlace(entry.site, input))
  if (cells.length > 0) return `${cells.map((cell) => cellText(cell, input)).join('\n\n')}\n`
  if (entries.length > 0) return `${[...new Set(entries.map(({ symbol }) => symbol))].map((symbol) => entryText(symbol, input)).join('\n\n')}\n`
  const declarations = new Declarations(program)
  const found = declarations.find(what, (site) => isPlace(site, input))
  const declared = found.length > 0 ? found : declarations.locals(what)
  if (declared.length > 0) return `${declared.map((one) => tellOfDeclaration(one, input.locate)).join('\n\n')}\n`
  return lineText(input) ?? `${what}: there is no variable, field or entry of that name, and no code at such a place; \`stateless-audit entries\` and \`stateless-audit state\` list what was found.\n`
}

const isPlace = (site: Site, { what, locate }: TraceInput): boolean => {
  if (!what.startsWith(`${site.file}:`)) return false
  const { file, line } = locate(site)
  return `${file}:${line}` === what
}

const names = (cell: CellView, input: TraceInput): boolean =>
  cell.symbol === input.what || cell.symbol.endsWith(`.${input.what}`) || isPlace(cell.site, input)

const cellText = (cell: CellView, { program, locate, ...told }: TraceInput): string => {
  const at = locate(cell.site)
  const head = `${cell.symbol} (${at.file}:${at.line}), role: ${cell.role}\n ${tellOfCell(cell, at, told, program.state.matters(cell), program.state.isHearsay(cell), program.state.toldWith(cell))}`
  const seen = new Set<string>()
  const ways = cell.writes.flatMap((write) => {
    const way = program.reach.way(write.inst)
    if (!way) return []
    const steps = program.steps(way, { message: `writes ${cell.symbol}`, site: program.siteOf(write.inst, write.site) })
    const text = steps.map((step) => ` ${place(locate(step.site))}  ${step.message}`).join('\n')
    if (seen.has(text)) return []
    seen.add(text)
    return [text]
  })
  const more = ways.length > MOST_WAYS ? `\n … and ${ways.length - MOST_WAYS} more ways` : ''
  return ways.length === 0 ? head : `${head}\n${ways.slice(0, MOST_WAYS).join('\n\n')}${more}`
}

const entryText = (symbol: string, { program, locate, ...told }: TraceInput): string => {
  const written = program.cells().filter((cell) => cell.writers.includes(symbol))
  const read = program.cells().filter((cell) => cell.readers.includes(symbol) && !written.includes(cell))
  const list = (cells: CellView[]): string => cells.map((cell) => `  ${cell.symbol} (${cell.role})`).join('\n') || '  nothing'
  const effects = program.repeatedEffects().filter(({ entry }) => entry.symbol === symbol)
  const lines = effects.flatMap((one) => one.effects.map((effect) => {
    const guard = effect.guard ?? one.guard
    return `  ${effect.kind}${effect.model ? ` ${effect.model}` : ''} (${effect.by}) at ${place(locate(program.callSite(effect.call)))}${guard ? `, repeats are harmless: ${guard}` : ''}`
  }))
  const shown = lines.length > 0 ? lines.join('\n') : '  nothing'
  const told_ = tellOfFindings(told, (finding) => finding.symbol === symbol)
  return `${symbol}\n ${told_ ?? `not reported: ${lines.length > 0 ? 'a repeat of it does no harm' : 'it changes nothing outside the process'}`}\n writes:\n${list(written)}\n reads:\n${list(read)}\n changes outside:\n${shown}`
}

/** Which entries get to a line of code? */
const lineText = ({ program, what, locate }: TraceInput): string | undefined => {
  const at = /^(.*):(\d+)$/.exec(what)
  const unit = at ? program.a.unitOf.get(at[1] as string) : undefined
  if (!at || !unit) return undefined
  const wanted = Number(at[2])
  const around = unit.facts.functions.filter(({ p, e }) => locate({ file: unit.path, start: p, end: p + 1 }).line <= wanted && locate({ file: unit.path, start: Math.max(p, e - 1), end: e }).line >= wanted)
  const fn = around.reduce((best, one) => (one.e - one.p <= best.e - best.p ? one : best), around[0] ?? unit.facts.functions[0] as (typeof around)[number])
  const name = fn.kind === 'module' ? 'code of the module itself' : `\`${fn.n ?? 'a callback'}\``
  const runs = program.a.instances.filter((inst) => inst.unit === unit && inst.fn === fn)
  if (runs.length === 0) return `${what}: ${name} declares no state, and nothing that was found calls it.\n`
  const entries = [...new Set(runs.flatMap((inst) => program.entrySymbols(inst)))].sort()
  if (entries.length === 0) return `${what}: ${name} declares no state; it runs ${runs.some(({ phase }) => phase === 'startup') ? 'at start-up' : 'where no entry leads'}.\n`
  const more = entries.length > MOST_ENTRIES ? ` and ${entries.length - MOST_ENTRIES} more` : ''
  return `${what}: ${name} declares no state; it runs for ${entries.slice(0, MOST_ENTRIES).join(', ')}${more}.\n`
}

const place = (at: Location): string => `${at.file}:${at.line}:${at.column}`
