import type { Expr } from '../model/facts.js'
import type { Unit } from './instances.js'

/** Texts of a list (or the only one) in a configuration that a module exports: `export default defineNuxtConfig({ imports: { dirs: ['stores'] } })`. */
export const configTexts = (unit: Unit, path: string): string[] => {
  const exported = unit.facts.exports.find(({ n }) => n === 'default' || n === '=')
  let x = exported?.x
  if (x?.k === 'call') x = x.a[0]
  for (const name of path.split('.')) x = x?.k === 'obj' ? x.m.find(({ n }) => n === name)?.v : undefined
  return x === undefined ? [] : x.k === 'arr' ? x.x.flatMap(textOf) : textOf(x)
}

const textOf = (x: Expr): string[] => (x.k === 'lit' && typeof x.v === 'string' ? [x.v] : x.k === 'tpl' && x.x.length === 0 ? [x.q[0] ?? ''] : [])
