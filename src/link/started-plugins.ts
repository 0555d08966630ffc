import { folderOf } from './paths.js'
import type { Library } from './library.js'
import { NOTHING } from './solver.js'

/** `fastify start -l info app.js`: the command makes the application, and the file is a plugin of it. */
const STARTED = /\bfastify(?:-cli)?\s+start\b(?:\s+--?[\w-]+(?:[= ][\w.:-]+)?)*?\s+(\.{0,2}[\w./-]+\.[cm]?[jt]s)(?=\s|$)/g

/** Runs the plugins that commands of a framework start by themselves. */
export const startPlugins = (library: Library): void => {
  const { a } = library
  const seen = new Set<string>()
  for (const unit of a.units) {
    const manifest = a.resolver.manifestOf(unit.path)
    if (!manifest || seen.has(manifest.dir)) continue
    seen.add(manifest.dir)
    for (const file of new Set(Object.values(manifest.scripts).flatMap((script) => [...script.matchAll(STARTED)].flatMap(([, path]) => path ?? [])))) start(library, manifest.dir, file)
  }
}

const start = (library: Library, dir: string, file: string): void => {
  const { a, registration } = library
  const to = a.resolver.resolve(dir === '.' ? 'package.json' : `${dir}/package.json`, `./${file.replace(/^\.\//, '')}`)
  const unit = to.kind === 'file' ? a.unitOf.get(to.file) : undefined
  if (!unit) return
  a.evaluateLater(unit)
  const recv = a.object({ unit, site: undefined, phase: 'startup', env: undefined, shape: 'library', path: 'fastify#FastifyInstance.new' })
  const made = { inst: unit.module, site: { k: 'this' as const, p: 0, e: 0 }, path: 'fastify#FastifyInstance.new.register', recv, args: [], result: NOTHING }
  registration.loadedPlugin(made, { dir: '0', as: 'plugin' }, folderOf(unit.path), unit)
}
