import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Callers } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue } from '../link/values.js'
import type { Program } from '../program/program.js'
import { tellsCaller } from '../state/taint.js'
import type { Freshness } from './freshness.js'
import { broughtInstead } from './brought-instead.js'
import { hasField } from './made.js'
import { writtenBehind } from './written.js'

/** `given`: it outlives the call, as what a request or a row says does. `caller`: it says who asks, and not what for. */
export type KeyOrigin = 'given' | 'caller' | 'fresh' | 'constant' | 'none'

const BEST: KeyOrigin[] = ['given', 'caller', 'constant']
const FARTHEST = 3
/** A member of headers that nobody is seen to have put in, and what puts them in. */
const HEADERS = /Headers\.new\.[^.]+$/
const HEADER_SET = /Headers\.new\.(set|append)$/

/** Where the keys come from that calls are given: provider options, job ids, names of claims. */
export class Keys {
  private headers: Set<string> | undefined

  constructor(private readonly program: Program, private readonly freshness: Freshness, private readonly objects: (call: LibraryCall, path: string) => ObjectValue[], private readonly reached: () => Callers) {}

  /** Of the options that may hold the key of a call, the best one. */
  originOf(call: LibraryCall, paths: string[]): KeyOrigin {
    if (paths.some((path) => this.isBrought(call, path))) return 'given'
    if (this.isFresh(call, paths)) return 'fresh'
    const origins = paths.map((path) => this.ofPath(call, path))
    return BEST.find((one) => origins.includes(one)) ?? 'none'
  }

  /** Is one of these keys made up in the call? */
  isFresh(call: LibraryCall, paths: string[]): boolean {
    return paths.some((path) => {
      const written = writtenBehind(this.program, call, path)
      return !this.isBrought(call, path) && (this.freshness.ofValues(this.program.argument(call, path)) || (written !== undefined && this.freshness.of(call.inst, written)))
    })
  }

  /** Made up only for who brings none, where all who call on the way bring one. */
  private isBrought(call: LibraryCall, path: string): boolean {
    const written = writtenBehind(this.program, call, path)
    const fresh = (written?.k === 'tpl' ? written.x : written ? [written] : []).filter((part) => this.freshness.of(call.inst, part))
    return fresh.length > 0 && fresh.every((part) => broughtInstead(this.program, call.inst, part, this.reached())?.every(({ from, x }) => !this.freshness.of(from, x) && !this.isConstant(from, x)))
  }

  /** A key as it is written. */
  ofWritten(inst: Instance, x: Expr): KeyOrigin {
    if (this.freshness.of(inst, x)) return 'fresh'
    if (this.isConstant(inst, x)) return 'constant'
    return this.isOfCaller(inst, x, 0) ? 'caller' : 'given'
  }

  private ofPath(call: LibraryCall, path: string): KeyOrigin {
    const written = writtenBehind(this.program, call, path)
    const values = this.program.argument(call, path).filter((value) => (value.kind === 'lit' ? value.value !== undefined && value.value !== '*' : value.kind !== 'lib' || !HEADERS.test(value.path) || this.setsHeader(path)))
    if (values.length === 0 && (!written || isNone(written))) return this.hasOption(call, path) ? 'given' : 'none'
    return written ? this.ofWritten(call.inst, written) : 'given'
  }

  /** `headers.set('Idempotency-Key', key)`, anywhere: what was put into headers is only known by its name. */
  private setsHeader(path: string): boolean {
    this.headers ??= new Set(this.program.a.calls.filter((call) => HEADER_SET.test(call.path)).flatMap((call) => this.program.texts(call, '0').map((name) => name.toLowerCase())))
    return this.headers.has(path.slice(path.lastIndexOf('.') + 1).toLowerCase())
  }

  private isConstant(inst: Instance, x: Expr): boolean {
    if (x.k === 'lit' || x.k === 'tpl') return x.k === 'lit' || x.x.length === 0
    return x.k === 'ref' && this.program.look.definition(inst, x.b)?.k === 'lit'
  }

  /** `user.id`, `charge-${userId}`: constants, and who the caller is. */
  private isOfCaller(inst: Instance, x: Expr, depth: number): boolean {
    const parts = partsOf(x)
    if (parts) return parts.some((part) => this.isOfCaller(inst, part, depth)) && parts.every((part) => this.isConstant(inst, part) || this.isOfCaller(inst, part, depth))
    if (x.k !== 'ref' && x.k !== 'mem') return false
    const made = x.k === 'ref' && depth < FARTHEST ? this.program.look.definition(inst, x.b) : undefined
    if (made) return this.isOfCaller(inst, made, depth + 1)
    const taint = this.program.taints.ofText(inst, x)
    return tellsCaller(taint) && !taint.identity.has('input')
  }

  /** Is an option written down, though what it is may not be known? */
  private hasOption(call: LibraryCall, path: string): boolean {
    const name = path.slice(path.lastIndexOf('.') + 1)
    return path.includes('.') && this.objects(call, path.slice(0, path.lastIndexOf('.'))).some((object) => hasField(object, name, (inst, x) => this.program.look.values(inst, x), this.reached()))
  }
}

const isNone = (x: Expr): boolean => (x.k === 'glob' && x.n === 'undefined') || (x.k === 'lit' && x.v === '*')

/** What a text is put together of. */
const partsOf = (x: Expr): Expr[] | undefined => {
  if (x.k === 'tpl') return x.x.length > 0 && !x.tag ? x.x : undefined
  return x.k === 'bin' && x.op === '+' ? [x.l, x.r] : undefined
}
