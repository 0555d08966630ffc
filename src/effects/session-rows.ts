import { SESSION_ROWS, SESSION_TRAILS } from '../catalog/words.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachExpression, isExpression, membersIn, somePart } from '../link/shape.js'
import { NOTHING } from '../link/solver.js'
import type { EffectModel } from '../model/catalog.js'
import type { Expr, FileFacts } from '../model/facts.js'
import type { Change, Changes } from './changes.js'
import type { Effect } from './effects.js'

const REQUEST = /^_?(req|request|ctx|context|c)$/
const MODEL: EffectModel = { kind: 'append', by: 'session', fix: 'set the quantity that the client sends, or remember the request\'s key with the cart' }

/** A change of what a local holds, and where its method was called. */
type SessionChange = Change & { called?: { inst: Instance; site: Expr } }

/** What requests add to a cart or list that the session keeps, wherever that is: `req.session.cart.items.push(item)`. */
export class SessionRows {
  private readonly known = new Map<Instance, Effect[]>()

  constructor(private readonly changes: Changes) {}

  of(inst: Instance): Effect[] {
    if (!membersIn(inst.fn).has('session')) return []
    let effects = this.known.get(inst)
    if (!effects) this.known.set(inst, (effects = this.find(inst)))
    return effects
  }

  private find(inst: Instance): Effect[] {
    const { facts } = inst.unit
    const rows = new Map<string, SessionChange[]>()
    const add = (name: string, changes: SessionChange[]): void => {
      // Worked out anew from its beginning.
      const kept = changes.filter((change) => !this.changes.isReset(change))
      if (kept.length > 0) rows.set(name, [...(rows.get(name) ?? []), ...kept])
    }
    eachExpression(inst.fn.body, (x, s) => {
      if (isRow(facts, x) && !rows.has(x.n)) add(x.n, this.changes.doneTo(inst, this.changes.mutations.place(facts, x) ?? '?'))
      // `const cart = req.session.cart ?? {}`, `new Cart(req.session.cart ?? {})`
      for (const { t, i } of s.k === 'var' ? s.d : []) if (i === x && t.k === 'bind') for (const name of namesIn(facts, i)) add(name, this.ofLocal(inst, t.b, i, name))
    })
    return [...rows].map(([name, changes]) => this.asEffect(name, changes))
  }

  /** What is done to the local itself, or by its own methods where it is put back. */
  private ofLocal(inst: Instance, binding: number, made: Expr, name: string): SessionChange[] {
    if (made.k !== 'new') return made.k === 'call' || made.k === 'await' ? [] : this.changes.doneTo(inst, `#${binding}`)
    let putBack = false
    eachExpression(inst.fn.body, (x) => { putBack ||= x.k === 'set' && isExpression(x.l) && isRow(inst.unit.facts, x.l) && x.l.n === name && x.r.k === 'ref' && x.r.b === binding })
    const isOwn = (site: Expr): boolean => site.k === 'call' && site.f.k === 'mem' && site.f.o.k === 'ref' && site.f.o.b === binding
    return putBack ? inst.callees.flatMap(({ to, site, later }) => (!later && isOwn(site) ? this.changes.doneTo(to, 'this').map((change) => ({ ...change, called: { inst, site } })) : [])) : []
  }

  /** A number that is counted on where something was found is counted on again. */
  private asEffect(name: string, changes: SessionChange[]): Effect {
    const [first] = changes as [SessionChange]
    const { inst, site } = first.called ?? first
    const path = `session#${name}`
    const call: LibraryCall = { inst, site, path, recv: undefined, args: [], result: NOTHING, row: { path, entries: [], effect: MODEL } }
    const weak = changes.every((change) => change.grows && this.changes.isChecked(change, call))
    return { call, kind: 'append', model: name, by: 'session', guard: undefined, weak, changes }
  }
}

const isRow = (facts: FileFacts, x: Expr): x is Expr & { k: 'mem' } =>
  x.k === 'mem' && SESSION_ROWS.test(x.n) && !SESSION_TRAILS.test(x.n) && x.o.k === 'mem' && x.o.n === 'session' && x.o.o.k === 'ref' && REQUEST.test(facts.bindings[x.o.o.b]?.n ?? '')

const namesIn = (facts: FileFacts, x: Expr): Set<string> => {
  const names = new Set<string>()
  somePart(x, (part) => { if (isRow(facts, part)) names.add(part.n); return false })
  return names
}
