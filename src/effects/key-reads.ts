import type { Expr, FnFact } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { childrenOf, eachExpression, someExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'

const HEADER = /^(x-)?idempotency[-_]?key$/i
const MEMBER = /^idempotency-?key$/i
const LOGS = /^(console|log|logger)$/
/** What only makes another text of it. */
const TEXTS = /^(trim|toString|toLowerCase|toUpperCase|slice|digest|update|concat|String)$/
const DEEPEST = 2

/** What becomes of an idempotency key that a function reads: nothing; it is looked up in this process; it is looked up and put apart; or anything else. */
export type KeyUse = 'ignored' | 'memory' | 'unclaimed' | 'used'

type Place = 'memory' | 'look-up' | 'put' | 'option' | 'other'

/** Which functions read an idempotency key of the request, and what they do with it. */
export class KeyReads {
  private readonly known = new Map<FnFact, KeyUse | undefined>()

  constructor(private readonly program: Program, private readonly isClaim: (call: LibraryCall) => boolean) {}

  /** Undefined where none is read. */
  of(inst: Instance): KeyUse | undefined {
    if (!this.known.has(inst.fn)) this.known.set(inst.fn, this.read(inst))
    return this.known.get(inst.fn)
  }

  private read(inst: Instance): KeyUse | undefined {
    const names = new Set<number>()
    const reads = someExpression(inst.fn.body, (x) => isKey(x) && !this.isOwnOption(inst, x))
    eachExpression(inst.fn.body, (_, statement) => {
      if (statement.k === 'var') for (const { t } of statement.d) if (t.k === 'objpat') for (const { n, t: inner } of t.m) if (n !== undefined && HEADER.test(n) && inner.k === 'bind') names.add(inner.b)
    })
    if (!reads && names.size === 0) return undefined
    const uses = this.uses(inst, names, 0)
    if (uses.length === 0) return 'ignored'
    // The provider does its part once, and nothing else is kept from happening again.
    if (uses.every((use) => use === 'option')) return undefined
    if (uses.every((use) => use === 'memory')) return 'memory'
    return uses.includes('look-up') && !uses.includes('other') ? 'unclaimed' : 'used'
  }

  /** `send({ idempotencyKey: `mail-${id}` })`, `publish({ subject, payload })`: what this program writes down for a helper of its own holds no key of the client's. */
  private isOwnOption(inst: Instance, x: Expr): boolean {
    if (x.k !== 'mem') return false
    const values = this.program.look.values(inst, x.o)
    const written = values.flatMap((value) => (value.kind === 'object' && value.site?.k === 'obj' ? [value.site] : []))
    if (written.some(({ m }) => m.some(({ n }) => n === x.n))) return true
    return written.length > 0 && written.length === values.length && written.every(({ m }) => m.every(({ kind }) => kind !== 'spread'))
  }

  /** Where the key goes: from the names that it has, and from where it is read. */
  private uses(inst: Instance, names: Set<number>, depth: number): Place[] {
    const uses: Place[] = []
    const calls = new Map<Expr, LibraryCall[]>()
    for (const call of this.program.callsOf(inst)) calls.set(call.site, [...(calls.get(call.site) ?? []), call])
    // What another call makes of it is that call's to tell.
    const holds = (x: Expr): boolean => isKey(x) || (x.k === 'ref' && names.has(x.b)) || (((x.k !== 'call' && x.k !== 'new') || isTextCall(x)) && childrenOf(x).some(holds))
    eachExpression(inst.fn.body, (x, statement) => {
      if (statement.k === 'var') for (const { t, i } of statement.d) if (t.k === 'bind' && i && isText(i) && holds(i)) names.add(t.b)
      if ((x.k === 'call' || x.k === 'new') && !isRead(x) && !isLog(x.f) && !isTextCall(x) && x.a.some(holds)) uses.push(...this.given(inst, x, calls.get(x) ?? [], holds, depth))
      else if (x.k === 'set' && holds(x.r)) uses.push('other')
      else if (x.k === 'elem' && !isKey(x) && holds(x.i)) uses.push(this.isShared(inst, x.o) ? 'memory' : 'other')
      else if (statement.k === 'ret' && statement.x === x && isText(x) && holds(x)) uses.push('other')
    })
    // A function inside may be the one that uses it.
    const { functions } = inst.unit.facts
    for (const edge of inst.callees) if (edge.to.env === inst && functions.includes(edge.to.fn) && names.size > 0 && depth < DEEPEST) uses.push(...this.uses(edge.to, new Set(names), depth + 1))
    return uses
  }

  private given(inst: Instance, x: Expr & { k: 'call' | 'new' }, calls: LibraryCall[], holds: (x: Expr) => boolean, depth: number): Place[] {
    const found: Place[] = calls.map((call) => this.placeOf(call))
    for (const { site, to } of inst.callees) {
      if (site !== x || depth >= DEEPEST) continue
      const names = new Set(x.a.flatMap((arg, i) => (holds(arg) && to.fn.params[i]?.t.k === 'bind' ? [to.fn.params[i].t.b] : [])))
      found.push(...(names.size > 0 ? this.uses(to, names, depth + 1) : ['other' as const]))
    }
    return found.length > 0 ? found : ['other']
  }

  private placeOf(call: LibraryCall): Place {
    const { row, recv } = call
    if (this.isClaim(call)) return 'other'
    if (row?.effect?.key) return 'option'
    const held = recv?.kind === 'object' && recv.path !== undefined ? this.program.a.catalog.row(recv.path) : undefined
    if (held?.container && held.client === undefined) return 'memory'
    if (row?.guard?.kind === 'look-up') return 'look-up'
    return row?.effect?.by === 'redis' && row.effect.kind === 'update' ? 'put' : 'other'
  }

  /** A table by name that outlives the function. */
  private isShared(inst: Instance, x: Expr): boolean {
    if (x.k === 'mem') return x.o.k === 'this'
    return x.k === 'ref' && inst.unit.facts.bindings[x.b]?.f === 0
  }
}

const isLiteral = (x: Expr | undefined): boolean => x?.k === 'lit' && typeof x.v === 'string' && HEADER.test(x.v)
/** `req.get('Idempotency-Key')` */
const isRead = (x: Expr): boolean => x.k === 'call' && isLiteral(x.a[0])
const isKey = (x: Expr): boolean => isRead(x) || (x.k === 'elem' && isLiteral(x.i)) || (x.k === 'mem' && MEMBER.test(x.n))
const nameOf = (f: Expr): string => (f.k === 'mem' || f.k === 'glob' ? f.n : '')
const isTextCall = (x: Expr): boolean => x.k === 'call' && TEXTS.test(nameOf(x.f))

/** The key itself, or a text with it. */
const isText = (x: Expr): boolean => {
  if (x.k === 'ref' || x.k === 'tpl' || isKey(x)) return true
  if (x.k === 'log') return isText(x.l) || isText(x.r)
  if (x.k === 'bin') return x.op === '+'
  return x.k === 'cond' || (x.k === 'await' && isText(x.x)) || isTextCall(x)
}

const isLog = (callee: Expr): boolean => callee.k === 'mem' && ((callee.o.k === 'glob' && LOGS.test(callee.o.n)) || /^(debug|info|warn|trace)$/.test(callee.n))
