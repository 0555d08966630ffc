import type { DeployFact } from '../model/deploy.js'
import { parseYaml } from './lex/yaml.js'
import { type Tree, valueAt } from './tree.js'

const ACTION = /\{\{-?\s*(if|with|range|define|block|else|end)\b([^}]*)\}\}/g

/** What a chart's templates say only under a condition that its own values switch off is not deployed. */
export function switchedOn(facts: readonly DeployFact[], files: readonly { path: string; text: string }[]): DeployFact[] {
  const values = new Map<string, Tree | undefined>()
  const valuesOf = (chart: string): Tree | undefined => {
    if (!values.has(chart)) {
      const text = files.find(({ path }) => path === `${chart}values.yaml`)?.text
      values.set(chart, text === undefined ? undefined : parseYaml(text).documents[0])
    }
    return values.get(chart)
  }
  return facts.filter(({ site }) => {
    const at = site.file.lastIndexOf('templates/')
    const text = at < 0 ? undefined : files.find(({ path }) => path === site.file)?.text
    const conditions = text?.includes('{{') ? conditionsAt(text, site.start) : []
    const chart = conditions.length > 0 ? valuesOf(site.file.slice(0, at)) : undefined
    return chart === undefined || !conditions.some((path) => isOff(valueAt(chart, ...path)))
  })
}

/** `.Values.a.b` of the tests around a place, which all must hold, and of the lists that it is repeated for; those with `or`, `not` and comparisons tell nothing. */
function conditionsAt(text: string, offset: number): string[][] {
  const open: { terms: string[][] }[] = []
  for (const { index, 1: word, 2: rest = '' } of text.matchAll(ACTION)) {
    if (index >= offset) break
    const top = open.at(-1)
    if (word === 'end') open.pop()
    else if (word !== 'else') open.push({ terms: word === 'if' || word === 'with' ? terms(rest) : word === 'range' ? terms(rest.replace(/^.*:=/, '')) : [] })
    else if (top) top.terms = /^\s*if\b/.test(rest) ? terms(rest.replace(/^\s*if/, '')) : []
  }
  return open.flatMap((one) => one.terms)
}

function terms(condition: string): string[][] {
  const text = condition.replace(/-?\s*$/, '').trim()
  const all = text.startsWith('and ') ? outside(text.slice(4)).split(/\s+/) : [text]
  return all.flatMap((term) => (/^\.Values(\.\w+)+$/.test(term) ? [term.split('.').slice(2)] : []))
}

/** Text without what stands in parentheses. */
const outside = (text: string): string => {
  const inner = text.replace(/\([^()]*\)/g, ' ')
  return inner === text ? text : outside(inner)
}

/** As Go templates see it: nothing, false, zero and what is empty. What values do not mention may come from the chart around. */
const isOff = (value: Tree | undefined): boolean =>
  value !== undefined && (value.kind === 'map' ? value.entries.length === 0 : value.kind === 'list' ? value.items.length === 0 : value.value === null || value.value === false || value.value === '' || value.value === 0)
