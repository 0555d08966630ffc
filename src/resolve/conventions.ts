import { posix } from 'node:path'
import type { Manifest } from '../model/input.js'

/** Paths that a specifier stands for by convention of the package's framework, or of bundlers at large. */
export function conventions(specifier: string, manifest: Manifest | undefined): string[] {
  const dir = manifest?.dir ?? '.'
  const own = moduleAliases(specifier, manifest)
  return [...own, ...byFramework(specifier, manifest?.dependencies ?? {})].map(path => posix.join(dir, path))
}

function byFramework(specifier: string, dependencies: Record<string, string>): string[] {
  const [, prefix = '', rest = ''] = /^([@~#$]{1,2}[\w-]*)\/?(.*)$/.exec(specifier) ?? []
  const below = (...folders: string[]): string[] => folders.map(folder => posix.join(folder, rest))
  if ('@sveltejs/kit' in dependencies && prefix === '$lib') return below('src/lib')
  if ('nuxt' in dependencies || 'nitropack' in dependencies || 'nuxt-edge' in dependencies) {
    if (prefix === '~~' || prefix === '@@') return below('.')
    if (prefix === '#shared' || prefix === '#server') return below(prefix.slice(1))
  }
  if (specifier.startsWith('@/') || specifier.startsWith('~/')) return below('app', 'src', '.', 'server', 'client')
  return specifier.startsWith('/') ? [specifier.slice(1), `public${specifier}`] : []
}

/** The `module-alias` package takes its table from package.json. */
function moduleAliases(specifier: string, manifest: Manifest | undefined): string[] {
  const table = manifest?.json['_moduleAliases']
  if (typeof table !== 'object' || table === null) return []
  return Object.entries(table).flatMap(([alias, target]) => {
    const matches = specifier === alias || specifier.startsWith(`${alias}/`)
    return matches && typeof target === 'string' ? [target + specifier.slice(alias.length)] : []
  })
}
