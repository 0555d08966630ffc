import type { BindingId, Expr, FileFacts, Pattern, Stmt } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Unit } from './instances.js'
import { joined, negated, onServer } from './platform.js'
import { eachExpression, isExpression } from './shape.js'

/** An expression and the file that it stands in. */
interface Placed { unit: Unit; x: Expr }
type Definition = { x: Expr; path: string[] }

const DEPTH = 8
const ELSEWHERE = /^(dev|development|develop|local|localhost|test|testing|e2e|ci|jest|vitest|cypress)$/i
const DEPLOYED = /^(prod|production)$/i
/** Variables that test runners and end-to-end suites set, and nobody else. */
const TEST_FLAG = /(^|_)(E2E|TEST|TESTS|TESTING|PLAYWRIGHT|CYPRESS|JEST|VITEST)($|_)/

/** Decides tests of the environment as they come out where the service is deployed: on a server, `NODE_ENV` is production, no test flag is set. */
export class Production {
  private readonly known = new Map<Expr, boolean | undefined>()
  private readonly definitions = new Map<FileFacts, Map<BindingId, Definition>>()

  constructor(private readonly a: Analysis) {}

  /** What a test comes to in production; nothing where it asks for something else. */
  truth(unit: Unit, x: Expr): boolean | undefined {
    if (x.k === 'lit') return onServer(x, unit)
    if (x.k === 'this') return undefined
    if (!this.known.has(x)) this.known.set(x, this.decide({ unit, x }, 0))
    return this.known.get(x)
  }

  /** The expression that an imported name stands for, and the file that it stands in. */
  defined(unit: Unit, binding: BindingId): Placed | undefined {
    return this.follow({ unit, x: { k: 'ref', b: binding, p: 0, e: 0 } }, 0)
  }

  /** Is an expression the name of the environment? */
  isEnvironmentName(unit: Unit, x: Expr): boolean {
    return this.isMode({ unit, x }, 0)
  }

  private decide({ unit, x }: Placed, depth: number): boolean | undefined {
    if (depth > DEPTH || x.k === 'lit') return undefined
    const side = onServer(x, unit)
    if (side !== undefined) return side
    const at = (inner: Expr): boolean | undefined => this.decide({ unit, x: inner }, depth + 1)
    if (x.k === 'un' && x.op === '!') return negated(at(x.x))
    if (x.k === 'log') return x.op === '??' ? undefined : joined(x.op, at(x.l), at(x.r))
    if (x.k === 'bin') return this.compared(unit, x, depth)
    if (x.k === 'call') return this.called(unit, x, depth)
    if (x.k === 'mem' && isBuildFlag(x)) return x.n === 'PROD'
    if (x.k === 'mem' && isEnvironment(x.o)) return TEST_FLAG.test(x.n) ? false : undefined
    const to = x.k === 'ref' || x.k === 'mem' ? this.follow({ unit, x }, depth) : undefined
    return to && this.decide(to, depth + 1)
  }

  private compared(unit: Unit, x: Expr & { k: 'bin' }, depth: number): boolean | undefined {
    if (!/^[!=]==?$/.test(x.op)) return undefined
    const [mode, text] = x.r.k === 'lit' ? [x.l, x.r.v] : x.l.k === 'lit' ? [x.r, x.l.v] : []
    if (!mode || typeof text !== 'string') return undefined
    const same = DEPLOYED.test(text) ? true : ELSEWHERE.test(text) ? false : undefined
    if (same === undefined || !this.isMode({ unit, x: mode }, depth)) return undefined
    return x.op.startsWith('!') ? !same : same
  }

  /** `Boolean(x)`, `['development', 'test'].includes(mode)`. */
  private called(unit: Unit, x: Expr & { k: 'call' }, depth: number): boolean | undefined {
    const given = x.a[0]
    if (!given) return undefined
    if (x.f.k === 'glob' && x.f.n === 'Boolean') return this.decide({ unit, x: given }, depth + 1)
    if (x.f.k !== 'mem' || x.f.n !== 'includes' || x.f.o.k !== 'arr' || !this.isMode({ unit, x: given }, depth)) return undefined
    const texts = x.f.o.x.map((item) => (item.k === 'lit' && typeof item.v === 'string' ? item.v : ''))
    if (texts.some((text) => DEPLOYED.test(text))) return true
    return texts.length > 0 && texts.every((text) => ELSEWHERE.test(text)) ? false : undefined
  }

  /** Is an expression the name of the environment: `process.env.NODE_ENV`, what a constant keeps of it, `app.get('env')`? */
  private isMode({ unit, x }: Placed, depth: number): boolean {
    if (depth > DEPTH) return false
    if (x.k === 'mem' && x.n === 'NODE_ENV') return true
    if (x.k === 'log' && x.op !== '&&') return this.isMode({ unit, x: x.l }, depth + 1)
    if (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'get' && x.a[0]?.k === 'lit') return x.a[0].v === 'env' || x.a[0].v === 'NODE_ENV'
    if (x.k === 'call' && x.f.k === 'mem' && /^(trim|toLowerCase)$/.test(x.f.n)) return this.isMode({ unit, x: x.f.o }, depth + 1)
    const to = x.k === 'ref' || x.k === 'mem' ? this.follow({ unit, x }, depth) : undefined
    return to !== undefined && this.isMode(to, depth + 1)
  }

  // ---------------------------------------------------------------- from a name to what it is

  /** The expression that a name or a member stands for. */
  private follow({ unit, x }: Placed, depth: number): Placed | undefined {
    if (depth > DEPTH) return undefined
    if (x.k === 'mem') return this.member(this.moduleOrValue({ unit, x: x.o }, depth + 1), x.n, depth)
    if (x.k !== 'ref') return undefined
    const found = this.definitionsOf(unit).get(x.b)
    if (!found) {
      const target = this.importOf(unit, x.b)
      return target && target.name !== '*' ? this.exported(target.unit, target.name, depth) : undefined
    }
    let at: Placed | Unit | undefined = { unit, x: found.x }
    if (found.path.length === 0) return at
    at = this.moduleOrValue(at, depth + 1)
    for (const name of found.path) at = this.member(at, name, depth)
    return at && 'x' in at ? at : undefined
  }

  /** The module behind a namespace or `require`, or the object literal behind a name. */
  private moduleOrValue({ unit, x }: Placed, depth: number): Placed | Unit | undefined {
    if (depth > DEPTH) return undefined
    if (x.k === 'call' && x.f.k === 'glob' && x.f.n === 'require' && x.a[0]?.k === 'lit') return this.unitAt(unit, String(x.a[0].v))
    if (x.k === 'obj') return { unit, x }
    if (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'freeze' && x.a[0]) return this.moduleOrValue({ unit, x: x.a[0] }, depth + 1)
    if (x.k === 'ref') {
      const target = this.importOf(unit, x.b)
      if (target && (target.name === '*' || (target.name === 'default' && target.unit.facts.exports.length === 0))) return target.unit
    }
    const to = x.k === 'ref' || x.k === 'mem' ? this.follow({ unit, x }, depth + 1) : undefined
    return to && this.moduleOrValue(to, depth + 1)
  }

  private member(of: Placed | Unit | undefined, name: string, depth: number): Placed | undefined {
    if (!of) return undefined
    if (!('x' in of)) return this.exported(of, name, depth)
    if (of.x.k !== 'obj') return undefined
    const found = of.x.m.find((m) => m.n === name && m.kind === 'init')
    return found && { unit: of.unit, x: found.v }
  }

  private exported(unit: Unit, name: string, depth: number): Placed | undefined {
    if (depth > DEPTH) return undefined
    for (const fact of unit.facts.exports) {
      if (fact.n === '*' && fact.from !== undefined) {
        const target = this.unitAt(unit, fact.from)
        const found = target && this.exported(target, name, depth + 1)
        if (found) return found
      }
      if (fact.n !== name) continue
      if (fact.from !== undefined) {
        const target = this.unitAt(unit, fact.from)
        return target && this.exported(target, fact.i ?? name, depth + 1)
      }
      if (fact.x) return { unit, x: fact.x }
      if (fact.b !== undefined) return this.follow({ unit, x: { k: 'ref', b: fact.b, p: fact.p, e: fact.p } }, depth + 1)
    }
    return this.assigned(unit, name, depth)
  }

  /** `exports.name = …`, `module.exports = { name: … }`. */
  private assigned(unit: Unit, name: string, depth: number): Placed | undefined {
    for (const s of unit.facts.functions[0]?.body ?? []) {
      if (s.k !== 'expr' || s.x.k !== 'set' || !isExpression(s.x.l) || s.x.l.k !== 'mem') continue
      const { l, r } = s.x
      if (l.k === 'mem' && l.n === name && isExports(l.o)) return { unit, x: r }
      if (isExports(l)) {
        const value = this.moduleOrValue({ unit, x: r }, depth + 1)
        const found = value && 'x' in value ? this.member(value, name, depth + 1) : undefined
        if (found) return found
      }
    }
    return undefined
  }

  private importOf(unit: Unit, binding: BindingId): { unit: Unit; name: string } | undefined {
    for (const fact of unit.facts.imports) {
      const name = fact.names.find(({ b }) => b === binding)?.n
      const target = name === undefined ? undefined : this.unitAt(unit, fact.s)
      if (name !== undefined) return target && { unit: target, name }
    }
    return undefined
  }

  private unitAt(unit: Unit, specifier: string): Unit | undefined {
    const to = this.a.resolver.resolve(unit.path, specifier)
    return to.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
  }

  /** What the names of a file are bound to and stay. */
  private definitionsOf({ facts }: Unit): Map<BindingId, Definition> {
    let map = this.definitions.get(facts)
    if (!map) {
      const found = (map = new Map<BindingId, Definition>())
      for (const fn of facts.functions) {
        collect(fn.body, found)
        eachExpression(fn.body, (x) => {
          if (x.k === 'set' && isExpression(x.l) && x.l.k === 'ref') found.delete(x.l.b)
        })
      }
      this.definitions.set(facts, map)
    }
    return map
  }
}

const collect = (body: Stmt[], into: Map<BindingId, Definition>): void => {
  for (const s of body) if (s.k === 'var') for (const { t, i } of s.d) if (i) define(t, i, [], into)
}

const define = (pattern: Pattern, x: Expr, path: string[], into: Map<BindingId, Definition>): void => {
  if (pattern.k === 'bind') into.set(pattern.b, { x, path })
  else if (pattern.k === 'objpat') for (const m of pattern.m) if (m.n !== undefined) define(m.t, x, [...path, m.n], into)
}

const isEnvironment = (x: Expr): boolean => x.k === 'mem' && x.n === 'env' && ((x.o.k === 'glob' && x.o.n === 'process') || x.o.k === 'meta')
/** `import.meta.env.PROD` and its kind. */
const isBuildFlag = (x: Expr & { k: 'mem' }): boolean => /^(DEV|PROD)$/.test(x.n) && x.o.k === 'mem' && x.o.n === 'env' && x.o.o.k === 'meta'
const isExports = (x: Expr): boolean => (x.k === 'glob' && x.n === 'exports') || (x.k === 'mem' && x.n === 'exports' && x.o.k === 'glob' && x.o.n === 'module')
