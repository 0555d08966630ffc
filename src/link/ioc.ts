import { ADONIS_4, ADONIS_4_SERVICES } from '../catalog/adonis-4.js'
import type { Manifest } from '../model/input.js'

/** Where a name of AdonisJS 4's container leads: a module of the project, or a path of a library. */
export const contained = (name: string, manifest: Manifest | undefined): { file: string } | { path: string } | undefined => {
  if (!manifest || !ADONIS_4.some((name) => name in manifest.dependencies)) return undefined
  const [root = '', ...rest] = name.split('/')
  const folder = rest.length > 0 ? foldersOf(manifest)[root] : undefined
  if (folder !== undefined) return { file: `./${[folder, ...rest].join('/')}` }
  const service = ADONIS_4_SERVICES[name.replace(/^Adonis\/(?:Src|Addons)\//, '')]
  return service === undefined ? undefined : { path: service }
}

/** `"autoload": { "App": "./app" }` of package.json. */
const foldersOf = ({ json }: Manifest): Record<string, string> => {
  const { autoload } = json
  const named = typeof autoload === 'object' && autoload !== null ? Object.entries(autoload).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : []
  return { App: 'app', ...Object.fromEntries(named.map(([name, folder]) => [name, folder.replace(/^\.\//, '')])) }
}
