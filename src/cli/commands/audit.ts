import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AuditOptions } from '../../audit.js'
import { UserError } from '../../config/errors.js'
import { hint } from '../../config/suggest.js'
import type { ResolvedConfig } from '../../config/types.js'
import type { Report } from '../../model/report.js'
import { type Context, prepare } from '../context.js'
import type { Engine } from '../engine.js'
import { brokenGates, whyExit } from '../exit.js'
import { type Io, wantsColor, wantsLinks } from '../io.js'
import { touching } from '../narrow.js'
import type { CliOptions } from '../options.js'
import { timed } from '../progress.js'
import { auditScope, isAudited, type Scope, scopeOf, settleScope } from '../scope.js'
import { packageFolder } from '../../config/version.js'
import { printConfig } from './printConfig.js'
import { statLines } from './stats.js'

interface Output {
  format: string
  file?: string
}

/** Checks `--format json --format sarif=out.sarif` before any work is done. */
export function outputs(formats: string[] | undefined, known: readonly string[]): Output[] {
  const wanted = (formats ?? ['terminal']).map((text): Output => {
    const at = text.indexOf('=')
    const format = at < 0 ? text : text.slice(0, at)
    if (!known.includes(format)) throw new UserError(`--format ${text}: unknown format '${format}'${hint(format, known, `known are ${known.join(', ')}`)}`)
    if (at >= 0 && at === text.length - 1) throw new UserError(`--format ${text}: a file name is missing after '='`)
    return at < 0 ? { format } : { format, file: text.slice(at + 1) }
  })
  const toStdout = wanted.filter((output) => output.file === undefined)
  if (toStdout.length > 1) {
    const [first, second] = toStdout
    throw new UserError(`--format ${first?.format} and --format ${second?.format} both write to stdout; give one a file: --format ${second?.format}=<file>`)
  }
  return wanted
}

const RANK = { high: 2, medium: 1, low: 0 }

/** What is below --min-confidence is not shown, and the report says how much that is. */
export function confident(report: Report, config: ResolvedConfig): Report {
  const findings = report.findings.filter((finding) => RANK[finding.confidence] >= RANK[config.minConfidence])
  const hidden = report.findings.length - findings.length
  if (hidden === 0) return report
  const message = `${hidden} finding${hidden > 1 ? 's' : ''} of ${config.minConfidence === 'high' ? 'lower' : 'low'} confidence not shown; --min-confidence low shows all`
  return { ...report, findings, notices: [...report.notices, { id: 'low-confidence-hidden', message }] }
}

async function write(output: Output, report: Report, context: Context, options: CliOptions, engine: Engine): Promise<void> {
  const { io, config } = context
  const toScreen = output.file === undefined
  const text = await engine.render(output.format, report, {
    width: toScreen ? io.columns : 80,
    color: wantsColor(toScreen ? io : { ...io, stdoutIsTty: false }, toScreen ? options.color : options.color === true),
    links: toScreen && wantsLinks(io),
    verbose: options.verbose === true,
    quiet: options.quiet === true,
    failOn: config.failOn,
    docsBase: pathToFileURL(`${packageFolder()}/`).href,
  })
  const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`
  if (output.file === undefined) return io.stdout(ended)
  const file = resolve(io.cwd, output.file)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, ended)
  } catch (error) {
    throw new UserError(`${output.file}: the report could not be written (${(error as NodeJS.ErrnoException).code ?? error}); name a file in a folder that you may write`)
  }
}

async function finish(report: Report, context: Context, options: CliOptions, engine: Engine, part: boolean): Promise<number> {
  const { config, io } = context
  const code = await engine.exitCode(report, { failOn: config.failOn, maxWarnings: config.maxWarnings, minConfidence: config.minConfidence, strict: config.strict })
  const broken = brokenGates(report, config.gate, part)
  const final = code === 0 && broken.length > 0 ? 1 : code
  const reason = whyExit(final, report, config, broken)
  if (reason && !(options.quiet && final === 1)) io.stderr(`stateless-audit: ${reason}\n`)
  return final === 1 && options.exitZero ? 0 : final
}

async function analyse(context: Context, options: CliOptions, scope: Scope, engine: Engine, onProgress: AuditOptions['onProgress']): Promise<Report> {
  const made = await auditScope(context, options, engine, onProgress).finally(context.done)
  return scope.files ? touching(made, scope.files, options.staged ? 'a staged file' : 'the named files') : made
}

/** `stateless-audit [paths]`. */
export async function auditCommand(io: Io, paths: readonly string[], options: CliOptions, commands: readonly string[], engine: Engine): Promise<number> {
  const scope = scopeOf(io, paths, options, commands)
  if (options.printConfig) {
    const context = await prepare(io, scope.path, options, commands, engine)
    await io.stdout(printConfig(context))
    return 0
  }
  const wanted = outputs(options.format, await engine.formats())
  const context = await prepare(io, scope.path, options, commands, engine)
  settleScope(scope, context, options)
  if (scope.files?.every((file) => !isAudited(file))) {
    io.stderr(`stateless-audit: nothing to audit among ${options.staged ? 'the staged files' : 'the named files'}\n`)
    return 0
  }
  const clock = timed(context.audit.onProgress ?? (() => {}))
  const full = await analyse(context, options, scope, engine, clock.onProgress)
  const report = confident(full, context.config)
  for (const output of wanted) await write(output, report, context, options, engine)
  if (options.stats) io.stderr(`${statLines(full).join('\n')}\n`)
  if (options.timing) io.stderr(`${clock.lines().join('\n')}\n`)
  const code = await finish(full, context, options, engine, scope.files !== undefined || options.since !== undefined)
  return scope.files && code === 3 ? 0 : code
}
