import { CommanderError } from 'commander'
import { engine as realEngine, type Engine } from './engine.js'
import { type Io, processIo } from './io.js'
import { buildProgram } from './program.js'

/** commander's two-line `error: …\n(Did you mean …?)` as one sentence. */
function sentence(error: CommanderError): string {
  const text = error.message.replace(/^error: /, '')
  if (/unknown|missing|excess/i.test(error.code) && !text.includes('Did you mean')) return `${text.replace(/\.$/, '')}; see --help`
  return text.replace(/\n?\(Did you mean (.+?)\?\)/, '; did you mean $1?').replace(/\.;/, ';').replace(/\s*\n\s*/g, ' ')
}

function isExpected(error: unknown): error is Error & { exitCode: number; remedy?: string } {
  return error instanceof Error && typeof (error as { exitCode?: unknown }).exitCode === 'number'
}

function report(error: unknown, argv: readonly string[], io: Io): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0
    io.stderr(`stateless-audit: ${sentence(error)}\n`)
    return 2
  }
  if (isExpected(error)) {
    io.stderr(`stateless-audit: ${error.message}${error.remedy ? `; ${error.remedy}` : ''}\n`)
    return error.exitCode
  }
  const text = error instanceof Error ? error.message : String(error)
  const stack = argv.includes('--verbose') && error instanceof Error ? `\n${error.stack}` : ''
  io.stderr(`stateless-audit: internal error: ${text.split('\n')[0]}; please report it with the output of --verbose${stack}\n`)
  return 2
}

/** Runs one command line against the given streams and tells the exit code. */
export async function runCli(argv: readonly string[], io: Io, engine: Engine = realEngine): Promise<number> {
  let code = 0
  let out = ''
  const program = buildProgram(io, engine, (value) => (code = value))
  const capture = { writeOut: (text: string) => void (out += text) }
  for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) command.configureOutput(capture)
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    code = report(error, argv, io)
  }
  await io.stdout(out)
  return code
}

/** The process: sets the exit code and lets the streams drain, instead of exiting under them. */
export async function main(): Promise<void> {
  process.exitCode = await runCli(process.argv.slice(2), processIo())
}
