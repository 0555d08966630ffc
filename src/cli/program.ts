import { Command } from 'commander'
import type { Engine } from './engine.js'
import type { Io } from './io.js'
import { addAuditOptions, addCommonOptions, type CliOptions, optionsOf } from './options.js'
import { version } from '../config/version.js'

const QUESTIONS = `
The five questions:
  1 context  is all required context included in each request?
  2 session  is session data stored externally?
  3 retries  are retries idempotent and safe?
  4 scaling  is horizontal scaling supported without session stickiness?
  5 auth     is authentication stateless?

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the run cannot be trusted, 3 nothing to audit.
A command wins over a folder of the same name: write ./entries for the folder.`

function addLists(program: Command, call: (run: () => Promise<number>) => Promise<void>, io: Io, engine: Engine, names: () => string[]): void {
  const lists = { entries: 'routes, handlers and jobs that were found', effects: 'what requests change outside, and what guards it', state: 'what outlives a request in this process' } as const
  for (const [name, description] of Object.entries(lists) as [keyof typeof lists, string][]) {
    addCommonOptions(program.command(`${name} [path]`).description(description))
      .option('--format <format>', 'table or json', (value: string) => [value])
      .action((path: string | undefined, _: CliOptions, command: Command) =>
        call(async () => (await import('./commands/lists.js')).listCommand(io, name, path ?? '.', optionsOf(command), names(), engine)),
      )
  }
  addCommonOptions(program.command('trace <what> [path]').description('every way from a route to a piece of state, or on from a route'))
    .action((what: string, path: string | undefined, _: CliOptions, command: Command) =>
      call(async () => (await import('./commands/lists.js')).traceCommand(io, what, path ?? '.', optionsOf(command), names(), engine)),
    )
}

function addRules(program: Command, call: (run: () => Promise<number>) => Promise<void>, io: Io, engine: Engine): void {
  program.command('explain <rule>').description('what a rule reports, why, and how to mend it')
    .action((id: string) => call(async () => (await import('./commands/rules.js')).explainCommand(io, id, engine)))
  program.command('rules').description('all rules')
    .option('--format <format>', 'table or json', (value: string) => [value])
    .action((_: CliOptions, command: Command) => call(async () => (await import('./commands/rules.js')).rulesCommand(io, optionsOf(command), engine)))
}

function addSetup(program: Command, call: (run: () => Promise<number>) => Promise<void>, io: Io, engine: Engine, names: () => string[]): void {
  program.command('init [path]').description('write a config that fits, and show the hook and the CI step')
    .option('--yes', 'ask nothing')
    .action((path: string | undefined, options: { yes?: boolean }) => call(async () => (await import('./commands/init.js')).initCommand(io, path ?? '.', options, names())))
  const baseline = program.command('baseline').description('known findings that do not fail the run')
  const actions = { write: 'write all present findings', update: 'add new findings, drop those that are gone', prune: 'drop those that are gone', show: 'list it, with what is stale' } as const
  for (const [action, description] of Object.entries(actions) as [keyof typeof actions, string][]) {
    addCommonOptions(baseline.command(`${action} [path]`).description(description))
      .option('--baseline <file>', 'the baseline file')
      .action((path: string | undefined, _: CliOptions, command: Command) =>
        call(async () => (await import('./commands/baseline.js')).baselineCommand(io, action, path ?? '.', optionsOf(command), names(), engine)),
      )
  }
  program.command('completion <shell>').description('completion script for bash, zsh, fish or powershell')
    .action((shell: string) =>
      call(async () => {
        await io.stdout((await import('./commands/completion.js')).completion(shell, program, await engine.formats()))
        return 0
      }),
    )
}

/** The command tree. `exit` is told the code of the command that ran. */
export function buildProgram(io: Io, engine: Engine, exit: (code: number) => void): Command {
  const program = new Command('stateless-audit')
  const call = async (run: () => Promise<number>) => exit(await run())
  const names = () => program.commands.map((command) => command.name())
  // Errors are rephrased by runCli into one sentence; help and version wait for the stream there too.
  program.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {}, getOutHelpWidth: () => Math.min(io.columns, 110) })
  program
    .description('Audits a TypeScript or JavaScript server codebase against the statelessness checklist.')
    .argument('[paths...]', 'folder to audit (default: .), or files: then only findings that touch them')
    .version(version(), '-V, --version')
    .addHelpText('after', QUESTIONS)
    .enablePositionalOptions()
  addAuditOptions(program).action((paths: string[], options: CliOptions) =>
    call(async () => (await import('./commands/audit.js')).auditCommand(io, paths, options, names(), engine)),
  )
  addLists(program, call, io, engine, names)
  addRules(program, call, io, engine)
  addSetup(program, call, io, engine, names)
  return program
}
