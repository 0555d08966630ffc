import { posix } from 'node:path'
import type { Expr, FileFacts } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import { definitionsOf } from './definitions.js'
import type { Unit } from './instances.js'
import { eachExpression, memberOf } from './shape.js'

/** How plugins of a host are called: by what stands beside their `register` in the file (`{ name, register }`, `register.attributes = { pkg }`). */
export class PluginNames {
  private readonly known = new Map<Unit, string | undefined>()

  constructor(private readonly analysis: () => Analysis) {}

  of(unit: Unit): string | undefined {
    if (!this.known.has(unit)) this.known.set(unit, this.find(unit))
    return this.known.get(unit)
  }

  private find(unit: Unit): string | undefined {
    const { facts } = unit
    let found: string | undefined
    for (const fn of facts.functions) eachExpression(fn.body, (x) => { found ??= this.described(unit, x) })
    return found ?? (facts.exports.some(({ n }) => n === 'register') ? nameExported(facts) : undefined)
  }

  private described(unit: Unit, x: Expr): string | undefined {
    if (x.k === 'obj') return memberOf(x, 'register') && this.named(unit, x)
    if (x.k !== 'set' || x.l.k !== 'mem') return undefined
    return x.l.n === 'attributes' ? this.named(unit, x.r) : undefined
  }

  private named(unit: Unit, described: Expr): string | undefined {
    const pkg = memberOf(described, 'pkg')
    return textOf(unit.facts, memberOf(described, 'name')) ?? (pkg && this.nameOfPackage(unit, pkg))
  }

  /** `pkg: require('../package.json')`, or a name of that. */
  private nameOfPackage({ path, facts }: Unit, x: Expr): string | undefined {
    const given = writtenFor(facts, x)
    const at = given?.k === 'call' ? textOf(facts, given.a[0]) : undefined
    return this.analysis().resolver.manifestOf(at?.startsWith('.') ? posix.join(posix.dirname(path), at) : path)?.name
  }
}

const nameExported = (facts: FileFacts): string | undefined => {
  const fact = facts.exports.find(({ n }) => n === 'name')
  return fact?.x ? textOf(facts, fact.x) : fact?.b === undefined ? undefined : textOf(facts, definitionsOf(facts).get(fact.b))
}

const textOf = (facts: FileFacts, x: Expr | undefined): string | undefined => {
  const given = x && writtenFor(facts, x)
  return given?.k === 'lit' && typeof given.v === 'string' ? given.v : undefined
}

const writtenFor = (facts: FileFacts, x: Expr): Expr | undefined => (x.k === 'ref' ? definitionsOf(facts).get(x.b) : x)
