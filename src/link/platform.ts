import type { Expr } from '../model/facts.js'
import type { Unit } from './instances.js'

/** Names that tell a browser from a server, by the module that exports them. */
const EXPORTED: Record<string, Record<string, boolean>> = {
  '$app/environment': { browser: false },
  '$fresh/runtime.ts': { IS_BROWSER: false },
  'fresh/runtime': { IS_BROWSER: false },
  'esm-env': { BROWSER: false },
  'solid-js/web': { isServer: true, isDev: false },
  '@vueuse/core': { isClient: false },
  '@vueuse/shared': { isClient: false },
  '@tanstack/react-query': { isServer: true },
  '@tanstack/vue-query': { isServer: true },
  '@tanstack/query-core': { isServer: true },
  '@builder.io/qwik/build': { isServer: true, isBrowser: false },
  '@builder.io/qwik': { isServer: true, isBrowser: false },
}
const METEOR: Record<string, boolean> = { isServer: true, isClient: false, isCordova: false }
const META: Record<string, boolean> = { client: false, browser: false, server: true }
const PAGE = new Set(['window', 'document', 'localStorage', 'sessionStorage'])
const DEEPEST = 5

/** What a test says on a server, where it asks which side it is on; `undefined` where it asks something else. */
export const onServer = (x: Expr, unit: Unit, depth = 0): boolean | undefined => {
  if (depth > DEEPEST) return undefined
  switch (x.k) {
    case 'lit': return x.v === true || x.v === false ? x.v : undefined
    case 'mem': return sideOfMember(x) ?? sideOfMeteor(x, unit)
    case 'ref': return sideOfName(x.b, unit, depth)
    case 'un': return x.op === '!' ? negated(onServer(x.x, unit, depth + 1)) : undefined
    case 'bin': return comparison(x, unit, depth)
    case 'log': return logical(x, unit, depth)
    default: return undefined
  }
}

export const negated = (side: boolean | undefined): boolean | undefined => (side === undefined ? undefined : !side)

/** `import.meta.client`, `process.server`, `import.meta.env.SSR`. */
const sideOfMember = (x: Expr & { k: 'mem' }): boolean | undefined => {
  if (x.o.k === 'meta' || (x.o.k === 'glob' && x.o.n === 'process')) return META[x.n]
  return x.n === 'SSR' && x.o.k === 'mem' && x.o.n === 'env' && x.o.o.k === 'meta' ? true : undefined
}

/** `Meteor.isServer`, of the global or of the module. */
const sideOfMeteor = (x: Expr & { k: 'mem' }, unit: Unit): boolean | undefined => {
  const { o } = x
  if (o.k === 'glob') return o.n === 'Meteor' ? METEOR[x.n] : undefined
  if (o.k !== 'ref' || unit.facts.bindings[o.b]?.kind !== 'import') return undefined
  return unit.facts.imports.some(({ s, names }) => s === 'meteor/meteor' && names.some(({ b, n }) => b === o.b && n === 'Meteor')) ? METEOR[x.n] : undefined
}

const sides = new WeakMap<Unit, Map<number, boolean | undefined>>()

const sideOfName = (binding: number, unit: Unit, depth: number): boolean | undefined => {
  let known = sides.get(unit)
  if (!known) sides.set(unit, (known = new Map()))
  if (!known.has(binding)) known.set(binding, findSide(binding, unit, depth))
  return known.get(binding)
}

const findSide = (binding: number, unit: Unit, depth: number): boolean | undefined => {
  const fact = unit.facts.bindings[binding]
  if (fact?.kind === 'import') {
    const from = unit.facts.imports.find(({ names }) => names.some(({ b }) => b === binding))
    const name = from?.names.find(({ b }) => b === binding)?.n
    return from && name !== undefined ? EXPORTED[from.s]?.[name] : undefined
  }
  return fact?.kind === 'const' ? sideOfConstant(binding, unit, depth) : undefined
}

/** `const isBrowser = typeof window !== 'undefined'`, or a switch that is written as on or off, at the top of a file. */
const sideOfConstant = (binding: number, unit: Unit, depth: number): boolean | undefined => {
  for (const statement of unit.facts.functions[0]?.body ?? []) {
    if (statement.k !== 'var') continue
    for (const { t, i } of statement.d) {
      if (t.k === 'bind' && t.b === binding) return i ? onServer(i, unit, depth + 1) : undefined
    }
  }
  return undefined
}

const comparison = (x: Expr & { k: 'bin' }, unit: Unit, depth: number): boolean | undefined => {
  if (!/^[!=]==?$/.test(x.op)) return undefined
  const equal = x.op.startsWith('=')
  const asked = x.l.k === 'un' && x.l.op === 'typeof' ? x.l.x : x.l
  if (x.l !== asked && x.r.k === 'lit' && asked.k === 'glob' && PAGE.has(asked.n)) return (x.r.v === 'undefined') === equal
  if (x.l === asked && x.r.k === 'lit' && typeof x.r.v === 'boolean' && x.l.k !== 'lit') {
    const side = onServer(x.l, unit, depth + 1)
    return side === undefined ? undefined : (side === x.r.v) === equal
  }
  return undefined
}

const logical = (x: Expr & { k: 'log' }, unit: Unit, depth: number): boolean | undefined =>
  x.op === '??' ? undefined : joined(x.op, onServer(x.l, unit, depth + 1), onServer(x.r, unit, depth + 1))

/** `a && b`, `a || b`, as far as the sides are known. */
export const joined = (op: '&&' | '||', l: boolean | undefined, r: boolean | undefined): boolean | undefined => {
  const decisive = op === '||'
  if (l === decisive || r === decisive) return decisive
  return l === undefined || r === undefined ? undefined : !decisive
}
