import type { Analysis } from './analysis.js'
import type { Unit } from './instances.js'
import { eachExpression } from './shape.js'

const METHODS: Record<string, string> = { Query: 'QUERY', Mutation: 'MUTATION', Subscription: 'SUBSCRIPTION' }
const TYPE = /(?:extend\s+)?type\s+(Query|Mutation|Subscription)\b[^{]*\{([^}]*)\}/g

/** Operations that schema texts in the files of a folder declare, by name: what resolves them goes by the same name. */
export const sdlOperations = (a: Analysis, folder: string): Map<string, string> => {
  const found = new Map<string, string>()
  for (const unit of a.units) {
    if (!unit.path.startsWith(`${folder}/`)) continue
    for (const text of templatesOf(unit)) for (const [name, method] of operationsIn(text)) found.set(name, method)
  }
  return found
}

const templatesOf = ({ facts }: Unit): string[] => {
  const texts: string[] = []
  eachExpression(facts.functions[0]?.body ?? [], (x) => { if (x.k === 'tpl') texts.push(x.q.join(' ')) })
  return texts
}

const operationsIn = (text: string): [string, string][] => {
  const plain = text.replace(/"""[\s\S]*?"""|#.*$/gm, '').replace(/\([^)]*\)/g, '').replace(/@\w+/g, '')
  return [...plain.matchAll(TYPE)].flatMap(([, type = '', fields = '']) => [...fields.matchAll(/^\s*(\w+)\s*:/gm)].map(([, name = '']): [string, string] => [name, METHODS[type] as string]))
}
