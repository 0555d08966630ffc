import { posix } from 'node:path'
import type { Manifest } from '../model/input.js'

/**
 * Adds what a package's scripts run (`nuxt build`) though the package itself does not name it: it is hoisted to a folder above, or comes
 * with a package of the workspace that this one is built on, such as a layer of Nuxt.
 */
export function withInherited(manifests: Manifest[]): Manifest[] {
  const byDir = new Map(manifests.map(manifest => [manifest.dir, manifest]))
  const byName = new Map(manifests.flatMap(manifest => manifest.name === undefined ? [] : [[manifest.name, manifest] as const]))
  return manifests.map(manifest => {
    const missing = commands(manifest).filter(name => !(name in manifest.dependencies))
    if (missing.length === 0) return manifest
    const sources = [...builtOn(manifest, byName), ...above(manifest.dir, byDir)]
    const found = missing.flatMap(name => {
      const range = sources.find(({ dependencies }) => name in dependencies)?.dependencies[name]
      return range === undefined ? [] : [[name, range] as const]
    })
    return found.length === 0 ? manifest : { ...manifest, dependencies: { ...manifest.dependencies, ...Object.fromEntries(found) } }
  })
}

/** Words of the scripts that may be commands; those that are no package are in nobody's dependencies. */
function commands({ scripts }: Manifest): string[] {
  return [...new Set(Object.values(scripts).flatMap(script => script.split(/[\s;&|"']+/)))].filter(word => /^[a-z][\w.-]*$/.test(word))
}

/** Packages of the workspace that a package depends on, and those that they depend on. */
function builtOn(manifest: Manifest, byName: ReadonlyMap<string, Manifest>): Manifest[] {
  const seen = new Set<Manifest>()
  const visit = ({ dependencies }: Manifest): void => {
    for (const name in dependencies) {
      const next = byName.get(name)
      if (next === undefined || next === manifest || seen.has(next)) continue
      seen.add(next)
      visit(next)
    }
  }
  visit(manifest)
  return [...seen]
}

function above(dir: string, byDir: ReadonlyMap<string, Manifest>): Manifest[] {
  const found: Manifest[] = []
  for (let at = dir; at !== '.';) {
    at = posix.dirname(at)
    const manifest = byDir.get(at)
    if (manifest !== undefined) found.push(manifest)
  }
  return found
}
