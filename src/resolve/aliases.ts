import { posix } from 'node:path'
import type { Manifest } from '../model/input.js'
import type { SourceTree } from './tree.js'

/** What a name, or the beginning of one, stands for: a path from the package's folder. */
interface Alias {
  name: string
  target: string
}

export type Aliases = (specifier: string, manifest: Manifest | undefined) => string[]

const CONFIG = /^(?:(?:svelte|vite|vitest|nuxt|astro|webpack|vue|quasar|rollup|babel|electron\.vite)\.config(?:\.[\w-]+)*\.[cm]?[jt]s|\.babelrc(?:\.[cm]?js|\.json)?)$/
const TABLE = /(["']?)\balias\1\s*[:=]\s*(?=[[{])/g
const KEY = /(?<=[{,]\s*)(?:(["'])([^"'\n]+)\1|([\w$]+))\s*:/g
const PAIR = /\bfind\s*:\s*(?:(["'])([^"'\n]+)\1|\/\^?([^/\n]+)\$?\/)\s*,\s*replacement\s*:([^}]*)/g

/**
 * Aliases that the configuration of a bundler or framework writes down (`kit.alias`, `resolve.alias`, `module-resolver` of Babel), read as text:
 * what comes of it counts only where a file stands, so a target that is worked out is let be.
 */
export function createAliases(tree: SourceTree): Aliases {
  const tables = new Map<string, Alias[]>()
  const tableOf = ({ dir }: Manifest): Alias[] => {
    const known = tables.get(dir)
    if (known) return known
    const files = [...tree.namesIn(dir)].filter(name => CONFIG.test(name)).sort().map(name => posix.join(dir, name))
    const table = [...files, posix.join(dir, 'package.json')].flatMap(file => written(tree.read(file) ?? '')).sort((a, b) => b.name.length - a.name.length)
    tables.set(dir, table)
    return table
  }
  return (specifier, manifest) => (manifest ? tableOf(manifest).flatMap(alias => applied(alias, specifier)).map(path => posix.join(manifest.dir, path)) : [])
}

function applied({ name, target }: Alias, specifier: string): string[] {
  if (specifier === name) return [target]
  return specifier.startsWith(`${name}/`) ? [posix.join(target, specifier.slice(name.length + 1))] : []
}

function written(text: string): Alias[] {
  if (!text.includes('alias')) return []
  const bare = text.replace(/^\s*\/\/.*$/gm, '').replace(/\/\*\*?\s[\s\S]*?\*\//g, '')
  return [...bare.matchAll(TABLE)].flatMap(({ index, 0: head }) => {
    const body = balanced(bare, index + head.length)
    return body.startsWith('[') ? listed(body) : keyed(body)
  })
}

/** `{ $db: 'src/db', '@': path.resolve(__dirname, 'src') }` */
function keyed(body: string): Alias[] {
  const keys = [...body.matchAll(KEY)]
  return keys.flatMap((key, at) => alias(key[2] ?? key[3] ?? '', body.slice(key.index + key[0].length, keys[at + 1]?.index ?? body.length)))
}

/** `[{ find: '@', replacement: '/src' }]` */
function listed(body: string): Alias[] {
  return [...body.matchAll(PAIR)].flatMap(pair => alias(pair[2] ?? pair[3] ?? '', pair[4] ?? ''))
}

function alias(key: string, value: string): Alias[] {
  const parts = [...value.matchAll(/(["'`])((?:(?!\1)[^\n])*)\1/g)].map(part => (part[2] ?? '').replace(/\$\{[^}]*\}/g, ''))
  const name = key.replace(/^\^/, '').replace(/(?<=.)\$$/, '').replace(/\/(?:\*|\(\.[+*]\)|)$/, '')
  const target = posix.join(...parts).replace(/\/(?:\*|\\{1,2}1|\$1)$/, '').replace(/^\/+/, '')
  return parts.length > 0 && name !== '' ? [{ name, target: target === '' ? '.' : target }] : []
}

/** From a bracket to the one that ends it. */
function balanced(text: string, from: number): string {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const letter = text[at] ?? ''
    if ('[{'.includes(letter)) depth++
    else if (']}'.includes(letter) && --depth === 0) return text.slice(from, at + 1)
  }
  return ''
}
