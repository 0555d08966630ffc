import { yamlParser } from './lex/documents.js'
import { blankTemplate } from './lex/template.js'
import { parseToml } from './lex/toml.js'
import { isCloudFormation, readBicep, readCloudFormation, readCloudKeys } from './read/cloud.js'
import { isCompose, readCompose } from './read/compose.js'
import { isHelmValues, readHelmValues } from './read/helm.js'
import { isKubernetes, readKubernetes } from './read/kubernetes.js'
import { isKustomization, isOperations, readKustomization, readOperations } from './read/kustomize.js'
import { isPm2, readPm2 } from './read/pm2.js'
import * as platforms from './read/platforms.js'
import { readProcfile, readSystemd } from './read/processes.js'
import { readApache, readCaddyfile, readHaproxy, readNginx } from './read/proxies.js'
import { readRouting } from './read/routing.js'
import { readTerraform } from './read/terraform.js'
import type { DocumentReading, Reading } from './source.js'
import { entryAt, textAt } from './tree.js'
import type { Tree } from './tree.js'

/** Reads a file with the reader that its name asks for, or what it holds. One reader a file; Dockerfiles have theirs elsewhere. */
export async function fileReader(files: readonly { path: string; text: string }[]): Promise<(reading: Reading) => void> {
  const written = new Map(files.flatMap(({ path, text }) => (saysSomething(path, text) ? [[path, isTemplate(path, text) ? blankTemplate(text) : text] as const] : [])))
  const parseYaml = await yamlParser([...written.values()])
  return (reading) => readFile({ ...reading, parseYaml }, written.get(reading.source.path))
}

function readFile(reading: DocumentReading, document: string | undefined): void {
  const { path } = reading.source
  const named = BY_NAME.find(([pattern]) => pattern.test(path))
  if (named) return named[1](reading)
  if (document !== undefined) return readDocuments(reading, document)
  if (/\.toml$/i.test(path)) return readTomlFile(reading)
  if (/\.(conf|cfg)(\.\w+)?$|\.nginx$|(^|\/)nginx/i.test(path)) readProxyText(reading)
}

const DOCUMENTS = /\.(ya?ml|json|config|yml\.j2|yaml\.tpl)$/i

const BY_NAME: readonly [RegExp, (reading: Reading) => void][] = [
  [/(^|\/)Caddyfile[\w.-]*$|\.caddy$/i, readCaddyfile],
  [/(^|\/)Procfile[\w.-]*$/, readProcfile],
  [/\.service$/, readSystemd],
  [/\.(tf|hcl|tofu)$/, readTerraform],
  [/\.bicep$/, readBicep],
  [/haproxy[\w.-]*\.(cfg|conf)$/i, readHaproxy],
]

/** `.conf` and `.cfg` say little: the content decides. */
function readProxyText(reading: Reading): void {
  const { text } = reading.source
  if (/^\s*(backend|frontend|listen)\s+\S+/m.test(text) && /^\s*(balance|server|bind)\s/m.test(text) && !/;\s*$/m.test(text)) readHaproxy(reading)
  else if (/<VirtualHost|<Proxy|BalancerMember|ProxyPass|ProxySet/i.test(text)) readApache(reading)
  else if (/\b(upstream|server|http|location)\b[^;{}]*\{/.test(text)) readNginx(reading)
}

function readTomlFile(reading: Reading): void {
  const { path, text } = reading.source
  const kind = /(^|\/)fly(\.[\w-]+)?\.toml$/.test(path) ? 'fly' : /(^|\/)netlify\.toml$/.test(path) ? 'netlify' : /(^|\/)wrangler[\w.-]*\.toml$/.test(path) ? 'cloudflare' : /traefik|dynamic/i.test(path) ? 'traefik' : undefined
  if (!kind) return
  const { root, errors } = parseToml(text)
  for (const error of errors) reading.unread(error.message, error.at)
  if (kind === 'fly') platforms.readFly(reading, root)
  else if (kind === 'traefik') readRouting(reading, root, undefined, 'app', 'traefik')
  else platforms.readEdgePlatform(reading, root, kind)
}

const isTemplate = (path: string, text: string): boolean => /(^|\/)templates\/|\.tpl$/.test(path) && text.includes('{{')

/** Keys without which no YAML or JSON file says anything about deployment: the rest is not worth parsing. */
const MARKS = /\b(apiVersion|services|Resources|provider|script|patches|op|formation|addons|features|runtime|replicas|replicaCount|persistence|[sS]essionAffinity|annotations|autoscaling|static_resources|virtual_hosts|sticky|\$schema|option_settings|crons|disk|spec|compatibility_date|env|stickySessions|clientAffinityEnabled)["']?\s*:/
const FOREIGN = /(^|\/)(\.github|\.circleci|\.gitlab-ci[^/]*|\.travis\.yml|azure-pipelines[^/]*|bitbucket-pipelines\.yml|openapi[^/]*|swagger[^/]*|mkdocs\.yml)(\/|$)/i

/** Whether a file is YAML or JSON and worth parsing. */
const saysSomething = (path: string, text: string): boolean =>
  DOCUMENTS.test(path) && !BY_NAME.some(([pattern]) => pattern.test(path)) && !FOREIGN.test(path) && (MARKS.test(text) || /(^|\/)vercel\.json$/.test(path))

function readDocuments(reading: DocumentReading, document: string): void {
  const { path, text } = reading.source
  const template = isTemplate(path, text)
  const { documents, errors } = reading.parseYaml(document)
  const error = errors[0]
  // A blanked template is often no longer strict YAML: what can be read of it is enough.
  if (error && !template) reading.unread(error.message, error.at)
  for (const tree of documents) readDocument(reading, tree, template)
}

const BY_CONTENT: readonly [(path: string, tree: Tree) => boolean, (reading: DocumentReading, tree: Tree) => void][] = [
  [(path, tree) => isKustomization(path, tree), readKustomization],
  [(_, tree) => isOperations(tree), readOperations],
  [(path) => /(^|\/)vercel\.json$/.test(path), (reading, tree) => platforms.readEdgePlatform(reading, tree, 'vercel')],
  [(path) => /(^|\/)wrangler\.jsonc?$/.test(path), (reading, tree) => platforms.readEdgePlatform(reading, tree, 'cloudflare')],
  [(path) => /(^|\/)fly\.json$/.test(path), platforms.readFly],
  [(path, tree) => /(^|\/)app\.json$/.test(path) && (entryAt(tree, 'formation') ?? entryAt(tree, 'env') ?? entryAt(tree, 'addons') ?? entryAt(tree, 'features')) !== undefined, platforms.readHerokuApp],
  [(path) => /(^|\/)render\.ya?ml$/.test(path), platforms.readRender],
  [(path, tree) => /(^|\/)(\.do\/[^/]+|app-?spec)\.ya?ml$/.test(path) && (entryAt(tree, 'services') ?? entryAt(tree, 'spec', 'services')) !== undefined, platforms.readDigitalOcean],
  [(path, tree) => /(^|\/)app[\w.-]*\.ya?ml$/.test(path) && entryAt(tree, 'runtime') !== undefined, platforms.readAppEngine],
  [(path, tree) => /(^|\/)serverless[\w.-]*\.(ya?ml|json)$/.test(path) || (entryAt(tree, 'provider') !== undefined && entryAt(tree, 'functions') !== undefined && textAt(tree, 'service') !== undefined), platforms.readServerless],
  [(_, tree) => isCloudFormation(tree), readCloudFormation],
  [(path, tree) => isCompose(path, tree), readCompose],
  [(path) => isHelmValues(path), readHelmValues],
  [(_, tree) => isPm2(tree), readPm2],
  [(_, tree) => entryAt(tree, 'static_resources') !== undefined || entryAt(tree, 'virtual_hosts') !== undefined || entryAt(tree, 'resources', '@type') !== undefined, (reading, tree) => readRouting(reading, tree, undefined, 'app', 'envoy')],
  [(path, tree) => (entryAt(tree, 'http', 'services') ?? entryAt(tree, 'tcp', 'services')) !== undefined || /traefik/i.test(path), (reading, tree) => readRouting(reading, tree, undefined, 'app', 'traefik')],
  [(path, tree) => /deploymentTemplate/.test(textAt(tree, '$schema') ?? '') || /(^|\/)\.ebextensions\//.test(path) || /containerapp/i.test(path), readCloudKeys],
]

function readDocument(reading: DocumentReading, tree: Tree, template: boolean): void {
  const { path } = reading.source
  const found = BY_CONTENT.find(([matches]) => matches(path, tree))
  if (found) found[1](reading, tree)
  else if (isKubernetes(tree)) readKubernetes(reading, tree, template ? 'helm' : 'kubernetes')
  else if (/(^|\/)(overlays|patches|base|k8s|kustomize)\//.test(path) && entryAt(tree, 'spec')) readKubernetes(reading, tree, 'kustomize')
}
