import type { ResolvedConfig } from '../config/types.js'
import type { Finding } from '../model/finding.js'
import type { Notice, Suppressed } from '../model/report.js'
import { applyBaseline, type BaselineEntry, belowRoot, type Compared, readBaseline, within } from './baseline.js'
import type { Comment } from './directives.js'
import { applySuppressions } from './suppress.js'

export interface SettleInput {
  findings: readonly Finding[]
  comments: readonly Comment[]
  config: ResolvedConfig
  /** Every rule there is, and those that ran. */
  knownRules: readonly string[]
  ranRules: readonly string[]
  /** The audited folder from the git root: entries of a baseline that lie outside of it are none of this run's business. */
  root: string
  /** Is there no such file any more? */
  isGone(file: string): boolean
  /** Was the file read in this run, or is it gone? Of a file that was left out nothing can be said. */
  wasRead(file: string): boolean
}

export interface Settled {
  findings: Finding[]
  suppressed: Suppressed[]
  statefulByDesign: Suppressed[]
  baselined: Finding[]
  notices: Notice[]
}

/** What is left of the findings when comments, config and baseline have spoken; what they say in vain becomes notices. */
export const settle = (input: SettleInput): Settled => {
  const { config, root } = input
  const ran = new Set(input.ranRules.filter((rule) => config.rules[rule] !== 'off'))
  const { findings, suppressed, statefulByDesign, notices } = applySuppressions({
    findings: input.findings, comments: input.comments, ignores: config.ignores, stateful: config.stateful, idempotent: config.idempotent, today: config.today,
    knownRules: input.knownRules, ranRules: [...ran],
  })
  if (!config.baseline) return { findings, suppressed, statefulByDesign, baselined: [], notices }
  const entries = readBaseline(config.baseline.text, basename(config.baseline.file)).filter(within(root))
  const { fresh, baselined, stale, moved } = applyBaseline(findings, entries, (file) => input.isGone(belowRoot(root, file)))
  const gone = stale.filter((entry) => ran.has(entry.rule) && input.wasRead(belowRoot(root, entry.file)))
  return { findings: fresh, suppressed, statefulByDesign, baselined, notices: [...notices, ...gone.map(staleNotice), ...moved.map(movedNotice)] }
}

const basename = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

const staleNotice = ({ rule, file, symbol }: BaselineEntry): Notice => ({
  id: 'baseline-stale', message: `the baseline lists ${rule} of ${symbol} in ${file}, which is gone: run \`stateless-audit baseline prune\``,
})

const movedNotice = ({ entry: { rule, file, symbol }, finding }: Compared['moved'][number]): Notice => ({
  id: 'baseline-moved', message: `${rule} of ${symbol} moved from ${file} to ${finding.location.file}: run \`stateless-audit baseline update\``,
})
