import type { DeployFact, DeployFormat, EnvFact, Profile, ServiceRole } from '../model/deploy.js'
import type { YamlParser } from './lex/documents.js'

/** A deployment file under reading. */
export interface DeploySource {
  path: string
  text: string
  profile: Profile
}

/** What readers get: where to put facts, and what could not be read. */
export interface Reading {
  source: DeploySource
  facts: DeployFact[]
  unread: (message: string, at: number) => void
}

/** For files that may hold documents inside. */
export interface DocumentReading extends Reading {
  parseYaml: YamlParser
}

interface Span {
  start: number
  end: number
}

/** Common fields of a fact. The site is cut at the end of its first line: a finding sits on one line. */
export function factBase(reading: Reading, format: DeployFormat, span: Span, key: string, workload?: string, role: ServiceRole = 'app') {
  const { path, text, profile } = reading.source
  const lineEnd = text.indexOf('\n', span.start)
  const end = lineEnd < 0 ? span.end : Math.min(span.end, lineEnd)
  return { site: { file: path, start: span.start, end: Math.max(end, span.start) }, format, profile, key, role, ...(workload === undefined ? {} : { workload }) }
}

/** From the key to the end of its value. */
export const entrySpan = (entry: { start: number; end: number; value: { end: number } }): Span => ({ start: entry.start, end: Math.max(entry.end, entry.value.end) })

export function envFact(reading: Reading, format: DeployFormat, span: Span, name: string, written: string | undefined, workload?: string, role?: ServiceRole): EnvFact {
  const value = written === undefined ? undefined : literalValue(written)
  return { kind: 'env', ...factBase(reading, format, span, name, workload, role), name, origin: 'manifest', ...(value === undefined ? {} : { value }) }
}

/** `${VAR:-default}` is its default; other interpolation and blanked templates are unknown. */
export function literalValue(written: string): string | undefined {
  const fallback = /^\$\{\w+:?-([^}$]*)\}$/.exec(written.trim())
  if (fallback) return fallback[1] === '' ? undefined : fallback[1]
  return /\$\{|\$\(|^\$\w|_{4,}|\{\{/.test(written) ? undefined : written
}
