import type { CatalogRow } from '../../model/catalog.js'
import { aliases, members } from './build.js'

const argv = 'yargs#Argv.new'
const settings = [
  'alias', 'array', 'boolean', 'check', 'choices', 'coerce', 'commandDir', 'completion', 'config', 'conflicts', 'count', 'default', 'demand', 'demandCommand', 'demandOption', 'deprecateOption', 'describe', 'detectLocale', 'env', 'epilog', 'epilogue',
  'example', 'exitProcess', 'fail', 'global', 'group', 'help', 'hide', 'implies', 'locale', 'middleware', 'nargs', 'normalize', 'number', 'option', 'options', 'parserConfiguration', 'pkgConf', 'positional', 'recommendCommands', 'require', 'scriptName',
  'showHelpOnFail', 'showHidden', 'skipValidation', 'strict', 'strictCommands', 'strictOptions', 'string', 'usage', 'version', 'wrap',
]
const commandNames = ['command', 'commands', 'addCommand']

/** Command lines that start servers: what a command runs is start-up code. */
export const commandLineRows: CatalogRow[] = [
  { path: ['@oclif/core#Command.new', '@oclif/command#Command.new', '@oclif/command#default.new'], component: { scope: 'singleton', startup: ['init', 'run'] } },
  ...aliases(argv, ['yargs#default', 'yargs/yargs#default', 'yargs#Argv']),
  { path: [...members([argv], settings), ...settings.filter((name) => name !== 'default').map((name) => `yargs#${name}`)], returns: argv },
  { path: members([argv], ['middleware', 'check', 'coerce']), run: [{ fn: '0', when: 'startup' }, { fn: '0[]', when: 'startup' }, { fn: '1', when: 'startup' }] },
  {
    path: [...members([argv], commandNames), ...commandNames.map((name) => `yargs#${name}`)], returns: argv,
    run: [...['2', '0.builder', '0[].builder'].map((fn) => ({ fn, when: 'startup' as const, params: [argv] })), ...['3', '0.handler', '0[].handler'].map((fn) => ({ fn, when: 'startup' as const }))],
  },
  { path: 'citty#defineCommand', returns: 'arg:0', run: ['0.setup', '0.run', '0.cleanup'].map((fn) => ({ fn, when: 'startup' as const })) },
]
