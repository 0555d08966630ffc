import type { Unit } from './instances.js'
import { folderOf } from './paths.js'
import type { Library } from './library.js'
import { NOTHING, constant } from './solver.js'

const FLAGS = String.raw`\b(?:\s+--?[\w-]+(?:[= ][\w.:-]+)?)*?\s+(\.{0,2}[\w./-]+\.[cm]?[jt]s)(?=\s|$)`

/** Commands that make the application themselves and hand it to a file: `fastify start -l info app.js`, `probot run ./lib/index.js`. */
const COMMANDS = [
  { starts: new RegExp(String.raw`\bfastify(?:-cli)?\s+start${FLAGS}`, 'g'), path: 'fastify#FastifyInstance.new', plugin: true },
  { starts: new RegExp(String.raw`\bprobot\s+run${FLAGS}`, 'g'), path: 'probot#Probot.new', plugin: false },
]
type Command = (typeof COMMANDS)[number]

/** Runs what commands of a framework start by themselves. */
export const startPlugins = (library: Library): void => {
  const { a } = library
  const seen = new Set<string>()
  for (const unit of a.units) {
    const manifest = a.resolver.manifestOf(unit.path)
    if (!manifest || seen.has(manifest.dir)) continue
    seen.add(manifest.dir)
    const scripts = Object.values(manifest.scripts)
    for (const command of COMMANDS) for (const file of new Set(scripts.flatMap((script) => [...script.matchAll(command.starts)].flatMap(([, path]) => path ?? [])))) start(library, manifest.dir, file, command)
  }
}

const start = (library: Library, dir: string, file: string, { path, plugin }: Command): void => {
  const { a, mounts } = library
  const to = a.resolver.resolve(dir === '.' ? 'package.json' : `${dir}/package.json`, `./${file.replace(/^\.\//, '')}`)
  const unit = to.kind === 'file' ? a.unitOf.get(to.file) : undefined
  if (!unit) return
  a.evaluateLater(unit)
  const recv = a.object({ unit, site: undefined, phase: 'startup', env: undefined, shape: 'library', path })
  if (!plugin) return handTo(library, unit, recv.id)
  const made = { inst: unit.module, site: { k: 'this' as const, p: 0, e: 0 }, path: `${path}.register`, recv, args: [], result: NOTHING }
  mounts.loadedPlugin(made, { dir: '0', as: 'plugin' }, folderOf(unit.path), unit)
}

/** The function that the file exports is given the application. */
const handTo = (library: Library, unit: Unit, app: number): void => {
  const exported = library.access.modules.exportNode(unit, 'default')
  library.functions(exported, (fn) => library.calls.invoke(unit.module, { k: 'this', p: 0, e: 0 }, fn, [], [constant(app)], NOTHING, { phase: 'startup' }))
}
