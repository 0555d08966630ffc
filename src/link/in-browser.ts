import type { ConventionRow } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Instance, Unit } from './instances.js'

const CODE = ['.ts', '.js']

/** `export const ssr = false`, in a file of routes or in a layout above it: what is rendered there is rendered in the browser. */
export const staysInBrowser = (a: Pick<Analysis, 'unitOf'>, unit: Unit, { unless, said, above }: NonNullable<ConventionRow['inBrowser']>): boolean => {
  let folder = unit.path.slice(0, unit.path.lastIndexOf('/') + 1)
  // A page beside a layout says nothing of it.
  const isPage = said.some((name) => unit.path.startsWith(folder + name))
  const own = constantOf(unit, unless)
  if (own !== undefined) return own === false
  for (let names = isPage ? [...said, ...above] : above; folder !== ''; names = above) {
    for (const name of names) for (const ending of CODE) {
      const there = a.unitOf.get(`${folder}${name}${ending}`)
      const value = there && constantOf(there, unless)
      if (value !== undefined) return value === false
    }
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1)
  }
  return false
}

const constantOf = ({ facts }: Unit, name: string): unknown => {
  for (const s of facts.functions[0]?.body ?? []) {
    if (s.k !== 'var') continue
    for (const { t, i } of s.d) if (t.k === 'bind' && facts.bindings[t.b]?.n === name && i?.k === 'lit') return i.v
  }
  return undefined
}

const HOOK = /[#.]use[A-Z]\w*$/

/** Is a call an element, or a hook in a component or in a hook of one's own? Other functions plug something into a server (`useServer({ onConnect })`). */
export const isRendered = ({ site, path, inst: { fn, unit } }: { site: Expr; path: string; inst: Instance }): boolean =>
  (site.k === 'call' && site.jsx === 1) || (HOOK.test(path) && (/\.[jt]sx$/.test(unit.path) || /^([A-Z]|use[A-Z])/.test(fn.n ?? '')))
