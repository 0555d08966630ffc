import type { Report } from '../model/report.js'
import type { Reporter, RenderOptions } from './options.js'

export type { RenderOptions } from './options.js'

/** Each reporter is loaded when it is asked for. */
const REPORTERS = {
  terminal: async () => (await import('./terminal.js')).terminal,
  json: async () => (await import('./json.js')).json,
  sarif: async () => (await import('./sarif.js')).sarif,
  github: async () => (await import('./github.js')).github,
  gitlab: async () => (await import('./gitlab.js')).gitlab,
  junit: async () => (await import('./junit.js')).junit,
  markdown: async () => (await import('./markdown.js')).markdown,
  checkstyle: async () => (await import('./checkstyle.js')).checkstyle,
  rdjson: async () => (await import('./rdjson.js')).rdjson,
  sonar: async () => (await import('./sonar.js')).sonar,
  agent: async () => (await import('./agent.js')).agent,
} satisfies Record<string, () => Promise<Reporter>>

export type Format = keyof typeof REPORTERS

/** Names that `--format` knows. */
export const FORMATS = Object.keys(REPORTERS) as Format[]

function isFormat(name: string): name is Format {
  return Object.hasOwn(REPORTERS, name)
}

/** Renders a report. The same report and options give the same text. */
export async function render(format: string, report: Report, options: RenderOptions): Promise<string> {
  if (!isFormat(format)) throw new Error(`unknown format '${format}'; known are ${FORMATS.join(', ')}`)
  const reporter: Reporter = await REPORTERS[format]()
  return reporter(report, options)
}
