import type { CatalogRow, InfraModel } from '../../src/model/catalog.js'
import { BY_HAND } from './by-hand.js'
import { argumentsFor, made } from './written.js'

/** A call that a row says something of, and whether one of these rules tells of it. */
export interface Case { what: string; args: string; isTold: boolean; rules: string[] }

const RULES: Record<InfraModel['kind'], string | undefined> = {
  'rate-limit': 'in-memory-rate-limit', pubsub: 'in-process-pubsub', socket: 'socket-without-adapter', scheduler: 'in-process-scheduler', queue: 'in-process-queue',
  lock: 'in-process-lock', cache: 'process-cache', 'auth-store': 'in-memory-token', 'agent-memory': 'in-memory-session',
  sequence: undefined,
}

/** Work that somebody notices when it is done twice. */
const JOB = "async () => { await fetch('https://mail.example/send', { method: 'POST', body: 'report' }) }"

type Given = [path: string, value: string]
const text = (value: string): string => (value === 'true' || value === 'false' ? value : `'${value.replaceAll('*', 'x')}'`)

const casesFor = (...rules: string[]) => (what: string, given: Given[], isTold: boolean): Case[] => {
  const args = argumentsFor(given)
  return args === undefined ? [] : [{ what, args, isTold, rules }]
}

/** What each call of a row needs besides its option: the job of a scheduler, the argument that it holds for. */
function needed({ infra }: CatalogRow): Given[] {
  const { job, onlyWhen, when } = infra ?? {}
  return [
    ...(job === undefined || job === 'this' ? [] : [[job, job === '0.jobs' ? "['mail']" : JOB] as Given]),
    ...(onlyWhen?.values?.[0] === undefined ? [] : [[onlyWhen.arg, /^\d/.test(onlyWhen.values[0]) ? onlyWhen.values[0] : text(onlyWhen.values[0])] as Given]),
    ...(when === undefined ? [] : [[`${when}.max`, '5'] as Given]),
  ]
}

/** The default, each option with a client of Redis and with a Map, and each text that a driver has. */
function sessions({ session }: CatalogRow): Case[] {
  if (!session) return []
  const caseOf = casesFor('memory-session-store')
  const { driver, store = [] } = session
  const texts = Object.entries({ external: driver?.external, memory: driver?.memory, file: driver?.file, cookie: driver?.cookie, sealed: driver?.sealed })
  return [
    ...caseOf('default', [], isHere(session.default)),
    ...store.flatMap((option) => [...caseOf(`${option}: a client`, [[option, 'outside']], false), ...caseOf(`${option}: a Map`, [[option, 'inside']], true)]),
    ...texts.flatMap(([kind, values = []]) => values.flatMap((value) => caseOf(`${driver?.arg}: ${value}`, [[driver?.arg ?? '', text(value)]], isHere(kind)))),
  ]
}

const isHere = (kind: string): boolean => kind === 'memory' || kind === 'file'

function infrastructure(row: CatalogRow): Case[] {
  const { infra } = row
  const rule = infra && RULES[infra.kind]
  if (!infra || rule === undefined) return []
  // A bot's memory is a session as well, and told once.
  const caseOf = casesFor(rule, ...(row.container ? ['module-mutable-state'] : []), ...(row.session?.name === infra.name ? ['memory-session-store'] : []))
  const base = needed(row)
  const { driver, external = [], acceptable = false } = infra
  return [
    ...caseOf('default', base, driver?.absent !== 'external' && !acceptable),
    ...external.flatMap((option) => [...caseOf(`${option}: a client`, [...base, [option, 'outside']], false), ...caseOf(`${option}: a Map`, [...base, [option, 'inside']], !acceptable)]),
    ...Object.entries({ external: driver?.external, memory: driver?.memory }).flatMap(([kind, values = []]) => values.flatMap((value) => caseOf(`${driver?.arg}: ${value}`, [...base, [driver?.arg ?? '', text(value)]], kind === 'memory' && !acceptable))),
  ]
}

function databases({ embedded }: CatalogRow): Case[] {
  if (!embedded) return []
  const caseOf = casesFor('embedded-database')
  const { location, remote = [], when, addresses, store = [] } = embedded
  const type = when?.values[0] === undefined ? [] : [[when.arg, text(when.values[0])] as Given]
  return [
    ...(when ? [...when.values.flatMap((value) => caseOf(`${when.arg}: ${value}`, [[when.arg, text(value)]], true)), ...caseOf(`${when.arg}: a server`, [[when.arg, "'postgres'"]], false)]
      : location && remote.length > 0 ? caseOf('a file', [[location, "'./data.db'"]], true) : caseOf('default', location ? [[location, "'./data.db'"]] : [], true)),
    ...(location === undefined ? [] : remote.flatMap((prefix) => caseOf(`${location}: ${prefix}`, [...type, [location, `'${prefix}host.example/one'`]], false))),
    ...(addresses ? addresses.prefixes.flatMap((prefix) => caseOf(`${addresses.arg}: ${prefix}`, [[addresses.arg, `'${prefix}data.db'`]], true)) : []),
    ...store.flatMap((option) => caseOf(`${option}: a client`, [...type, [option, 'outside']], false)),
  ]
}

function files({ disk }: CatalogRow): Case[] {
  if (!disk || (disk.op !== 'configure' && disk.op !== 'write')) return []
  const caseOf = casesFor('local-disk-state')
  const { path, when = [], unless = [], not = [] } = disk
  const folder: Given[] = path === undefined ? [] : [[path, "'./files/one'"]]
  const present = when.filter((one) => one !== path).slice(0, when.includes(path ?? '') ? 0 : 1).map((one): Given => [one, 'true'])
  return [
    ...caseOf('a folder', [...folder, ...present], true),
    ...(when.length > 0 ? caseOf('nothing', [], false) : []),
    ...unless.flatMap((option) => caseOf(`${option}: a client`, [...folder, ...present, [option, 'outside']], false)),
    ...not.flatMap((value) => (path === undefined ? [] : caseOf(`${path}: ${value}`, [[path, text(value)]], false))),
  ]
}

/** A store is told of where a session middleware is given it. */
function stores({ store }: CatalogRow): Case[] {
  if (!store) return []
  const caseOf = casesFor('memory-session-store')
  const alone = store.client !== undefined && store.alone !== undefined
  return [
    ...caseOf('given to sessions', store.client === undefined || alone ? [] : [[store.client, 'outside']], alone ? true : store.kind !== 'external'),
    ...(store.client === undefined || store.kind !== 'external' ? [] : caseOf('on a client', [[store.client, 'outside']], false)),
  ]
}

/** What is written of a row, by what it is. */
export function casesOf(row: CatalogRow): Case[] {
  if (row.session || row.infra) return [...sessions(row), ...infrastructure(row)]
  if (row.embedded) return databases(row)
  return row.disk ? files(row) : stores(row)
}

/** Is there a path of which code can be made, and something to ask of it? */
export const isWritten = (row: CatalogRow): boolean => casesOf(row).length > 0 && [row.path].flat().some((path) => !BY_HAND.has(path) && made(path, 'm') !== undefined)
