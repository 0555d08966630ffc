import { posix } from 'node:path'

/** What a file that is no source may be. */
export type OtherKind = 'deployment' | 'schema' | 'environment' | 'tsconfig'

const byName: [OtherKind, RegExp][] = [
  ['tsconfig', /^(?:tsconfig|jsconfig)(?:\.[\w.-]+)?\.json$/],
  ['environment', /^(?:\.env(?:[.-].+)?|[\w-]+\.env|env\.(?:example|sample|template))$/],
  ['schema', /\.(?:prisma|sql)$/],
  ['deployment', /^(?:(?:.+[.-])?dockerfile(?:[.-].+)?|containerfile|procfile|caddyfile|haproxy.*\.cfg)$/i],
  ['deployment', /^(?:docker-)?compose(?:[.-].+)?\.ya?ml$|^docker-(?:stack|swarm)(?:[.-].+)?\.ya?ml$/],
  ['deployment', /^nginx.*\.conf(?:\.template|\.example|\.sample)?$|^traefik.*\.(?:ya?ml|toml)$|\.(?:tf|service)$/],
  ['deployment', /^serverless(?:[.-].+)?\.(?:ya?ml|[jt]s)$|^(?:sam[.-])?template\.ya?ml$/],
  ['deployment', /^(?:fly(?:\..+)?\.toml|render\.yaml|app\.(?:ya?ml|json)|vercel\.json|netlify\.toml|wrangler\.(?:toml|jsonc?)|railway\.(?:toml|json)|heroku\.yml)$/],
  ['deployment', /^(?:ecosystem\.config\.(?:[cm]?js|json|ya?ml)|ecosystem\.json|(?:pm2|processes)\.(?:json|ya?ml|config\.c?js))$/],
]

/** What a file is by its name; `ask` where only its text can tell. */
export function kindByName(file: string): OtherKind | 'ask' | undefined {
  const name = posix.basename(file)
  for (const [kind, pattern] of byName) if (pattern.test(name)) return kind
  if (/(?:^|\/)templates\/.*\.(?:ya?ml|tpl)$/.test(file) || /^values(?:[.-].+)?\.ya?ml$/.test(name)) return 'ask'
  return /\.(?:ya?ml|conf|conf\.template)$/.test(name) ? 'ask' : undefined
}

/** Whether the text of a file of kind `ask` is a Kubernetes manifest or a proxy's configuration, or it belongs to a chart. */
export function isDeploymentText(file: string, text: string, chartFolders: readonly string[]): boolean {
  if (/\.conf(?:\.template)?$/.test(file)) return /^\s*(?:server|upstream\s+\S+)\s*\{/m.test(text)
  if (chartFolders.some(folder => isInChart(file, folder))) return true
  return /^\s*apiVersion:/m.test(text) && /^\s*kind:/m.test(text)
}

function isInChart(file: string, chart: string): boolean {
  const prefix = chart === '.' ? '' : `${chart}/`
  if (!file.startsWith(prefix)) return false
  const inside = file.slice(prefix.length)
  return inside.startsWith('templates/') || /^values[^/]*$/.test(inside)
}
