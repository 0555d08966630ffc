import { posix } from 'node:path'
import type { Manifest } from '../model/input.js'
import { readText } from './text.js'

const CONFIG = /^deno\.jsonc?$/

/** What a project says to Deno: the packages that its import map names, as manifests of the folders; a package.json there is joined with it. */
export function withDeno(root: string, files: string[], manifests: Manifest[]): Manifest[] {
  const all = [...manifests]
  for (const file of files) {
    if (!CONFIG.test(posix.basename(file))) continue
    const json = plain(readText(root, file))
    const imports = json && importsOf(root, file, json)
    if (!imports) continue
    const dir = posix.dirname(file)
    const dependencies = Object.fromEntries(Object.values(imports).flatMap((target) => packageOf(target)))
    const at = all.findIndex((manifest) => manifest.dir === dir)
    const known = all[at]
    if (known) all[at] = { ...known, dependencies: { ...dependencies, ...known.dependencies }, imports }
    else all.push({ dir, type: 'module', dependencies, devDependencies: [], scripts: {}, bin: [], json: {}, imports })
  }
  return all
}

/** The map in the configuration itself, or the file that it names. Targets stay relative to the folder of the configuration. */
function importsOf(root: string, file: string, json: Record<string, unknown>): Record<string, string> | undefined {
  const dir = posix.dirname(file)
  const named = typeof json['importMap'] === 'string' && !json['importMap'].includes(':') ? json['importMap'] : undefined
  const map = named === undefined ? json : plain(readText(root, posix.join(dir, named)))
  const base = named === undefined ? '.' : posix.dirname(named)
  const imports = map?.['imports']
  if (typeof imports !== 'object' || imports === null) return named === undefined ? {} : undefined
  const entries = Object.entries(imports).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(entries.map(([name, target]) => [name, /^\.{0,2}\//.test(target) ? within(base, target) : target]))
}

const within = (base: string, target: string): string => `./${posix.join(base, target)}`.replace(/^\.\/\.\.\//, '../')

/** `npm:hono@4`, `jsr:@oak/oak@17`, `https://deno.land/x/oak@v12/mod.ts`: name and version. */
function packageOf(target: string): [string, string][] {
  const [, name, version] = /^(?:npm:|jsr:|https:\/\/(?:deno\.land\/x|esm\.sh|cdn\.skypack\.dev|jsr\.io)\/)\/?((?:@[\w.-]+\/)?[\w.-]+)(?:@([^/?]+))?/.exec(target) ?? []
  return name === undefined ? [] : [[name, version ?? '*']]
}

/** JSON with comments and trailing commas. */
function plain(text: string | undefined): Record<string, unknown> | undefined {
  const bare = (text ?? '').replace(/("(?:[^"\\]|\\.)*")|\/\/.*|\/\*[\s\S]*?\*\//g, (_, kept: string | undefined) => kept ?? '').replace(/,(?=\s*[}\]])/g, '')
  try {
    const value: unknown = JSON.parse(bare)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
