import { factsKey } from './cache/index.js'
import type { ResolvedConfig } from './config/types.js'
import { assembleReport } from './engine/assemble.js'
import type { Study } from './engine/study.js'
import { discover, isThere, readSource } from './input/index.js'
import type { Audited } from './link-files.js'
import { pageAddress } from './model/pages.js'
import type { Report } from './model/report.js'
import { withParser } from './read-facts.js'
import { type FoundFiles, remembered } from './remembered.js'
import type { Rule } from './rule.js'
import { rules } from '../rules/index.js'

export interface AuditOptions {
  /** Absolute path of the folder to audit. */
  root: string
  config: ResolvedConfig
  /** Absolute folder of the facts cache; null for none. */
  cacheDir: string | null
  /** Names the project in the cache where the root is but a copy of it; the root by default. */
  project?: string
  /** Version of the tool: part of the cache key and of the report. */
  version: string
  onProgress?: (event: { phase: string; done?: number; total?: number }) => void
}

/**
 * Audits a folder: files → facts → program → findings → verdicts. Throws only for what the user must mend
 * (a malformed tsconfig); a file that does not parse is a notice and a gap. Where nothing changed since an earlier
 * run, the study of that run is settled anew: the linker and the catalog are not even loaded.
 */
export const audit = async (options: AuditOptions): Promise<Report> => {
  const all = [...rules, ...(options.config.customRules ?? [])]
  const chosen = all.filter((rule) => options.config.only.length === 0 || options.config.only.includes(rule.id))
  const found = await findFiles(options)
  const made = await remembered(options, found, async () => {
    const { study } = await import('./study-files.js')
    return study(options, found, { rules: chosen, pageOf: pages(options.version) })
  })
  return settle(options, found, all, chosen, made)
}

const settle = ({ root, config, version }: AuditOptions, found: FoundFiles, known: readonly Rule[], chosen: readonly Rule[], study: Study): Report =>
  assembleReport({ study, config, root: found.input.fromGitRoot, rules: chosen, knownRules: known.map(({ id }) => id), version, pageOf: pages(version), readText: (file) => readSource(root, file), isThere: (file) => isThere(root, file) })

/** Pages of rules of the package come with it; others may name theirs. */
const pages = (version: string) => (rule: Rule): string => rule.docs ?? (rules.includes(rule) ? pageAddress(rule.id, version) : '')

/** Every way from entries to a piece of state or an entry (`file:line`, symbol, `POST /path`), as text; or why it is not reported. */
export const auditTrace = async (options: AuditOptions, what: string): Promise<string> => {
  const all = [...rules, ...(options.config.customRules ?? [])]
  const found = await findFiles(options)
  const { traced } = await import('./study-files.js')
  return traced(options, found, { rules: all, pageOf: pages(options.version) }, what, (made) => settle(options, found, all, all, made))
}

/** Reads and links: everything before the rules. */
export const linkProgram = async (options: AuditOptions): Promise<Audited> => {
  const found = await findFiles(options)
  const { linkFiles } = await import('./link-files.js')
  return withParser(() => linkFiles(options, found))
}

const findFiles = async ({ root, config, onProgress }: AuditOptions): Promise<FoundFiles> => {
  onProgress?.({ phase: 'files' })
  const input = await discover(root, { include: config.include, exclude: config.exclude })
  return { input, keys: input.sources.map((path) => factsKey(path, input.texts?.get(path) ?? readSource(root, path))) }
}
