import type { Finding, Report, RuleSummary, Verdict } from '../model/report.js'
import { byPlace, compare, deployedText, fromGitRoot, place } from './text.js'
import { element, PROLOGUE, text } from './xml.js'

interface Case {
  markup: string
  state: 'failed' | 'skipped' | 'passed'
}

function details(finding: Finding, root: string): string {
  const { location, message, trace, fix, docs } = finding
  const at = { ...location, file: fromGitRoot(root, location.file) }
  const way = trace.map((step) => `  ${step.message} (${place({ ...step.location, file: fromGitRoot(root, step.location.file) })})`)
  const runs = deployedText(finding)
  return [`${place(at)}: ${message}`, ...way, ...(runs ? [`runs ${runs}`] : []), `fix: ${fix}`, ...(docs ? [docs] : [])].join('\n')
}

/** One case for each rule and file; infos do not fail it. */
function failedCase(rule: string, file: string, findings: Finding[], root: string): Case {
  const grave = findings.filter(({ severity }) => severity !== 'info')
  const body = findings.map((finding) => details(finding, root)).join('\n\n')
  const [first] = grave
  const inner = first
    ? element('failure', { message: `${first.symbol}: ${first.message}`, type: first.severity }, text(body))
    : element('system-out', {}, text(body))
  return { markup: testcase(rule, fromGitRoot(root, file), inner), state: first ? 'failed' : 'passed' }
}

function testcase(rule: string, name: string, inner?: string): string {
  return element('testcase', { classname: rule, name }, inner)
}

function foundCases(question: Verdict, report: Report): Case[] {
  const own = report.findings.filter((finding) => finding.question === question.id).sort(byPlace)
  const keys = [...new Set(own.map(({ rule, location }) => `${rule}\n${location.file}`))].sort(compare)
  return keys.map((key) => {
    const [rule = '', file = ''] = key.split('\n')
    return failedCase(rule, file, own.filter((finding) => finding.rule === rule && finding.location.file === file), report.root)
  })
}

function skippedCases(question: Verdict, { baselined, suppressed, statefulByDesign, root }: Report): Case[] {
  const known = [
    ...baselined.map((finding) => ({ finding, why: 'in the baseline' })),
    ...[...suppressed, ...statefulByDesign].map(({ finding, reason }) => ({ finding, why: reason })),
  ].filter(({ finding }) => finding.question === question.id)
  return known.sort((a, b) => byPlace(a.finding, b.finding)).map(({ finding, why }) => ({
    markup: testcase(finding.rule, `${fromGitRoot(root, finding.location.file)} ${finding.symbol}`, element('skipped', { message: why })),
    state: 'skipped',
  }))
}

function passedCases(question: Verdict, { rules, findings, baselined, suppressed, statefulByDesign }: Report): Case[] {
  const seen = new Set([...findings, ...baselined, ...[...suppressed, ...statefulByDesign].map(({ finding }) => finding)].map(({ rule }) => rule))
  const clean = rules.filter((rule: RuleSummary) => rule.question === question.id && !seen.has(rule.id))
  return clean.map(({ id, title }) => ({ markup: testcase(id, title), state: 'passed' }))
}

function suite(question: Verdict, report: Report): { markup: string; cases: Case[] } {
  const cases = [...foundCases(question, report), ...skippedCases(question, report), ...passedCases(question, report)]
  const count = (state: Case['state']) => cases.filter((one) => one.state === state).length
  const inner = cases.map(({ markup }) => `    ${markup}\n`).join('')
  const attributes = { name: `${question.number}. ${question.title}`, tests: cases.length, failures: count('failed'), skipped: count('skipped'), errors: 0 }
  return { markup: `  ${element('testsuite', attributes, `\n${inner}  `)}`, cases }
}

/** JUnit XML: a suite for each question, a case for each rule and file; rules that found nothing are passed cases. */
export function junit(report: Report): string {
  const suites = report.questions.map((question) => suite(question, report))
  const all = suites.flatMap(({ cases }) => cases)
  const failures = all.filter(({ state }) => state === 'failed').length
  const inner = suites.map(({ markup }) => `${markup}\n`).join('')
  return `${PROLOGUE}\n${element('testsuites', { name: report.tool.name, tests: all.length, failures, errors: 0 }, `\n${inner}`)}\n`
}
