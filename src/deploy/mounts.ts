import type { VolumeFact } from '../model/deploy.js'

/** What a mount holds, judged by the path on the host (where there is one) and the path in the container. */
export function holdsOf(source: string | undefined, target: string, binds: boolean): VolumeFact['holds'] {
  const from = lastPart(source ?? '')
  const to = lastPart(target)
  if (target.endsWith('.sock') || /^\/(tmp|run|var\/run|dev|proc|sys)(\/|$)/.test(target) || SCRATCH.test(to) || (binds && SCRATCH.test(from)) || CACHE.test(to) || CACHE.test(from) || /\/\.cache\//.test(target)) return 'scratch'
  if (isConfigFile(to) || (binds && isConfigFile(from)) || CONFIG.test(to) || /^\/etc(\/|$)/.test(target) || (binds && (CONFIG.test(from) || (source ?? '').startsWith('/etc/')))) return 'config'
  if (LOGS.test(to) || (binds && LOGS.test(from))) return 'logs'
  if (binds && isProject(source ?? '')) return 'source'
  if (SOURCE.test(to) && (binds || source === undefined)) return 'source'
  if (binds && SOURCE.test(from) && !STATE.test(to)) return 'source'
  return 'state'
}

/** What can be fetched or computed again. */
const CACHE = /(^|[-_.])caches?$/i
const SCRATCH = /^(node_modules|\.git|\.next|\.nuxt|\.output|\.cache|\.npm|\.yarn|\.pnpm-store|\.turbo|\.vite|\.parcel-cache|\.bundle|pnpm-store|pnpm|yarn-cache|npm-cache|tmp|temp|shm|docker\.sock)$/i
const CONFIG = /^(configs?|conf|conf\.d|etc|certs?|ssl|tls|letsencrypt|secrets?|keys|settings|docker-entrypoint-initdb\.d|initdb|init|localtime|timezone|themes?|locales|translations|\.aws|\.ssh|\.kube|\.config|\.env|wait-for(-it)?|(docker-)?entrypoint|healthcheck)$/i
const LOGS = /^(logs?|pm2-logs)$/i
const SOURCE = /^(src|source|app|apps|server|client|frontend|backend|api|web|lib|libs|packages?|dist|build|bin|scripts?|tests?|__tests__|e2e|cypress|code|workspace|prisma|migrations|seeders?|seeds|components|pages|routes|controllers|models|views|templates|docs|coverage|playwright-report)$/i
const STATE = /^\.?(data|db|database|storage|uploads?|files|media|content|attachments?|assets|sessions?|state|var)$/i

/** Does a path say itself that it holds data? */
export const isDataPath = (path: string): boolean => STATE.test(lastPart(path)) || path.startsWith('/var/lib/')

/** Where the images of database servers keep their data: whoever mounts something there is one. */
export const isDatabaseFolder = (path: string): boolean => /^\/(var\/lib\/(postgresql|pgsql|mysql|mariadb|mongodb|cassandra|scylla|clickhouse|couchdb|influxdb2?|neo4j|arangodb3|elasticsearch)|var\/opt\/mssql|data\/(db|configdb)|usr\/share\/(elasticsearch|opensearch)\/data|cockroach\/cockroach-data|bitnami\/(postgresql|mysql|mariadb|mongodb|cassandra|clickhouse|elasticsearch))(\/|$)/.test(path)

/** A single file is configuration unless its name says data. */
const isConfigFile = (name: string): boolean => /^[^.].*\.\w+$|^\.\w+rc$|^\.env/.test(name) && /\.(ya?ml|json5?|toml|conf|cfg|ini|env|properties|pem|crt|key|cert|p12|js|cjs|mjs|ts|tsx|sh|sql|xml|html|lock|txt|md|css|cnf|acl|tmpl|template|d|local|production|development)$|^\.(\w+rc|env\w*)$/i.test(name)

/** `.`, `./`, `..`, `../..`, `${PWD}`: the working copy itself. */
const isProject = (source: string): boolean => /^(\.{1,2}(\/\.{1,2})*\/?|\$\{?PWD\}?\/?|\$\{?(localWorkspaceFolder|PROJECT_ROOT|APP_DIR|CODE_PATH\w*)\}?)(:cached)?$/.test(source)

const lastPart = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? ''
