import type { Report, Severity } from '../model/report.js'

export interface RenderOptions {
  /** Columns of the screen. */
  width: number
  color: boolean
  /** OSC 8 hyperlinks. */
  links: boolean
  verbose: boolean
  quiet: boolean
  /** Where the pages of rules lie, as a URL with a slash at the end: links to pages that are part of the package start there. */
  docsBase?: string
  /** What counts as failing; the summary says so. */
  failOn: Severity | 'never'
}

/** A pure function of the report. */
export type Reporter = (report: Report, options: RenderOptions) => string
