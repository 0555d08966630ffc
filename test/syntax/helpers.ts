import type { Expr, FileFacts, FnFact, Stmt } from '../../src/model/facts.js'
import { extractFacts } from '../../src/syntax/index.js'

/** Facts of a source; the name decides the language. */
export function facts(text: string, path = 'file.ts'): FileFacts {
  return extractFacts(path, text)
}

/** The function of a name. */
export function fn(of: FileFacts, name: string): FnFact {
  const found = of.functions.find(fact => fact.n === name)
  if (found === undefined) throw new Error(`no function ${name}`)
  return found
}

/** The bindings of a name, in order of declaration. */
export function bindings(of: FileFacts, name: string): number[] {
  return of.bindings.flatMap((binding, id) => binding.n === name ? [id] : [])
}

/** Expressions of the module body's expression statements. */
export function exprs(of: FileFacts, body: Stmt[] = of.functions[0]?.body ?? []): Expr[] {
  return body.flatMap(statement => statement.k === 'expr' ? [statement.x] : [])
}

/** A fact as source-like text, for readable assertions: `$x` is a bound name, `x` a global. */
export function show(of: FileFacts, x: unknown): unknown {
  if (Array.isArray(x)) return x.map(item => show(of, item))
  if (typeof x !== 'object' || x === null) return x
  const fact = x as Record<string, unknown>
  if (fact.k === 'ref' && typeof fact.b === 'number' && fact.a === undefined && fact.p !== undefined) return `$${of.bindings[fact.b]?.n}`
  if (fact.k === 'bind') return `$${of.bindings[fact.b as number]?.n}`
  if (fact.k === 'glob') return fact.n
  if (fact.k === 'lit' && fact.p !== undefined) return { lit: fact.v }
  return Object.fromEntries(Object.entries(fact).filter(([key]) => !'peq'.includes(key)).map(([key, value]) => [key, show(of, value)]))
}

/** `show` of the first expression statement. */
export function first(text: string, path?: string): unknown {
  const of = facts(text, path)
  return show(of, exprs(of)[0])
}

/** Calls `visit` with every object in a fact. */
export function everyObject(value: unknown, visit: (fact: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) for (const item of value) everyObject(item, visit)
  else if (typeof value === 'object' && value !== null) {
    visit(value as Record<string, unknown>)
    for (const item of Object.values(value)) everyObject(item, visit)
  }
}
