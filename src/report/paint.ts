import { Chalk, type ChalkInstance } from 'chalk'
import type { Severity, VerdictValue } from '../model/report.js'
import { isUrl } from './text.js'

export interface Paint {
  chalk: ChalkInstance
  severity: Record<Severity, (text: string) => string>
  verdict: Record<VerdictValue, (text: string) => string>
  /** Text that leads to a page; plain text where the terminal knows no links. */
  link(text: string, url: string): string
}

/** Colours that read on dark and light backgrounds: the sixteen of the terminal's own theme, no white, no black. */
export function painter({ color, links }: { color: boolean; links: boolean }): Paint {
  const chalk = new Chalk({ level: color ? 1 : 0 })
  return {
    chalk,
    severity: { error: chalk.red, warning: chalk.yellow, info: chalk.blue },
    verdict: { pass: chalk.green, fail: chalk.red, review: chalk.yellow, 'n/a': chalk.dim },
    link: (text, url) => (links && (isUrl(url) || url.startsWith('file:///')) ? `\u001b]8;;${url}\u0007${text}\u001b]8;;\u0007` : text),
  }
}
