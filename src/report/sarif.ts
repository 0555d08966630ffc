import type { Confidence, Finding, Notice, Report, RuleSummary, Severity, Step } from '../model/report.js'
import type { Location } from '../model/site.js'
import { deployedText, fromGitRoot, isUrl, worstFirst } from './text.js'

/** What GitHub code scanning keeps of a run, shows of a result, and reads of a text. */
const MOST_RESULTS = 5000
const MOST_RELATED = 100
const MOST_STEPS = 1000
const LONGEST_TEXT = 1024

const LEVEL: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' }
const PROBLEM: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'recommendation' }
const CONFIDENCE: Confidence[] = ['low', 'medium', 'high']

function uriOf(root: string, file: string): string {
  return encodeURI(fromGitRoot(root, file)).replaceAll('#', '%23').replaceAll('?', '%3F')
}

function physical(root: string, { file, line, column, endLine, endColumn }: Location) {
  return {
    artifactLocation: { uri: uriOf(root, file), uriBaseId: '%SRCROOT%' },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  }
}

/** Empty strings are refused, long ones too. */
function text(content: string, otherwise: string): { text: string } {
  const shown = content.trim() || otherwise
  return { text: shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT - 1)}…` : shown }
}

/** Plain text in which nothing looks like a link by chance. */
function plain(content: string): string {
  return content.replaceAll('](', '] (')
}

function link(label: string, id: number): string {
  return `[${label.replace(/[\\[\]]/g, '\\$&')}](${id})`
}

function pascal(id: string): string {
  return id.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('').slice(0, 255)
}

function precision(rule: string, findings: readonly Finding[]): Confidence {
  const found = findings.filter((finding) => finding.rule === rule).map(({ confidence }) => CONFIDENCE.indexOf(confidence))
  return CONFIDENCE[Math.max(...found)] ?? 'medium'
}

function descriptor({ id, title, why, fix, help, docs, question, severity, alsoAffects }: RuleSummary, findings: readonly Finding[]) {
  return {
    id,
    name: pascal(id),
    shortDescription: text(title, id),
    fullDescription: text(why, title || id),
    help: { text: `${why}\n\nFix: ${fix}`.trim(), markdown: help.trim() || `${why}\n\n**Fix**: ${fix}` },
    ...(isUrl(docs) && { helpUri: docs }),
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      precision: precision(id, findings),
      'problem.severity': PROBLEM[severity],
      tags: [...new Set(['statelessness', 'twelve-factor-VI', question, ...alsoAffects])],
    },
  }
}

function codeFlows(trace: readonly Step[], root: string) {
  if (trace.length === 0) return {}
  const locations = trace.slice(0, MOST_STEPS).map(({ message, location }) => ({
    location: { physicalLocation: physical(root, location), message: { text: message } },
  }))
  return { codeFlows: [{ threadFlows: [{ locations }] }] }
}

/** The end of the way and the related places: GitHub shows those that the message links to. */
function storyOf({ trace, related, location }: Finding): Step[] {
  const end = trace.at(-1)
  const steps = [...(end ? [end] : []), ...related]
  return steps.filter((step) => step.location.file !== location.file || step.location.line !== location.line).slice(0, MOST_RELATED)
}

function stopped(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

function message(finding: Finding, story: readonly Step[]): string {
  const links = story.slice(0, 5).map((step, index) => link(step.message, index + 1))
  const see = links.length > 0 ? ` See ${links.join(', ')}.` : ''
  const runs = deployedText(finding) && ` Deployment: ${stopped(plain(deployedText(finding)))}`
  return `${plain(finding.symbol)}: ${stopped(plain(finding.message))}${see}${runs} Fix: ${stopped(plain(finding.fix))}`
}

function result(finding: Finding, root: string, indexes: ReadonlyMap<string, number>) {
  const { rule, severity, location, confidence, causes, trace, symbol, question } = finding
  const story = storyOf(finding)
  const ruleIndex = indexes.get(rule)
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVEL[severity],
    message: { text: message(finding, story) },
    locations: [{ physicalLocation: physical(root, location), logicalLocations: [{ fullyQualifiedName: symbol }] }],
    ...(story.length > 0 && {
      relatedLocations: story.map((step, index) => ({ id: index + 1, physicalLocation: physical(root, step.location), message: { text: step.message } })),
    }),
    ...codeFlows(trace, root),
    partialFingerprints: { 'statelessAudit/v1': finding.fingerprint },
    properties: { confidence, question, ...(causes.length > 0 && { causes }) },
  }
}

function notification({ id, message: content, location }: Notice, root: string) {
  return {
    descriptor: { id },
    level: 'warning',
    message: { text: content },
    ...(location && { locations: [{ physicalLocation: physical(root, location) }] }),
  }
}

function notifications(report: Report, left: number) {
  const cut: Notice[] = left > 0 ? [{ id: 'results-cut', message: `${left} further findings left out: code scanning keeps ${MOST_RESULTS}` }] : []
  return [...cut, ...report.notices].map((notice) => notification(notice, report.root))
}

/** SARIF 2.1.0 for code scanning. What is suppressed or in the baseline is left out: GitHub would show it as open. */
export function sarif(report: Report): string {
  const { tool, root, rules, findings, complete } = report
  const kept = [...findings].sort(worstFirst).slice(0, MOST_RESULTS)
  const indexes = new Map(rules.map(({ id }, index) => [id, index]))
  const run = {
    tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules: rules.map((rule) => descriptor(rule, findings)) } },
    automationDetails: { id: root === '.' ? `${tool.name}/` : `${tool.name}/${root}/` },
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: complete, toolExecutionNotifications: notifications(report, findings.length - kept.length) }],
    results: kept.map((finding) => result(finding, root, indexes)),
  }
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2)}\n`
}
