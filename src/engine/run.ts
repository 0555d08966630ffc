import type { Finding, RuleSummary, Severity } from '../model/report.js'
import type { Location, Site } from '../model/site.js'
import type { Program } from '../program/program.js'
import type { Draft, Rule, RuleTools } from '../rule.js'
import { joinDeployment } from './deployment.js'
import type { Attempts } from './failures.js'
import { assignFingerprints } from './fingerprint.js'

export interface RunOptions {
  /** The audited folder from the git root: identities hold from there, whichever folder of the repository is audited. */
  root: string
  tools: RuleTools
  /** A rule that throws is no reason to lose what the others found. */
  attempts: Attempts
  /** Did the linker come to its end? */
  complete: boolean
  /** Did no filter leave rules out? */
  allRules?: boolean
  locate(site: Site): Location
  /** Address of a rule's page; empty where there is none. */
  pageOf(rule: Rule): string
  /** Severity of a rule for a file; `off` drops the finding. */
  level(rule: string, file: string): Severity | 'off' | undefined
}

/** Runs the rules over a program: drafts become findings with places, ways and identities. */
export const runRules = (program: Program, rules: readonly Rule[], options: RunOptions): Finding[] => {
  const siteOf = new Map<Finding, Site>()
  const { attempts, locate } = options
  const findings = rules.flatMap((rule) => findingsOf(program, rule, options, siteOf))
  const allRan = options.allRules === true && attempts.failures.length === 0
  attempts.of({ part: 'the comparison with the deployment', questions: ['scaling'] }, () => joinDeployment(program, findings, { rules, allRan, siteOf, locate }), undefined)
  if (!options.complete) findings.forEach(doubt)
  findings.sort((a, b) => byPlace(a.location, b.location) || a.rule.localeCompare(b.rule) || a.symbol.localeCompare(b.symbol))
  assignFingerprints(findings, options.root)
  return findings
}

const findingsOf = (program: Program, rule: Rule, options: RunOptions, siteOf: Map<Finding, Site>): Finding[] => {
  const out: Finding[] = []
  // What a rule found before it threw holds.
  options.attempts.of({ part: `rule ${rule.id}`, rule: rule.id, questions: [rule.question, ...rule.alsoAffects] }, () => collect(program, rule, options, siteOf, out), undefined)
  return out
}

const collect = (program: Program, rule: Rule, options: RunOptions, siteOf: Map<Finding, Site>, out: Finding[]): void => {
  const seen = new Set<string>()
  for (const draft of rule.check(program, options.tools)) {
    const level = options.level(rule.id, draft.at.file)
    const key = `${draft.at.file}:${draft.at.start}:${draft.symbol}`
    if (level === 'off' || seen.has(key)) continue
    seen.add(key)
    const finding = findingOf(program, rule, draft, level, options)
    if (draft.trace?.some(({ merged }) => merged)) doubt(finding)
    siteOf.set(finding, draft.at)
    out.push(finding)
  }
}

/** Where the linker gave up, or took many calls for one, places were merged: a way through them is likely, not certain. What a file says by itself holds. */
const doubt = (finding: Finding): void => {
  if (finding.trace.length > 0 && finding.confidence === 'high') finding.confidence = 'medium'
}

const findingOf = (program: Program, rule: Rule, draft: Draft, level: Severity | undefined, { locate, pageOf }: RunOptions): Finding => {
  const steps = (list: Draft['trace']): Finding['trace'] => (list ?? []).map((step) => ({ message: step.message, location: locate(step.site) }))
  return {
    rule: rule.id, question: rule.question, alsoAffects: draft.alsoAffects ?? rule.alsoAffects,
    severity: level ?? draft.severity ?? rule.severity, confidence: draft.confidence ?? 'high',
    message: fill(rule.messages[draft.message] ?? draft.message, draft.data ?? {}), symbol: draft.symbol, location: locate(draft.at),
    trace: steps(draft.trace), related: steps(draft.related), causes: draft.causes ?? [], fix: asSentence(draft.fix ?? rule.fix),
    docs: pageOf(rule), fingerprint: '', scope: program.scope(draft.at),
  }
}

/** Rows of the catalog say a fix in a few words, rules in sentences: a report reads as one text. */
const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?:]$/.test(text) ? '' : '.')

const fill = (template: string, data: Record<string, string | number>): string => template.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))

const byPlace = (a: Location, b: Location): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column)

export const summaryOf = (rule: Rule, docs: string): RuleSummary => ({
  id: rule.id, title: rule.summary, question: rule.question, alsoAffects: rule.alsoAffects, severity: rule.severity, why: rule.why, fix: rule.fix,
  help: helpOf(rule), docs,
})

const helpOf = (rule: Rule): string => {
  const example = rule.example ? `\n\n**Instead of**\n\n\`\`\`ts\n${rule.example.bad}\n\`\`\`\n\n**write**\n\n\`\`\`ts\n${rule.example.good}\n\`\`\`` : ''
  return `**${rule.summary}.**\n\n${rule.why}\n\n**Fix.** ${rule.fix}${example}`
}
