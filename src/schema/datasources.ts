import type { SchemaFacts } from '../model/schema.js'

/** What LoopBack 3 reads: data sources, and which models are attached to which; `datasources.production.json` says otherwise for one environment. */
export const DATASOURCE_FILE = /(?:^|\/)(?:datasources(?:\.(?:production|local))?|model-config)\.json$/

type Provider = SchemaFacts['providers'][number]
interface SourceFile { path: string; text: string }

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
const isModels = ({ path }: SourceFile): boolean => path.endsWith('model-config.json')

/** Data sources in memory that models are attached to. */
export function readDatasources(files: readonly SourceFile[]): Provider[] {
  const sources = files.filter((file) => DATASOURCE_FILE.test(file.path))
  return sources.filter(({ path }) => path.endsWith('datasources.json')).flatMap((file) => {
    const beside = sources.filter((other) => other !== file && folderOf(other.path) === folderOf(file.path))
    const attached = new Set(beside.filter(isModels).flatMap(({ text }) => Object.values(objects(text)).map(({ dataSource }) => dataSource)))
    const elsewhere = beside.filter((other) => !isModels(other)).flatMap(({ text }) => Object.entries(objects(text)).flatMap(([name, { connector }]) => (connector === 'memory' ? [] : [name])))
    return Object.entries(objects(file.text)).flatMap(([name, { connector }]) => (connector === 'memory' && attached.has(name) && !elsewhere.includes(name) ? [provider(file, name)] : []))
  })
}

function provider({ path, text }: SourceFile, name: string): Provider {
  const start = Math.max(0, text.indexOf(JSON.stringify(name)))
  return { site: { file: path, start, end: start + name.length + 2 }, provider: 'memory', datasource: name }
}

/** Members of a JSON object that are objects; none where the text is no JSON. */
function objects(text: string): Record<string, Record<string, unknown>> {
  try {
    const all: unknown = JSON.parse(text)
    return Object.fromEntries(Object.entries(all && typeof all === 'object' ? all : {}).filter(([, one]) => one !== null && typeof one === 'object'))
  } catch {
    return {}
  }
}
