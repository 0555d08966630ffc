import { resolve } from 'node:path'
import { audit as auditFolder } from './audit.js'
import { auditedFolder, type LoadedConfig, loadConfig, usedConfig } from './config/load.js'
import { resolveConfig } from './config/resolve.js'
import type { Config } from './config/schema.js'
import { exitCode as exitCodeOf } from './engine/exit.js'
import type { Report } from './model/report.js'
import { type Format, render as renderReport, type RenderOptions } from './report/index.js'
import { version } from './config/version.js'

/** What a program may ask of an audit; only the folder is needed. */
export interface AuditRequest {
  /** Folder to audit, absolute or relative to the working folder. */
  root: string
  /** A config, or the path of one; `false` for none. By default the nearest config file is read, as the command does. */
  config?: Config | string | false
  /** Run only these rules. */
  only?: string[]
  /** `false`: show what the baseline hides; a path: compare with that file. */
  baseline?: string | false
  /** Folder for the cache. By default nothing is cached. */
  cacheDir?: string
  /** The day that `until` is compared with, `YYYY-MM-DD`. Today by default. */
  today?: string
  onProgress?: (event: { phase: string; done?: number; total?: number }) => void
}

async function configOf(root: string, config: AuditRequest['config']): Promise<LoadedConfig | null> {
  if (config === false) return null
  if (config === undefined || typeof config === 'string') return loadConfig(root, { ...(config !== undefined && { file: config }), cwd: root })
  return usedConfig(config, root)
}

/**
 * Audits a folder. Nothing is printed and no process ends: what the user must mend is thrown as an error with an
 * `exitCode` (2, or 3 for nothing to audit); a file that does not parse is a notice of the report.
 */
export async function audit(request: AuditRequest): Promise<Report> {
  const root = auditedFolder(request.root)
  const loaded = await configOf(root, request.config)
  const flags = {
    ...(request.only && { only: request.only }),
    ...(request.baseline !== undefined && { baseline: request.baseline === false ? (false as const) : resolve(root, request.baseline) }),
  }
  const config = resolveConfig(loaded, root, flags, request.today ?? new Date().toISOString().slice(0, 10))
  const cacheDir = request.cacheDir === undefined ? null : resolve(request.cacheDir)
  return auditFolder({ root, config, cacheDir, version: version(), ...(request.onProgress && { onProgress: request.onProgress }) })
}

/** A report as text in one of the formats of the command. */
export function render(format: Format, report: Report, options: Partial<RenderOptions> = {}): Promise<string> {
  return renderReport(format, report, { width: 80, color: false, links: false, verbose: false, quiet: false, failOn: 'error', ...options })
}

/** The exit code that the command would end with: 2 not to be trusted, 3 nothing to audit, 1 findings at or above the threshold, 0 otherwise. */
export function exitCode(report: Report, options: Partial<Parameters<typeof exitCodeOf>[1]> = {}): 0 | 1 | 2 | 3 {
  return exitCodeOf(report, { failOn: 'error', minConfidence: 'medium', ...options })
}
