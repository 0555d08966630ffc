import type { Command } from 'commander'
import { UserError } from '../../config/errors.js'
import { hint } from '../../config/suggest.js'

interface Tree {
  commands: { name: string; description: string; options: string[]; words: string[] }[]
  options: string[]
  /** What may follow an option; `rules` stands for the rules, which the command itself lists. */
  values: Record<string, string[] | 'rules'>
}

const QUESTIONS = ['context', 'session', 'retries', 'scaling', 'auth', 'all']
const RULES = "stateless-audit rules 2>/dev/null | tail -n +2 | cut -d' ' -f1"

function flags(command: Command): string[] {
  return command.options.filter((option) => !option.hidden).flatMap((option) => option.long ?? [])
}

/** Commands below a command, or the words that its argument may be. */
function wordsAfter(command: Command): string[] {
  return command.name() === 'completion' ? Object.keys(SHELLS) : command.commands.map((one) => one.name())
}

function optionsWithin(command: Command): string[] {
  return [...new Set([...flags(command), ...command.commands.flatMap(flags)])]
}

function treeOf(program: Command, formats: readonly string[]): Tree {
  const choices = program.options.flatMap((option) => (option.long && option.argChoices ? [[option.long, option.argChoices] as const] : []))
  return {
    commands: program.commands.map((command) => ({ name: command.name(), description: command.description(), options: optionsWithin(command), words: wordsAfter(command) })),
    options: flags(program),
    values: { ...Object.fromEntries(choices), '--format': [...formats], '--gate': QUESTIONS, '--rule': 'rules', '--only': 'rules' },
  }
}

function bash({ commands, options, values }: Tree): string {
  const words = (list: string[] | 'rules') => (list === 'rules' ? `$(${RULES})` : list.join(' '))
  const flagsOf = commands.map((one) => `    ${one.name}) words="${one.options.join(' ')}" ;;`)
  const after = commands.filter((one) => one.words.length > 0).map((one) => `    ${one.name}) values="${one.words.join(' ')}" ;;`)
  const valued = Object.entries(values).map(([option, list]) => `    ${option}) values="${words(list)}" ;;`)
  return `_stateless_audit() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" values="" words="${options.join(' ')}"
  case "\${COMP_WORDS[1]}" in
${flagsOf.join('\n')}
  esac
  case "$previous" in
    explain) values="${words('rules')}" ;;
${[...after, ...valued].join('\n')}
  esac
  if [[ $current == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
  elif [[ -n $values ]]; then COMPREPLY=($(compgen -W "$values" -- "$current"))
  elif [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W "${commands.map((one) => one.name).join(' ')}" -- "$current") $(compgen -d -- "$current"))
  else COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _stateless_audit stateless-audit
`
}

function zsh(tree: Tree): string {
  return `#compdef stateless-audit
autoload -U +X bashcompinit && bashcompinit
${bash(tree)}# As a file of $fpath this text is the body of the function that completes: the first time it must complete, too.
if [[ "\${funcstack[1]}" == "_stateless-audit" ]]; then _bash_complete -o filenames -F _stateless_audit; fi
`
}

function fish({ commands, options, values }: Tree): string {
  const line = (text: string) => `complete -c stateless-audit ${text}`
  const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`
  const rules = '"(stateless-audit rules 2>/dev/null | tail -n +2 | string split -f1 \' \')"'
  const valued = (option: string) => {
    const list = values[option]
    return list === undefined ? '' : ` -x -a ${list === 'rules' ? rules : quoted(list.join(' '))}`
  }
  const within = (one: Tree['commands'][number]) => `-n '__fish_seen_subcommand_from ${one.name}'`
  return [
    ...commands.map((one) => line(`-n __fish_use_subcommand -a ${one.name} -d ${quoted(one.description)}`)),
    ...options.map((option) => line(`-n __fish_use_subcommand -l ${option.slice(2)}${valued(option)}`)),
    ...commands.flatMap((one) => one.options.map((option) => line(`${within(one)} -l ${option.slice(2)}`))),
    ...commands.filter((one) => one.words.length > 0).map((one) => line(`${within(one)} -f -a ${quoted(one.words.join(' '))}`)),
    line(`-n '__fish_seen_subcommand_from explain' -f -a ${rules}`),
    '',
  ].join('\n')
}

function powershell({ commands, options, values }: Tree): string {
  const list = (names: string[]) => names.map((name) => `'${name}'`).join(', ')
  const cases = commands.map((one) => `    '${one.name}' { @(${list([...one.words, ...one.options])}) }`)
  const rules = "@(stateless-audit rules 2>$null | Select-Object -Skip 1 | ForEach-Object { ($_ -split ' ')[0] })"
  const valued = [...Object.entries(values), ['explain', 'rules'] as const].map(([option, of]) => `    '${option}' { ${of === 'rules' ? rules : `@(${list(of)})`} }`)
  return `Register-ArgumentCompleter -Native -CommandName stateless-audit -ScriptBlock {
  param($word, $ast, $cursor)
  $said = @($ast.CommandElements | ForEach-Object { "$_" })
  $previous = if ($word) { $said[-2] } else { $said[-1] }
  $words = switch ($previous) {
${valued.join('\n')}
    default { $null }
  }
  if (-not $words) { $words = switch ($said[1]) {
${cases.join('\n')}
    default { @(${list([...commands.map((one) => one.name), ...options])}) }
  } }
  $words | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`
}

const SHELLS: Record<string, (tree: Tree) => string> = { bash, zsh, fish, powershell }

/** `completion <shell>`: a script made from the commands themselves. */
export function completion(shell: string, program: Command, formats: readonly string[]): string {
  const make = SHELLS[shell]
  if (!make) throw new UserError(`unknown shell '${shell}'${hint(shell, Object.keys(SHELLS), `known are ${Object.keys(SHELLS).join(', ')}`)}`)
  return make(treeOf(program, formats))
}
