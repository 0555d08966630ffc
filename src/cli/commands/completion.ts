import type { Command } from 'commander'
import { UserError } from '../../config/errors.js'
import { hint } from '../../config/suggest.js'

interface Tree {
  commands: { name: string; description: string; options: string[] }[]
  options: string[]
}

function flags(command: Command): string[] {
  return command.options.filter((option) => !option.hidden).flatMap((option) => option.long ?? [])
}

function treeOf(program: Command): Tree {
  const commands = program.commands.map((command) => ({ name: command.name(), description: command.description(), options: flags(command) }))
  return { commands, options: flags(program) }
}

function bash({ commands, options }: Tree): string {
  const cases = commands.map((one) => `    ${one.name}) words="${one.options.join(' ')}" ;;`).join('\n')
  return `_stateless_audit() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words="${options.join(' ')}"
  case "\${COMP_WORDS[1]}" in
${cases}
  esac
  if [[ $current == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
  elif [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W "${commands.map((one) => one.name).join(' ')}" -- "$current") $(compgen -d -- "$current"))
  elif [[ \${COMP_WORDS[1]} == explain ]]; then COMPREPLY=($(compgen -W "$(stateless-audit rules 2>/dev/null | tail -n +2 | cut -d' ' -f1)" -- "$current"))
  else COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _stateless_audit stateless-audit
`
}

function zsh(tree: Tree): string {
  return `#compdef stateless-audit
autoload -U +X bashcompinit && bashcompinit
${bash(tree)}`
}

function fish({ commands, options }: Tree): string {
  const line = (text: string) => `complete -c stateless-audit ${text}`
  const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`
  return [
    ...commands.map((one) => line(`-n __fish_use_subcommand -a ${one.name} -d ${quoted(one.description)}`)),
    ...options.map((option) => line(`-n __fish_use_subcommand -l ${option.slice(2)}`)),
    ...commands.flatMap((one) => one.options.map((option) => line(`-n '__fish_seen_subcommand_from ${one.name}' -l ${option.slice(2)}`))),
    line(`-n '__fish_seen_subcommand_from explain' -f -a "(stateless-audit rules 2>/dev/null | tail -n +2 | string split -f1 ' ')"`),
    '',
  ].join('\n')
}

function powershell({ commands, options }: Tree): string {
  const list = (names: string[]) => names.map((name) => `'${name}'`).join(', ')
  const cases = commands.map((one) => `    '${one.name}' { @(${list(one.options)}) }`).join('\n')
  return `Register-ArgumentCompleter -Native -CommandName stateless-audit -ScriptBlock {
  param($word, $ast, $cursor)
  $words = switch ("$($ast.CommandElements[1])") {
${cases}
    default { @(${list([...commands.map((one) => one.name), ...options])}) }
  }
  $words | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`
}

const SHELLS: Record<string, (tree: Tree) => string> = { bash, zsh, fish, powershell }

/** `completion <shell>`: a script made from the commands themselves. */
export function completion(shell: string, program: Command): string {
  const make = SHELLS[shell]
  if (!make) throw new UserError(`unknown shell '${shell}'${hint(shell, Object.keys(SHELLS), `known are ${Object.keys(SHELLS).join(', ')}`)}`)
  return make(treeOf(program))
}
