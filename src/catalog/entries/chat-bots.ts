import type { CatalogRow, ConventionRow } from '../../model/catalog.js'
import { members } from './build.js'

const context = 'bot#Context.new'
const code = '{ts,js,mjs,cjs,mts}'

/** Hubot: scripts of its folders are handed the robot. */
const robot = 'hubot#Robot.new'
const hubot: CatalogRow[] = [
  { path: members([robot], ['hear', 'respond', 'listen', 'enter', 'leave', 'topic', 'catchAll']), entry: { kind: 'message', handlers: ['last'], params: [context] } },
  { path: members([robot], ['receiveMiddleware', 'listenerMiddleware', 'responseMiddleware']), entry: { kind: 'middleware', handlers: ['0'], params: [context, '', ''] } },
  { path: `${robot}.router`, property: true, returns: 'express#Express.new' },
  { path: 'hubot#load', run: [{ fn: '0', when: 'startup', params: [robot] }] },
]

/** Frameworks over discord.js, whose commands and listeners are classes of their folders. */
const frameworks: CatalogRow[] = [
  {
    path: ['@sapphire/framework', '@sapphire/plugin-subcommands'].flatMap(name => [`${name}#Command`, `${name}#Subcommand`]),
    component: { scope: 'singleton', requestKind: 'message', request: Object.fromEntries(['chatInputRun', 'messageRun', 'contextMenuRun', 'autocompleteRun'].map(name => [name, [context, '']])) },
  },
  { path: ['Listener', 'InteractionHandler', 'Precondition'].map(name => `@sapphire/framework#${name}`), component: { scope: 'singleton', requestKind: 'message', request: Object.fromEntries(['run', 'parse', 'messageRun', 'chatInputRun'].map(name => [name, [context, context]])) } },
  { path: '@sapphire/framework#ScheduledTask', component: { scope: 'singleton', background: ['run'] } },
  { path: ['discord.js-commando#Command', 'discord.js-commando#commando.Command'], component: { scope: 'singleton', requestKind: 'message', request: { run: [context, ''] } } },
  { path: ['discord-akairo#Command', 'discord-akairo#Listener', 'discord-akairo#Inhibitor'], component: { scope: 'singleton', requestKind: 'message', request: { exec: [context, ''], execSlash: [context, ''] } } },
  { path: 'discordx#Discord', component: { scope: 'singleton', entries: true } },
  { path: ['Slash', 'SimpleCommand', 'SimpleCommandMessage', 'ContextMenu', 'ButtonComponent', 'SelectMenuComponent', 'ModalComponent', 'On', 'Once', 'Reaction'].map(name => `discordx#${name}`), entry: { kind: 'message', path: '0.name~0.id~0.event~0', decorator: true } },
  { path: ['SlashCommand', 'Subcommand', 'TextCommand', 'UserCommand', 'MessageCommand', 'Button', 'StringSelect', 'Modal', 'On'].map(name => `necord#${name}`), entry: { kind: 'message', path: '0.name~0', decorator: true } },
]

export const chatBotRows: CatalogRow[] = [...hubot, ...frameworks]

export const chatBotConventions: ConventionRow[] = [
  { packages: ['hubot'], files: [`{scripts,src/scripts}/**/*.${code}`, `src/*.${code}`, `index.${code}`], exports: { default: { kind: 'hook', calls: 'hubot#load' } } },
  // `probot run ./lib/index.js` loads what the package says is its main file.
  { packages: ['probot'], files: [`{index,app}.${code}`, `{src,lib}/{index,app}.${code}`], exports: { default: { kind: 'hook', calls: 'probot#run' } } },
]
