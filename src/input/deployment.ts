import { posix } from 'node:path'
import { CONFIGURATION_FILE } from '../schema/configured.js'
import { DATASOURCE_FILE } from '../schema/datasources.js'

/** What a file that is no source may be. */
export type OtherKind = 'deployment' | 'schema' | 'environment' | 'tsconfig'

const byName: [OtherKind, RegExp][] = [
  ['tsconfig', /^(?:tsconfig|jsconfig)(?:\.[\w.-]+)?\.json$/],
  ['environment', /^(?:\.env(?:[.-].+)?|[\w-]+\.env|env\.(?:example|sample|template))$/],
  ['schema', /\.(?:prisma|sql)$/],
  ['deployment', /^(?:(?:.+[.-])?dockerfile(?:[.-].+)?|containerfile|procfile|caddyfile(?:[.-].+)?|.+\.caddy|haproxy.*\.(?:cfg|conf))$/i],
  ['deployment', /^(?:docker-)?compose(?:[.-].+)?\.ya?ml$|^docker-(?:stack|swarm)(?:[.-].+)?\.ya?ml$/],
  ['deployment', /^nginx.*\.conf(?:\.template|\.example|\.sample)?$|^kustomization\.ya?ml$|^traefik.*\.(?:ya?ml|toml)$|\.(?:tf|tofu|service|bicep)$/],
  ['deployment', /^serverless(?:[.-].+)?\.(?:ya?ml|[jt]s)$|^(?:sam[.-])?template\.ya?ml$/],
  ['deployment', /^(?:fly(?:\..+)?\.toml|render\.yaml|app\.(?:ya?ml|json)|vercel\.json|netlify\.toml|wrangler\.(?:toml|jsonc?)|railway\.(?:toml|json)|heroku\.yml)$/],
  ['deployment', /^(?:ecosystem\.config\.(?:[cm]?js|json|ya?ml)|ecosystem\.json|(?:pm2|processes)(?:[.-][\w-]+)*\.(?:json|ya?ml|config\.c?js))$/],
]

/** Most files of a repository: sources, styles, pictures. A few configurations are written in such files too, and their names are tried. */
const ORDINARY = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|css|scss|less|html|md|mdx|svg|png|jpe?g|gif|ico|woff2?|snap)$/
const NAMED = /^(?:\.|serverless|ecosystem|pm2|processes|docker|compose|procfile)|dockerfile|containerfile|caddyfile/i


/** What a file is by its name; `ask` where only its text can tell. */
export function kindByName(file: string): OtherKind | 'ask' | undefined {
  const name = posix.basename(file)
  if (CONFIGURATION_FILE.test(file) || DATASOURCE_FILE.test(file)) return 'schema'
  if (ORDINARY.test(name) && !NAMED.test(name)) return undefined
  for (const [kind, pattern] of byName) if (pattern.test(name)) return kind
  if (/(?:^|\/)templates\/.*\.(?:ya?ml|tpl)$/.test(file) || /^values(?:[.-].+)?\.ya?ml$/.test(name)) return 'ask'
  if (/(?:^|\/)traefik\/.*\.toml$/.test(file) || /^(?:fly|azuredeploy|.+\.template)\.json$/.test(name) || /(?:^|\/)\.ebextensions\/.*\.config$/.test(file)) return 'deployment'
  return /\.(?:ya?ml|conf|conf\.template)$/.test(name) ? 'ask' : undefined
}

/** YAML that pipelines and API descriptions are written in. */
const FOREIGN = /(?:^|\/)(?:\.github|\.circleci)\/|(?:^|\/)(?:\.gitlab-ci|\.travis|azure-pipelines|bitbucket-pipelines|openapi|swagger|mkdocs|pnpm-)[^/]*$/i

/** What else says that a YAML file is read by something that deploys: CloudFormation, Envoy, Traefik, patches of Kustomize, serverless and container apps. */
const MARKED = [
  /^\s+['"]?Type['"]?:\s*['"]?AWS::/m,
  /^(?:static_resources|virtual_hosts):/m,
  /^(?:http|tcp):\s*\n(?:\s*#.*\n)*\s+(?:routers|services|middlewares):/m,
  /^\s*-\s*op:\s*(?:add|replace)\s*\n\s+path:\s*['"]?\/spec\//m,
  /^provider:\s*\n(?:.*\n)*?\s+name:\s*(?:aws|google|azure)\b/m,
  /^\s*stickySessions:/m,
  // Functions that a `serverless.yml` takes from another file.
  /^\s+handler:\s*['"]?[\w./-]+\.\w+['"]?\s*$/m,
]

/** A compose file under another name: services with an image or a build, and ports or volumes. */
const isComposeText = (text: string): boolean => /^services:\s*$/m.test(text) && /^\s{2,}(?:image|build):/m.test(text) && /^\s{2,}(?:ports|volumes|container_name):/m.test(text)

/** Whether the text of a file of kind `ask` is a Kubernetes manifest or a proxy's configuration, or it belongs to a chart. */
export function isDeploymentText(file: string, text: string, chartFolders: readonly string[]): boolean {
  if (/\.conf(?:\.template)?$/.test(file)) return /^\s*(?:(?:server|upstream\s+\S+)\s*\{|<Proxy\s|BalancerMember\s|ProxyPass\s)/m.test(text)
  if (chartFolders.some(folder => isInChart(file, folder))) return true
  if (FOREIGN.test(file)) return false
  return (/^\s*apiVersion:/m.test(text) && /^\s*kind:/m.test(text)) || MARKED.some(pattern => pattern.test(text)) || isComposeText(text)
}

function isInChart(file: string, chart: string): boolean {
  const prefix = chart === '.' ? '' : `${chart}/`
  if (!file.startsWith(prefix)) return false
  const inside = file.slice(prefix.length)
  return inside.startsWith('templates/') || /^values[^/]*$/.test(inside)
}
