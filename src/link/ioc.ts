import type { Manifest } from '../model/input.js'

/** What AdonisJS 4 hands out by name: `use('Route')` is what later versions import. */
const SERVICES: Record<string, string> = {
  Route: '@adonisjs/core/services/router#default', Model: '@adonisjs/lucid/orm#BaseModel', Database: '@adonisjs/lucid/services/db#default',
  Event: '@adonisjs/core/services/emitter#default', Validator: '@adonisjs/validator#default', Helpers: '@adonisjs/ignitor#Helpers.new', Env: '@adonisjs/core/env#Env.new', Persona: '@adonisjs/persona#Persona.new',
  Drive: '@adonisjs/drive/services/main#default', Redis: '@adonisjs/redis/services/main#default', Mail: '@adonisjs/mail/services/main#default', Hash: '@adonisjs/core/services/hash#default',
}

/** Where a name of AdonisJS 4's container leads: a module of the project, or a path of a library. */
export const contained = (name: string, manifest: Manifest | undefined): { file: string } | { path: string } | undefined => {
  if (!manifest || !('@adonisjs/fold' in manifest.dependencies || '@adonisjs/framework' in manifest.dependencies)) return undefined
  const [root = '', ...rest] = name.split('/')
  const folder = rest.length > 0 ? foldersOf(manifest)[root] : undefined
  if (folder !== undefined) return { file: `./${[folder, ...rest].join('/')}` }
  const service = SERVICES[name.replace(/^Adonis\/(?:Src|Addons)\//, '')]
  return service === undefined ? undefined : { path: service }
}

/** `"autoload": { "App": "./app" }` of package.json. */
const foldersOf = ({ json }: Manifest): Record<string, string> => {
  const { autoload } = json
  const named = typeof autoload === 'object' && autoload !== null ? Object.entries(autoload).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : []
  return { App: 'app', ...Object.fromEntries(named.map(([name, folder]) => [name, folder.replace(/^\.\//, '')])) }
}
