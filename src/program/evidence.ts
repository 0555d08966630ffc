import type { InfraModel } from '../model/catalog.js'
import type { QuestionId } from '../model/finding.js'
import type { Site } from '../model/site.js'
import type { StoreChoice } from './libraries.js'
import type { Program } from './program.js'

/** A fact that speaks for a question. */
export interface EvidenceFact {
  question: QuestionId
  message: string
  site: Site
}

const BACKENDS: Record<string, string> = {
  redis: 'Redis', ioredis: 'Redis', rediss: 'Redis', upstash: 'Redis', memcached: 'Memcached', memcache: 'Memcached', postgres: 'PostgreSQL', postgresql: 'PostgreSQL', mysql: 'MySQL', mssql: 'SQL Server',
  sql: 'a SQL database', mongodb: 'MongoDB', mongo: 'MongoDB', dynamodb: 'DynamoDB', firestore: 'Firestore', azure: 'Azure', kv: 'a key-value service', document: 'a document database', database: 'a database', supabase: 'Supabase',
  knex: 'a SQL database (knex)', sequelize: 'a SQL database (sequelize)', typeorm: 'a database (typeorm)', prisma: 'a database (prisma)', drizzle: 'a SQL database (drizzle)', kysely: 'a SQL database (kysely)',
  'mikro-orm': 'a database (mikro-orm)', broker: 'a shared broker', hosted: 'a hosted service', 'object-storage': 'object storage', 'secondary-storage': 'the secondary storage that it is given', custom: 'a store that the project brings',
}

const KINDS: Partial<Record<InfraModel['kind'], { question: QuestionId; does: string }>> = {
  'rate-limit': { question: 'scaling', does: 'counts in' }, pubsub: { question: 'scaling', does: 'delivers through' }, socket: { question: 'scaling', does: 'reaches clients of other replicas through' },
  queue: { question: 'scaling', does: 'keeps its work in' }, lock: { question: 'scaling', does: 'locks in' }, scheduler: { question: 'scaling', does: 'is coordinated by' },
  cache: { question: 'session', does: 'caches in' }, 'auth-store': { question: 'auth', does: 'keeps tokens and codes in' }, 'agent-memory': { question: 'session', does: 'keeps conversations in' },
}

/** What speaks for a question: rows that say so themselves, and the stores that sessions and infrastructure are given. */
export function evidenceFacts(program: Program): EvidenceFact[] {
  const said = program.libraries.withFacet('evidence').flatMap(({ row, site }) => (row.evidence ? [{ ...row.evidence, site }] : []))
  return [...sessions(program), ...ownSessions(program), ...infra(program), ...objects(program), ...said]
}

function sessions(program: Program): EvidenceFact[] {
  return program.libraries.withFacet('session').flatMap((use) => {
    const { session } = use.row
    const where = session && placeOf(program.libraries.sessionChoice(use, session))
    return where ? [{ question: 'session' as const, message: `${session.name} keeps ${where}`, site: use.site }] : []
  })
}

const ownSessions = (program: Program): EvidenceFact[] =>
  program.ownSessions().map(({ call, name }) => ({ question: 'session', message: `sessions are kept outside the process, in \`${name}\``, site: program.siteOf(call.inst, call.site) }))

function placeOf({ kind, backend }: StoreChoice): string | undefined {
  if (kind === 'cookie-signed') return 'the session in a signed cookie'
  if (kind === 'cookie-sealed' || (kind === 'external' && backend === 'cookie')) return 'the session in a sealed cookie'
  return kind === 'external' ? `sessions in ${named(backend)}` : undefined
}

function infra(program: Program): EvidenceFact[] {
  return program.libraries.withFacet('infra').flatMap((use) => {
    const model = use.row.infra
    const kind = model && KINDS[model.kind]
    if (!model || !kind) return []
    const choice = program.libraries.infraChoice(use, model)
    return choice.kind === 'external' && choice.backend ? [{ question: kind.question, message: `${model.name} ${kind.does} ${named(choice.backend)}`, site: use.site }] : []
  })
}

/** Files that requests hand to object storage. */
function objects(program: Program): EvidenceFact[] {
  return program.libraries.withFacet('effect').flatMap(({ row, site, phase }) => (row.effect?.kind === 'object-put' && phase === 'request' ? [{ question: 'session' as const, message: `files go to object storage (${row.effect.by})`, site }] : []))
}

const named = (backend: string | undefined): string => (backend === undefined ? 'a store outside the process' : BACKENDS[backend] ?? `a store outside the process (${backend})`)
