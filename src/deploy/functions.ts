import { posix } from 'node:path'
import { parseDocument } from 'yaml'
import type { DeployedHandler } from '../model/handlers.js'
import { withClosed } from './lex/closing.js'

export type Plain = { [key: string]: unknown }

const inFolder = (folder: string, file: string): string => [folder, file].filter((part) => part !== '').join('/')
export const isObject = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const members = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : [])

/** The text of another file of the project. */
type Read = (path: string) => string

/** Handlers that a `serverless.yml` or an AWS SAM template names; nothing for other files. */
export const handlersOf = (path: string, source: string, read: Read): DeployedHandler[] => {
  if (!/\.ya?ml$/.test(path) || !/\b[Hh]andler\s*:|\$\{file\(/.test(source)) return []
  const document: unknown = parsed(source)
  if (!isObject(document)) return []
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
  return [...serverless(document, folder, read), ...sam(document, folder)]
}

/** Unknown tags (`!Ref`, `!Sub`) are no errors: the plain value is what is read. */
const parsed = (source: string): unknown => {
  const document = withClosed(source, (shown) => parseDocument(shown, { logLevel: 'silent', strict: false, uniqueKeys: false }), ({ errors }) => errors)
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

// ------------------------------------------------------------------ Serverless Framework

const serverless = (document: Plain, folder: string, read: Read): DeployedHandler[] => {
  const there = (value: unknown): unknown => elsewhere(value, folder, read)
  const lists = [there(document['functions'])].flat()
  const functions = lists.flatMap((list) => members(there(list))).map(([name, fn]): [string, unknown] => [name, there(fn)])
  const workers = members(document['constructs']).flatMap(([name, construct]) => (isObject(construct) && isObject(construct['worker']) ? [[name, construct['worker']] as [string, unknown]] : []))
  return [
    ...functions.flatMap(([name, fn]) => (isObject(fn) ? eventsOf(name, fn, folder, providerOf(document)) : [])),
    ...workers.flatMap(([name, fn]) => (isObject(fn) ? placed(folder, text(fn['handler']), { name, event: 'message' as const }) : [])),
  ]
}

/** `${file(./functions.yml)}`, `${file(./functions.yml):orders}`: what stands in another file. */
const elsewhere = (value: unknown, folder: string, read: Read): unknown => {
  const [, path, member] = /^\$\{file\(\s*([\w./-]+\.ya?ml)\s*\)(?::(\w+))?\}$/.exec(text(value)?.trim() ?? '') ?? []
  const file = path === undefined ? '..' : posix.join(folder, path)
  if (file.startsWith('..')) return value
  const document = parsed(read(file))
  return member !== undefined && isObject(document) ? document[member] : document
}

const providerOf = ({ provider }: Plain): string | undefined => (isObject(provider) ? text(provider['name']) : text(provider))

const eventsOf = (name: string, fn: Plain, folder: string, provider: string | undefined): DeployedHandler[] => {
  const handler = text(fn['handler']) ?? ''
  // Twilio names the file of a function, Google its export by the main file of the package.
  if (provider === 'twilio' && /^[\w/-]+$/.test(handler)) return [{ file: inFolder(folder, handler), export: 'handler', name, event: 'http', method: 'ALL', ...pathOf(fn['path']) }]
  const events = Array.isArray(fn['events']) ? fn['events'].flatMap((event) => (typeof event === 'string' ? [[event, {}] as [string, unknown]] : isAnswer(event) ? [] : members(event).slice(0, 1))) : []
  const known = events.map(([kind, config]) => ({ name, ...serverlessEvent(kind, config) }))
  const uses = known.length > 0 ? known : [{ name, event: 'other' as const }]
  if (provider === 'google' && /^[\w$]+$/.test(handler)) return uses.map((use) => ({ file: folder, main: true, export: handler, ...use, ...(use.event === 'http' && { method: 'ALL', path: `/${handler}` }) }))
  return uses.flatMap((use) => placed(folder, handler, use))
}

/** What an Azure function gives back is listed among its events. */
const isAnswer = (event: unknown): boolean => isObject(event) && isObject(event['x-azure-settings']) && event['x-azure-settings']['direction'] === 'out'

const MESSAGES = new Set(['sqs', 'sns', 'stream', 's3', 'kafka', 'msk', 'activemq', 'rabbitmq', 'eventBridge', 'cloudwatchEvent', 'cloudwatchLog', 'iot', 'alexaSkill', 'cognitoUserPool', 'event', 'serviceBus', 'eventHub', 'queue', 'blob'])

const serverlessEvent = (kind: string, config: unknown): Pick<DeployedHandler, 'event' | 'method' | 'path'> => {
  if (kind === 'http' || kind === 'httpApi' || kind === 'alb') return { event: 'http', ...request(config) }
  if (kind === 'websocket') return { event: 'socket', ...pathOf(isObject(config) ? config['route'] : config) }
  if (kind === 'schedule') return { event: 'schedule' }
  return { event: MESSAGES.has(kind) ? 'message' : 'other' }
}

/** `{ method, path }`, `GET hello`, `*`. */
const request = (config: unknown): Pick<DeployedHandler, 'method' | 'path'> => {
  if (isObject(config)) return { ...methodOf(config['method']), ...pathOf(config['path']) }
  const [method, path] = text(config)?.trim().split(/\s+/) ?? []
  return path === undefined ? { method: 'ALL' } : { ...methodOf(method), ...pathOf(path) }
}

const methodOf = (value: unknown): { method?: string } => {
  const method = text(value)?.toUpperCase()
  return method === undefined ? {} : { method: method === 'ANY' || method === '*' ? 'ALL' : method }
}

const pathOf = (value: unknown): { path?: string } => {
  const path = text(value)
  return path === undefined ? {} : { path: path.startsWith('$') ? path : `/${path.replace(/^\//, '')}` }
}

// ------------------------------------------------------------------ AWS SAM

const sam = (document: Plain, folder: string): DeployedHandler[] => {
  const globals = isObject(document['Globals']) && isObject(document['Globals']['Function']) ? document['Globals']['Function'] : {}
  return members(document['Resources']).flatMap(([name, resource]) => {
    if (!isObject(resource) || !isObject(resource['Properties']) || !/^AWS::(Serverless|Lambda)::Function$/.test(String(resource['Type']))) return []
    const properties: Plain = { ...globals, ...resource['Properties'] }
    const code = (text(properties['CodeUri']) ?? '').replace(/^\.\/|\/$/g, '')
    const base = inFolder(folder, code === '.' ? '' : code)
    const events = members(properties['Events']).map(([, event]) => ({ name, ...samEvent(event) }))
    const uses = events.length > 0 ? events : [{ name, event: 'other' as const }]
    return uses.flatMap((use) => placed(base, text(properties['Handler']), use))
  })
}

const samEvent = (event: unknown): Pick<DeployedHandler, 'event' | 'method' | 'path'> => {
  const type = isObject(event) ? text(event['Type']) : undefined
  if (type === 'Api' || type === 'HttpApi') return { event: 'http', ...samRequest(isObject(event) ? event['Properties'] : undefined) }
  if (type === 'Schedule' || type === 'ScheduleV2') return { event: 'schedule' }
  return { event: type === undefined ? 'other' : 'message' }
}

const samRequest = (properties: unknown): Pick<DeployedHandler, 'method' | 'path'> =>
  isObject(properties) ? { ...methodOf(properties['Method']), ...pathOf(properties['Path']) } : {}

// ------------------------------------------------------------------ places

/** `src/handlers/create.main` in a folder: file and exported name. */
const placed = (folder: string, handler: string | undefined, use: Omit<DeployedHandler, 'file' | 'export'>): DeployedHandler[] => {
  const found = /^(?:\.\/)?(.*\/)?([^/]+?)\.([\w$.]+)$/.exec(handler ?? '')
  if (!found || handler?.includes('${')) return []
  const file = inFolder(folder, `${found[1] ?? ''}${found[2] ?? ''}`)
  return [{ file, export: found[3] ?? 'handler', ...use }]
}
