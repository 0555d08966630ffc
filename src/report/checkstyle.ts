import type { Finding, Report } from '../model/report.js'
import { byPlace, compare, fromGitRoot, seeText } from './text.js'
import { element, PROLOGUE } from './xml.js'

function error({ location, severity, message, symbol, rule, docs }: Finding): string {
  const text = [`${symbol}: ${message}`, seeText({ docs })].filter(Boolean).join('; ')
  return element('error', { line: location.line, column: location.column, severity, message: text, source: `stateless-audit.${rule}` })
}

/** Checkstyle XML, which Jenkins and many review tools read. */
export function checkstyle({ findings, root }: Report): string {
  const sorted = [...findings].sort(byPlace)
  const files = [...new Set(sorted.map(({ location }) => location.file))].sort(compare)
  const rows = files.map((file) => {
    const errors = sorted.filter(({ location }) => location.file === file).map((finding) => `    ${error(finding)}`)
    return `  ${element('file', { name: fromGitRoot(root, file) }, `\n${errors.join('\n')}\n  `)}`
  })
  return `${PROLOGUE}\n${element('checkstyle', { version: '4.3' }, `\n${[...rows, ''].join('\n')}`)}\n`
}
