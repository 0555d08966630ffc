import type { Expr } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { NOTHING, type Ref } from '../link/solver.js'
import type { LookedUp } from '../link/peek.js'
import { childrenOf } from '../link/shape.js'
import { ELEMENTS, type ObjectValue, type Value } from '../link/values.js'
import { Elsewhere } from './elsewhere.js'

export type Identity = 'user' | 'session' | 'token' | 'socket' | 'input'

/** What a value says about where it comes from. */
export interface Taint {
  /** It derives from what one request (or connection) brought. */
  request: boolean
  /** It says who the caller is. */
  identity: Set<Identity>
}

/** Does it say which user it is, by name, session or token? */
export const tellsCaller = ({ identity }: Taint): boolean => identity.has('user') || identity.has('session') || identity.has('token')

const DEEPEST = 7
const MOST_CALLERS = 4

/** What `String(x)` makes says nothing of what it was made of. */
const isConverted = (value: Value): boolean => value.kind === 'lib' && /^global#(String|Number|BigInt|Boolean)(\.new|\(\))/.test(value.path)

/** Does a value derive from the request, and does it identify somebody? Library paths carry where values come from. */
export class Taints {
  private readonly ofPath = new Map<string, { request: boolean; identity: Identity | undefined }>()
  private readonly ofRef: Map<Ref, Taint>[] = []

  private readonly elsewhere: Elsewhere
  /** Paths that are other callers'. */
  private ignored: string[] = []

  constructor(private readonly a: Analysis, private readonly look: LookedUp) {
    this.elsewhere = new Elsewhere(a, look, (path) => this.pathTaint(path).request, (inst, x) => this.ofAll(inst, x, NOTHING).request)
  }

  /** Of an expression: of its value and of every part that it is made from. */
  of(inst: Instance, x: Expr | undefined, ref: Ref): Taint {
    const taint = this.ofAll(inst, x, ref)
    const others = x && taint.request ? this.elsewhere.handed(inst, x) : []
    if (others.length === 0) return taint
    // Asked again, without what the helpers that it goes through are handed by others.
    this.ignored = others
    const own = this.ofAll(inst, x, ref)
    this.ignored = []
    return own
  }

  private ofAll(inst: Instance, x: Expr | undefined, ref: Ref): Taint {
    const taint: Taint = { request: false, identity: new Set() }
    this.addRef(ref, taint, 0)
    if (x) this.addExpression(inst, x, taint, 0)
    return taint
  }

  /** Of the text of an expression alone: what its parts are, not what the objects they are hold. */
  ofText(inst: Instance, x: Expr | undefined): Taint {
    const taint: Taint = { request: false, identity: new Set() }
    if (x) this.addExpression(inst, x, taint, 0, 2)
    return taint
  }

  private addExpression(inst: Instance, x: Expr, taint: Taint, depth: number, inside = 0): void {
    if (depth > DEEPEST || (inside > 0 && this.isKept(inst, x)) || this.isLeftOut(inst, x)) return
    if (x.k === 'ref' || x.k === 'mem' || x.k === 'elem' || x.k === 'call' || x.k === 'this') {
      const { ignored } = this
      // Of calls alone: what is handed to them stands in the text beside.
      if (x.k !== 'call' && !(x.k === 'ref' && this.look.definition(inst, x.b))) this.ignored = []
      for (const value of this.look.values(inst, x)) this.addValue(value, taint, inside)
      this.ignored = ignored
    }
    if (x.k === 'fn') return
    for (const child of childrenOf(x)) this.addExpression(inst, child, taint, depth + 1, inside)
    if (x.k === 'ref') this.addDefinition(inst, x, taint, depth, inside)
  }

  /** `options.url`, where all that call it write `{ id: req.id }`: a member that nobody gives, whatever the others are. */
  private isLeftOut(inst: Instance, x: Expr): boolean {
    if (x.k !== 'mem') return false
    const bases = this.look.values(inst, x.o)
    return bases.length > 0 && bases.every((base) => base.kind === 'object' && base.phase !== 'startup' && isWrittenWithout(base, x.n))
  }

  /** A read of what outlives requests: whoever put it there, it is not of the current one. */
  private isKept(inst: Instance, x: Expr): boolean {
    if (x.k === 'ref') return inst.unit.facts.bindings[x.b]?.f === 0 && inst.unit.facts.bindings[x.b]?.kind !== 'import'
    if (x.k !== 'mem' && x.k !== 'elem') return false
    if (this.isKept(inst, x.o) || this.isBag(this.look.values(inst, x))) return true
    const bases = this.look.values(inst, x.o)
    return bases.length > 0 && (this.isBag(bases) || bases.every((base) => base.kind === 'object' && base.phase === 'startup' && (base.shape === 'object' || base.shape === 'bag' || base.shape === 'global' || base.cls !== undefined)))
  }

  /** `request.server.app`: what hangs there is the server's, however one came to it. */
  private isBag(values: Value[]): boolean {
    return values.length > 0 && values.every((value) => (value.kind === 'lib' || value.kind === 'object') && value.path !== undefined && this.a.catalog.row(value.path)?.bag !== undefined)
  }

  /** A local whose value is unknown is made of what it was initialised with, a parameter of what callers put together for it. */
  private addDefinition(inst: Instance, x: Expr & { k: 'ref' }, taint: Taint, depth: number, inside: number): void {
    const definition = this.look.definition(inst, x.b)
    if (definition) return this.addExpression(inst, definition, taint, depth + 2, inside)
    const index = inst.unit.facts.bindings[x.b]?.kind === 'param' && !taint.request ? inst.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === x.b) : -1
    if (index < 0 || !this.look.values(inst, x).every(isConverted)) return
    for (const { from, site } of inst.callers.slice(0, MOST_CALLERS)) {
      const given = site.k === 'call' || site.k === 'new' ? site.a[index] : undefined
      if (given) this.addExpression(from, given, taint, depth + 2, inside)
    }
  }

  private addRef(ref: Ref, taint: Taint, depth: number): void {
    const { request, identity } = this.refTaint(ref, depth)
    if (request) taint.request = true
    for (const one of identity) taint.identity.add(one)
  }

  /** Of all that a place holds: asked again for each write of each cell. */
  private refTaint(ref: Ref, depth: number): Taint {
    const known = this.ignored.length > 0 ? new Map<Ref, Taint>() : (this.ofRef[depth] ??= new Map<Ref, Taint>())
    let taint = known.get(ref)
    if (!taint) {
      known.set(ref, (taint = { request: false, identity: new Set() }))
      for (const value of this.a.of(ref)) this.addValue(value, taint, depth)
    }
    return taint
  }

  private addValue(value: Value, taint: Taint, depth: number): void {
    if (value.kind === 'lib') this.addPath(value.path, taint)
    else if (value.kind === 'object' && value.path && value.shape === 'library') this.addPath(value.path, taint)
    else if (value.kind === 'object' && value.phase !== 'startup' && depth < 2 && value.holder.fields.size < 30) {
      for (const [name, node] of value.holder.fields) if (!name.startsWith('@')) this.addRef(node, taint, depth + 1)
      this.addSpread(value, taint)
    }
  }

  /** `{ ...defaults, ...req.cookies.shop }`: what a library brings has no members that are known by name. */
  private addSpread({ site, env }: ObjectValue, taint: Taint): void {
    if (site?.k !== 'obj' || !env) return
    for (const { kind, v } of site.m) {
      if (kind === 'spread') for (const value of this.look.values(env, v)) if (value.kind === 'lib') this.addPath(value.path, taint)
    }
  }

  private addPath(path: string, taint: Taint): void {
    if (this.ignored.some((other) => path.startsWith(other))) return
    const known = this.pathTaint(path)
    if (known.request) taint.request = true
    if (known.identity) taint.identity.add(known.identity)
  }

  /** Of a path: of its longest beginning that the catalog knows. */
  private pathTaint(path: string): { request: boolean; identity: Identity | undefined } {
    let known = this.ofPath.get(path)
    if (known) return known
    known = { request: false, identity: undefined }
    for (let at = path; at.includes('#'); at = shorter(at)) {
      const row = this.a.catalog.row(at)
      if (row?.identity) known.identity ??= row.identity
      if (row?.owned || row?.identity) {
        known.request = true
        break
      }
      if (!/[.(]/.test(at.slice(at.indexOf('#')))) break
    }
    this.ofPath.set(path, known)
    return known
  }
}

/** An object that is written out, with nothing spread into it, and that has no such member: none under a name that is put together either. */
const isWrittenWithout = ({ site, shape, holder: { fields } }: ObjectValue, name: string): boolean =>
  shape === 'object' && site?.k === 'obj' && !fields.has(name) && !fields.has(ELEMENTS) && site.m.every(({ kind, n }) => kind !== 'spread' && n !== undefined && n !== name)

const shorter = (path: string): string => {
  const cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('('))
  return cut < 0 ? '' : path.slice(0, cut)
}
