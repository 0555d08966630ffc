import type { Expr } from '../model/facts.js'
import { constantOf } from './config-texts.js'
import type { Unit } from './instances.js'

/** Route modules by their path without extension, relative to the folder of the configuration. */
export type RouteTable = Map<string, string>

const MOST_NESTED = 12

/** Reads `routes.ts` of React Router: `route(path, file, children)`, `index`, `layout`, `prefix`; nothing where routes come from elsewhere too. */
export const routeTable = (unit: Unit): RouteTable | undefined => {
  const exported = unit.facts.exports.find(({ n }) => n === 'default')
  const table: RouteTable = new Map()
  const found = exported?.x ?? (exported?.b === undefined ? undefined : constantOf(unit, exported.b))
  return found && readAll(unit, found, '', table, 0) && table.size > 0 ? table : undefined
}

/** Says whether everything was understood. */
const readAll = (unit: Unit, x: Expr, above: string, into: RouteTable, depth: number): boolean => {
  if (depth > MOST_NESTED) return false
  if (x.k === 'arr') return x.x.map((one) => readAll(unit, one, above, into, depth + 1)).every(Boolean)
  if (x.k === 'spread' || x.k === 'await') return readAll(unit, x.x, above, into, depth + 1)
  if (x.k === 'ref') {
    const value = constantOf(unit, x.b)
    return value !== undefined && readAll(unit, value, above, into, depth + 1)
  }
  return x.k === 'call' && readCall(unit, x, above, into, depth)
}

const readCall = (unit: Unit, x: Expr & { k: 'call' }, above: string, into: RouteTable, depth: number): boolean => {
  const name = importedName(unit, x.f)
  const [first, second, third] = x.a
  const enter = (file: Expr | undefined, path: string, ...children: (Expr | undefined)[]): boolean => {
    const module = textOf(file)
    if (module === undefined) return false
    into.set(module.replace(/^\.\//, '').replace(/\.\w+$/, ''), path)
    return children.every((child) => child === undefined || child.k === 'obj' || readAll(unit, child, path, into, depth + 1))
  }
  switch (name) {
    case 'index': return enter(first, above)
    case 'layout': return enter(first, above, second, third)
    case 'route': {
      const path = first?.k === 'lit' && first.v === null ? '' : textOf(first)
      return path !== undefined && enter(second, under(above, path), third, x.a[3])
    }
    case 'prefix': {
      const path = textOf(first)
      return path !== undefined && second !== undefined && readAll(unit, second, under(above, path), into, depth + 1)
    }
    default: return false
  }
}

const under = (above: string, path: string): string => [above, path.replace(/^\/|\/$/g, '')].filter((part) => part !== '').join('/')

const textOf = (x: Expr | undefined): string | undefined => (x?.k === 'lit' && typeof x.v === 'string' ? x.v : x?.k === 'tpl' && x.x.length === 0 ? x.q[0] : undefined)

const importedName = (unit: Unit, x: Expr): string | undefined => {
  if (x.k !== 'ref') return undefined
  return unit.facts.imports.flatMap(({ names }) => names).find(({ b }) => b === x.b)?.n
}
