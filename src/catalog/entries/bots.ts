import type { CatalogRow } from '../../model/catalog.js'
import { members } from './build.js'

const context = 'bot#Context.new'
const telegram = ['telegraf#Telegraf.new', 'telegraf#Composer.new', 'telegraf#default.new', 'telegraf#Scenes.BaseScene.new', 'grammy#Bot.new', 'grammy#Composer.new']
const slack = '@slack/bolt#App.new'
const discord = ['discord.js#Client.new', 'eris#Client.new']
const baileys = ['@whiskeysockets/baileys', '@adiwajshing/baileys', 'baileys'].flatMap(name => [`${name}#default()`, `${name}#makeWASocket()`, `${name}#WASocket.new`])
/** What the session itself goes through. */
const ofSession = ['ready', 'qr', 'authenticated', 'auth_failure', 'disconnected', 'loading_screen', 'change_state', 'remote_session_saved', 'connection.update', 'creds.update']
const incoming = 'node:http#IncomingMessage.new'

const bots: CatalogRow[] = [
  { path: members(telegram, ['command', 'on', 'hears', 'action', 'inlineQuery', 'callbackQuery', 'reaction', 'chatType', 'gameQuery']), returns: 'this', entry: { kind: 'message', path: '0', handlers: ['1..'], params: [context, ''] } },
  { path: members(telegram, ['start', 'help', 'settings', 'use']), returns: 'this', entry: { kind: 'message', handlers: ['0..'], params: [context, ''], onlyWhen: { arg: '0', is: 'function' } } },
  { path: members(telegram, ['catch']), returns: 'this', entry: { kind: 'hook', handlers: ['0'], params: ['', context] } },
  { path: members(['node-telegram-bot-api#default.new'], ['on', 'onText']), entry: { kind: 'message', path: '0', handlers: ['1'], params: [context, ''] } },
  { path: members(discord, ['on', 'once']), returns: 'this', entry: { kind: 'message', path: '0', handlers: ['1'], params: [context, context], onlyWhen: { arg: '0', not: ['ready', 'clientReady', 'error', 'warn', 'debug', 'shardReady'] } } },
  { path: members(discord, ['on', 'once']), returns: 'this', run: [{ fn: '1', when: 'startup', onlyWhen: { arg: '0', values: ['ready', 'clientReady', 'error', 'warn', 'debug', 'shardReady'] } }] },
  // What a bot hangs on its client (tables of commands, cool-downs) each handler finds there, and on what it is told of.
  { path: 'discord.js#Client.new', bag: true },
  { path: [`${context}.client`], property: true, returns: 'discord.js#Client.new' },
  // WhatsApp tells of a message once, and to whoever listens: nothing of it is delivered again.
  { path: members(['whatsapp-web.js#Client.new'], ['on']), returns: 'this', entry: { kind: 'socket', handlers: ['1'], params: [context, ''], onlyWhen: { arg: '0', not: ofSession } } },
  { path: members(baileys, ['ev.on']), entry: { kind: 'socket', handlers: ['1'], params: [context], onlyWhen: { arg: '0', not: ofSession } } },
  { path: members(baileys, ['ev.process']), entry: { kind: 'socket', handlers: ['0'], params: [context] } },
  {
    path: members(['@wppconnect-team/wppconnect#create()', '@wppconnect-team/wppconnect#Whatsapp.new', 'venom-bot#create()', 'venom-bot#Whatsapp.new', '@open-wa/wa-automate#create()', '@open-wa/wa-automate#Client.new'], ['onMessage', 'onAnyMessage', 'onAck', 'onReactionMessage', 'onIncomingCall', 'onAddedToGroup', 'onParticipantsChanged', 'onPollResponse', 'onRevokedMessage', 'onSelfMessage']),
    entry: { kind: 'socket', handlers: ['0'], params: [context] },
  },
  { path: members([slack], ['event', 'message', 'command', 'action', 'view', 'shortcut', 'options', 'step', 'function']), entry: { kind: 'message', path: '0', handlers: ['0', '1..'], params: [context] } },
  // The receiver's own router answers whatever else is registered on it.
  { path: ['@slack/bolt#ExpressReceiver.new.router'], property: true, returns: 'express#Router.new' },
  { path: ['@slack/bolt#ExpressReceiver.new.app'], property: true, returns: 'express#Express.new' },
  { path: members([slack], ['use', 'error']), entry: { kind: 'middleware', handlers: ['0'], params: [context] } },
  { path: ['botbuilder#ActivityHandler.new.onMessage', 'botbuilder#ActivityHandler.new.onMembersAdded'], entry: { kind: 'message', handlers: ['0'], params: [context, ''] } },
  { path: context, owned: 'request' },
]

const sockets: CatalogRow[] = [
  { path: 'uWebSockets.js#App', returns: 'uWebSockets.js#TemplatedApp.new' },
  { path: 'uWebSockets.js#SSLApp', returns: 'uWebSockets.js#TemplatedApp.new' },
  ...Object.entries({ get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', del: 'DELETE', options: 'OPTIONS', head: 'HEAD', any: 'ALL' }).map(([name, method]): CatalogRow => ({
    path: `uWebSockets.js#TemplatedApp.new.${name}`, returns: 'this', entry: { kind: 'route', method, path: '0', handlers: ['1'], params: ['uWebSockets.js#HttpResponse.new', 'uWebSockets.js#HttpRequest.new'] },
  })),
  {
    path: 'uWebSockets.js#TemplatedApp.new.ws', returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['upgrade', 'open', 'message', 'drain', 'close', 'ping', 'pong', 'subscription'].map(name => `1.${name}`), params: ['uWebSockets.js#WebSocket.new', ''] },
  },
  { path: ['uWebSockets.js#HttpResponse.new', 'uWebSockets.js#HttpRequest.new'], owned: 'request' },
  { path: ['uWebSockets.js#WebSocket.new', 'sockjs#Connection.new', 'primus#Spark.new'], owned: 'connection' },
  { path: 'sockjs#createServer', returns: 'sockjs#Server.new' },
  { path: 'sockjs#Server.new.on', entry: { kind: 'socket', path: '0', handlers: ['1'], params: ['sockjs#Connection.new'] } },
  { path: 'primus#default.new.on', entry: { kind: 'socket', path: '0', handlers: ['1'], params: ['primus#Spark.new'] } },
  { path: ['sockjs#Connection.new.on', 'primus#Spark.new.on'], entry: { kind: 'socket', path: '0', handlers: ['1'] } },
  { path: ['websocket#server.new.on'], entry: { kind: 'socket', path: '0', handlers: ['1'], params: ['websocket#request.new'] } },
  { path: 'websocket#request.new.accept', returns: 'ws#WebSocket.new' },
  { path: ['engine.io#attach', 'engine.io#listen', 'engine.io#attach.new', 'engine.io#default'], returns: 'engine.io#Server.new' },
  { path: 'engine.io#Socket.new', owned: 'connection' },
  { path: ['engine.io#Socket.new.on', 'engine.io#Socket.new.once'], returns: 'this', entry: { kind: 'socket', path: '0', handlers: ['1'] } },
  { path: ['engine.io#Server.new.on'], entry: { kind: 'socket', path: '0', handlers: ['1'], params: ['engine.io#Socket.new', incoming] } },
  { path: 'peer#ExpressPeerServer().on', entry: { kind: 'socket', path: '0', handlers: ['1'] } },
]

export const botRows: CatalogRow[] = [...bots, ...sockets]
