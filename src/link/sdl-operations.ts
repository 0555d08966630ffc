import type { Analysis } from './analysis.js'
import type { Unit } from './instances.js'
import { eachExpression } from './shape.js'

const METHODS: Record<string, string> = { Query: 'QUERY', Mutation: 'MUTATION', Subscription: 'SUBSCRIPTION' }
const TYPE = /(?:extend\s+)?type\s+(Query|Mutation|Subscription)\b[^{]*\{([^}]*)\}/g

const known = new WeakMap<Analysis, Map<string, Map<string, string>>>()

/** Operations that schema texts in the files of a folder declare, by name: what resolves them goes by the same name. */
export const sdlOperations = (a: Analysis, folder: string): Map<string, string> => {
  const folders = known.get(a) ?? new Map<string, Map<string, string>>()
  known.set(a, folders)
  const found = folders.get(folder) ?? operationsBelow(a, folder)
  folders.set(folder, found)
  return found
}

/** The method that the texts of its package say for an operation. */
export const sdlMethod = (a: Analysis, unit: Unit, name: string): string | undefined => sdlOperations(a, a.resolver.manifestOf(unit.path)?.dir ?? '.').get(name)

const operationsBelow = (a: Analysis, folder: string): Map<string, string> => {
  const found = new Map<string, string>()
  for (const unit of a.units) {
    if (folder !== '.' && !unit.path.startsWith(`${folder}/`)) continue
    for (const text of templatesOf(unit)) for (const [name, method] of operationsIn(text)) found.set(name, method)
  }
  return found
}

const templatesOf = ({ facts }: Unit): string[] => {
  const texts: string[] = []
  eachExpression(facts.functions[0]?.body ?? [], (x) => {
    if (x.k === 'tpl') texts.push(x.q.join(' '))
    else if (x.k === 'lit' && typeof x.v === 'string' && x.v.includes('type ')) texts.push(x.v)
  })
  return texts
}

const operationsIn = (text: string): [string, string][] => {
  const plain = text.replace(/"""[\s\S]*?"""|#.*$/gm, '').replace(/\([^)]*\)/g, '').replace(/@\w+/g, '')
  return [...plain.matchAll(TYPE)].flatMap(([, type = '', fields = '']) => [...fields.matchAll(/^\s*(\w+)\s*:/gm)].map(([, name = '']): [string, string] => [name, METHODS[type] as string]))
}
