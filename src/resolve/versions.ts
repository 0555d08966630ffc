import { posix } from 'node:path'
import type { Manifest } from '../model/input.js'
import { remember, type SourceTree } from './tree.js'

/** Which version of a package a file's project gets: by the range in the nearest package.json that names it; where that leaves the version open, by the lockfile. */
export function createVersions(manifestOf: (file: string) => Manifest | undefined, manifests: readonly Manifest[], tree: SourceTree): (file: string, name: string) => number[] | undefined {
  const known = new Map<string, number[] | undefined>()
  const hoisted = new Map<string, Manifest | undefined>()
  return (file, name) => {
    const manifest = declaring(manifestOf, file, name) ?? remember(hoisted, name, () => hoistedFrom(manifests, name))
    return manifest && remember(known, `${manifest.dir} ${name}`, () => ofRange(manifest.dependencies[name] ?? '', () => locked(tree, manifest.dir, name)))
  }
}

/** The nearest package.json that has it among its dependencies: its own, or that of a workspace around it. */
function declaring(manifestOf: (file: string) => Manifest | undefined, file: string, name: string): Manifest | undefined {
  for (let manifest = manifestOf(file); manifest; manifest = manifest.dir === '.' ? undefined : manifestOf(posix.dirname(manifest.dir) === '.' ? 'package.json' : posix.join(posix.dirname(manifest.dir), 'package.json'))) {
    if (manifest.dependencies[name] !== undefined) return manifest
  }
  return undefined
}

/** Where no package.json around a file names what it imports, it gets what others of the workspace install, if they all want the same. */
function hoistedFrom(manifests: readonly Manifest[], name: string): Manifest | undefined {
  const naming = manifests.filter(({ dependencies }) => dependencies[name] !== undefined)
  return new Set(naming.map(({ dependencies }) => dependencies[name])).size === 1 ? naming[0] : undefined
}

/** The newest one: what `*` and `latest` install where no lockfile says otherwise. */
const NEWEST = [Infinity, 0, 0]

/** Other packages, folders and addresses: nothing is known of the version. */
const ELSEWHERE = /^(?:npm|file|link|portal|workspace|git|https?|patch):|^git[+@]|^[\w.-]+\/[\w.-]+/
const OPEN = /^(?:\*|x|latest|next|)$|^catalog:|^>/

function ofRange(range: string, locked: () => number[] | undefined): number[] | undefined {
  const written = range.trim()
  if (ELSEWHERE.test(written)) return undefined
  if (OPEN.test(written)) return locked() ?? (written.startsWith('catalog:') ? undefined : NEWEST)
  return written.split('||').map(numbersOf).filter((one) => one !== undefined).sort(compare).at(-1)
}

const numbersOf = (text: string): number[] | undefined => {
  const [, ...parts] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? []
  return parts[0] === undefined ? undefined : [0, 1, 2].map((i) => Number(parts[i] ?? 0))
}

const compare = (a: number[], b: number[]): number => [0, 1, 2].map((i) => (a[i] ?? 0) - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** How each lockfile names a package and its version. */
const LOCKS: [file: string, entry: (name: string) => string][] = [
  ['package-lock.json', (name) => `"(?:node_modules/)?${name}": \\{\\s*"version": "([^"]+)"`],
  ['npm-shrinkwrap.json', (name) => `"(?:node_modules/)?${name}": \\{\\s*"version": "([^"]+)"`],
  ['yarn.lock', (name) => `^"?${name}@[^\\n]*:\\n\\s+version:? "?([^"\\n]+)`],
  ['pnpm-lock.yaml', (name) => `^ {2}['"]?/?${name}[@/](\\d[^:('"_]*)`],
  ['bun.lock', (name) => `"${name}": \\["${name}@([^"]+)"`],
]

function locked(tree: SourceTree, from: string, name: string): number[] | undefined {
  for (let dir = from; ; dir = posix.dirname(dir)) {
    for (const [file, entry] of LOCKS) {
      const found = new RegExp(entry(literally(name)), 'm').exec(tree.read(posix.join(dir, file)) ?? '')?.[1]
      if (found !== undefined) return numbersOf(found)
    }
    if (dir === '.' || dir === '/') return undefined
  }
}

/** Does a version lie in a range of the catalog: `<3`, `>=5 <6`, `>=4.11`? */
export const isInRange = (version: number[], range: string): boolean =>
  range.split(/\s+/).every((comparator) => {
    const bound = numbersOf(comparator) ?? [0, 0, 0]
    return comparator.startsWith('<') ? compare(version, bound) < 0 : compare(version, bound) >= 0
  })
