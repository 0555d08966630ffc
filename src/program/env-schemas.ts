import type { Unit } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import type { Expr } from '../model/facts.js'

const SCHEMA = /^(?:zod|zod\/.+|envalid|joi|yup|valibot|convict|znv|env-schema|@t3-oss\/env-.+|@hapi\/joi)$/
const READ = /^(?:zod|zod\/[^#]+|envalid|joi|yup|valibot|convict|znv|@t3-oss\/env-[^#]+|@hapi\/joi)#.*(?:\.(\w+))$/

/** The default that a schema of the environment gives a variable: what holds where nobody sets it. */
export class EnvSchemas {
  private defaults: Map<string, string> | undefined

  constructor(private readonly units: readonly Unit[]) {}

  /** The default of what a path of a validated environment reads (`zod#z.object().parse().DB_CLIENT`). */
  of(path: string): string | undefined {
    const name = READ.exec(path)?.[1]
    return name === undefined ? undefined : (this.defaults ??= this.collect()).get(name)
  }

  private collect(): Map<string, string> {
    const found = new Map<string, string>()
    for (const { facts } of this.units) {
      if (!facts.specifiers.some((specifier) => SCHEMA.test(specifier))) continue
      for (const fn of facts.functions) {
        eachExpression(fn.body, (x) => {
          if (x.k === 'obj') for (const { n, v } of x.m) if (n !== undefined && /^[A-Z][A-Z\d_]+$/.test(n)) keep(found, n, defaultOf(v))
        })
      }
    }
    return found
  }
}

const keep = (found: Map<string, string>, name: string, value: string | undefined): void => {
  if (value !== undefined && !found.has(name)) found.set(name, value)
}

/** `z.enum([…]).default('sqlite')`, `str({ default: 'memory' })`, in any place of the chain. */
const defaultOf = (x: Expr): string | undefined => {
  if (x.k !== 'call') return undefined
  const [given] = x.a
  if (x.f.k === 'mem' && x.f.n === 'default' && given?.k === 'lit') return String(given.v)
  if (given?.k === 'obj') {
    const value = given.m.find(({ n }) => n === 'default')?.v
    if (value?.k === 'lit') return String(value.v)
  }
  return x.f.k === 'mem' ? defaultOf(x.f.o) : undefined
}
