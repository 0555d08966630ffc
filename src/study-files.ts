import type { AuditOptions } from './audit.js'
import { Attempts } from './engine/failures.js'
import { isOff, levelOf } from './engine/levels.js'
import { locator } from './engine/locate.js'
import { runRules } from './engine/run.js'
import { type Study, studyOf } from './engine/study.js'
import { traceText } from './engine/trace.js'
import { readSource } from './input/index.js'
import { type Audited, linkFiles } from './link-files.js'
import type { Report } from './model/report.js'
import { withParser } from './read-facts.js'
import type { FoundFiles } from './remembered.js'
import type { Witness } from './resolve/index.js'
import type { Rule, RuleTools } from './rule.js'

/** What rules are run, and where their pages are. */
export interface Chosen {
  rules: readonly Rule[]
  pageOf(rule: Rule): string
}

/** Links what was found and asks the rules: what a run does that knows no study. */
export const study = (options: AuditOptions, found: FoundFiles, chosen: Chosen): Promise<{ study: Study; witness: Witness }> =>
  withParser(async () => {
    const audited = await linkFiles(options, found)
    const made = { study: await studyProgram(options, audited, chosen), witness: audited.witness() }
    audited.close()
    return made
  })

/** Ways to what is asked for, by a program that is linked anew; `report` settles its study. */
export const traced = (options: AuditOptions, found: FoundFiles, chosen: Chosen, what: string, report: (study: Study) => Report): Promise<string> =>
  withParser(async () => {
    const { root, config: { minConfidence } } = options
    const audited = await linkFiles(options, found)
    const reported = report(await studyProgram(options, audited, chosen))
    const text = traceText({ program: audited.program, report: reported, minConfidence, what, locate: locator((file) => readSource(root, file)) })
    audited.close()
    return text
  })

const studyProgram = async ({ root, config, onProgress }: AuditOptions, audited: Audited, { rules, pageOf }: Chosen): Promise<Study> => {
  onProgress?.({ phase: 'rules' })
  const readText = (file: string): string => readSource(root, file)
  const locate = locator(readText)
  const attempts = new Attempts()
  const asked = rules.filter(({ id }) => !isOff(config, id))
  const findings = runRules(audited.program, asked, { attempts, complete: audited.complete, locate, pageOf, level: levelOf(config), root: audited.input.fromGitRoot, tools: await toolsFor(asked, audited, root), allRules: config.only.length === 0 })
  return studyOf({ ...audited, config, findings, attempts, locate, readText })
}

/** The parser is loaded for rules that take a second parameter. */
const toolsFor = async (chosen: readonly Rule[], { files }: Audited, root: string): Promise<RuleTools> => {
  const paths = files.map(({ path }) => path)
  const refuse = (file: string): never => { throw new Error(`${file} was not parsed: a rule that asks for parsed files takes \`tools\` as its second parameter`) }
  if (!chosen.some(({ check }) => check.length > 1)) return { files: paths, sourceFile: refuse }
  const { sourceFiles } = await import('./syntax/source-files.js')
  return { files: paths, sourceFile: sourceFiles((file) => readSource(root, file)) }
}
