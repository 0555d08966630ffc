import type { Finding } from '../model/finding.js'
import type { Report } from '../model/report.js'
import type { Location, Site } from '../model/site.js'
import type { Declaration, Change } from '../program/declarations.js'
import { isOfBackground } from '../program/state-queries.js'
import type { CellView } from '../program/program.js'

/** What a report says of a thing, and what the rules have passed over. */
export interface Told {
  report: Pick<Report, 'findings' | 'suppressed' | 'baselined' | 'statefulByDesign'>
  minConfidence: Finding['confidence']
}

const CONFIDENCE = ['low', 'medium', 'high']

const KEPT: Partial<Record<CellView['role'], string>> = {
  client: 'it holds what a process is right to have for itself (a client or handle, a connection that is only kept to be closed, a call under way, what logs need)',
  'lazy-constant': 'it is made when it is first needed, of nothing that a request decides, and every replica makes the same',
  scratch: 'each run sets it before it is used, and nobody sees what an earlier one has left',
}

/** Why a cell is reported, or why it is not. */
export const tellOfCell = (cell: CellView, at: Location, told: Told, isRead: boolean, isHearsay: boolean, toldWith?: CellView): string =>
  tellOfFindings(told, (finding) => isAt(finding, at) && finding.symbol === cell.symbol) ?? (toldWith ? `reported with ${toldWith.symbol}, which the same code sets` : `not reported: ${whyNot(cell, isRead, isHearsay)}`)

const whyNot = (cell: CellView, isRead: boolean, isHearsay: boolean): string => {
  if (cell.way === undefined) return 'no entry and no timer leads to a write'
  const kept = KEPT[cell.role]
  if (kept) return `role ${cell.role}: ${kept}`
  if (!isRead) return isOfBackground(cell) ? 'it changes in the background, and no request reads it' : 'nobody reads what is written, so nobody can miss it'
  if (isHearsay) return 'only listeners of objects of unknown packages write it, and not by what they are told: whether a request leads there is not known'
  return 'only user interfaces that run in browsers write it, or the rule that would tell of it did not run'
}

/** What became of the findings about one thing; nothing where there is none. */
export const tellOfFindings = ({ report, minConfidence }: Told, isMeant: (finding: Finding) => boolean): string | undefined => {
  const lines = [
    ...report.findings.filter(isMeant).map((finding) => (CONFIDENCE.indexOf(finding.confidence) < CONFIDENCE.indexOf(minConfidence)
      ? `not reported: ${finding.rule} is only of ${finding.confidence} confidence, below --min-confidence ${minConfidence}`
      : `reported as ${finding.rule}: ${finding.message}`)),
    ...report.suppressed.filter(({ finding }) => isMeant(finding)).map(({ finding, by, reason, location }) => `not reported: ${finding.rule} is suppressed by ${by === 'comment' ? 'a comment' : 'the config'}${location ? ` (${location.file}:${location.line})` : ''}: ${reason}`),
    ...report.statefulByDesign.filter(({ finding }) => isMeant(finding)).map(({ finding, reason }) => `not reported: ${finding.rule} is meant to be so: ${reason}`),
    ...report.baselined.filter(isMeant).map(({ rule }) => `not reported: ${rule} is in the baseline`),
  ]
  return lines.length > 0 ? lines.join('\n ') : undefined
}

const isAt = ({ location }: Finding, at: Location): boolean => location.file === at.file && location.line === at.line

const MOST_PLACES = 8

/** Why nothing is told of something that is declared. */
export const tellOfDeclaration = (one: Declaration, locate: (site: Site) => Location): string => {
  const at = locate(one.site)
  return `${one.symbol} (${at.file}:${at.line})\n not reported: ${why(one)}${places(one.changes, locate)}`
}

const why = ({ changes, weak, within }: Declaration): string => {
  if (within !== undefined && changes.every(({ phase }) => phase !== 'startup')) return `it is a local of ${within}, made anew each time that runs`
  if (changes.length === 0) return 'it is never written after it is made'
  const [reached, atStart, never] = [changes.filter((one) => one.reached), changes.filter(({ phase }) => phase === 'startup'), changes.filter(({ phase }) => phase === 'never')]
  if (reached.length > 0) return weak ? 'what it keeps lives only as long as its key: nothing outlives a request' : 'what is written there is made by the request that writes it, or changes nothing that lasts'
  if (atStart.length === changes.length) return 'it is written at start-up only, the same in each replica'
  if (never.length === changes.length) return 'nothing that was found calls the code that writes it'
  return 'no entry and no timer leads to the code that writes it'
}

const places = (changes: Change[], locate: (site: Site) => Location): string => {
  const shown = changes.slice(0, MOST_PLACES).map(({ site, phase, fn, reached }) => {
    const { file, line, column } = locate(site)
    return `\n ${file}:${line}:${column}  written by ${fn}, ${phase === 'startup' ? 'at start-up' : phase === 'never' ? 'which nothing calls' : reached ? 'while requests are served' : 'which no entry reaches'}`
  })
  return `${shown.join('')}${changes.length > MOST_PLACES ? `\n … and ${changes.length - MOST_PLACES} more places` : ''}`
}
