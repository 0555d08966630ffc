import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachExpression, isExpression, membersIn } from '../link/shape.js'
import { NOTHING } from '../link/solver.js'
import type { EffectModel } from '../model/catalog.js'
import type { Expr, FileFacts, FnFact } from '../model/facts.js'
import type { Effect } from './effects.js'

const REQUEST = /^_?(req|request|ctx|context|c)$/
/** What a session says of who is logged in. */
const WHO = /^(user|uid|account|admin|member|customer|passport|auth|login|logged|current_?user|is_?(auth|logged|login|admin))/i
const MODEL: EffectModel = { kind: 'delete', by: 'session' }

const known = new WeakMap<FnFact, Expr[]>()

/** `req.session.user = undefined`, `delete req.session.user`, `ctx.session = null`: the caller is logged out. */
export const endedSessions = (inst: Instance): Effect[] => {
  let sites = known.get(inst.fn)
  if (!sites) known.set(inst.fn, (sites = membersIn(inst.fn).has('session') ? sitesIn(inst.unit.facts, inst.fn) : []))
  return sites.map((site) => {
    const path = 'session#ended'
    const call: LibraryCall = { inst, site, path, recv: undefined, args: [], result: NOTHING, row: { path, entries: [], effect: MODEL } }
    return { call, kind: 'delete', model: undefined, by: 'session', guard: undefined, weak: false }
  })
}

const sitesIn = (facts: FileFacts, { body }: FnFact): Expr[] => {
  const sites: Expr[] = []
  eachExpression(body, (x) => {
    if (x.k === 'del' ? saysWho(facts, x.x) : x.k === 'set' && x.op === '=' && isNone(x.r) && isExpression(x.l) && (saysWho(facts, x.l) || isSession(facts, x.l))) sites.push(x)
  })
  return sites
}

const saysWho = (facts: FileFacts, x: Expr): boolean => x.k === 'mem' && WHO.test(x.n) && isSession(facts, x.o)

const isSession = (facts: FileFacts, x: Expr): boolean => x.k === 'mem' && x.n === 'session' && x.o.k === 'ref' && REQUEST.test(facts.bindings[x.o.b]?.n ?? '')

const isNone = (x: Expr): boolean => (x.k === 'lit' && (x.v === null || x.v === false)) || (x.k === 'glob' && x.n === 'undefined')
