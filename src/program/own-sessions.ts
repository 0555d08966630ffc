import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookUps } from '../effects/look-ups.js'
import type { Expr } from '../model/facts.js'
import { looseName } from '../schema/tables.js'
import type { Program } from './program.js'

/** Loose names of tables that keep who is logged in. */
const TABLE = /^(user|auth|login|account|admin|member|customer|web)?session$/
const COOKIE = /cookie/i
const FINDS = /^find(Unique|First|One|ById|By)/
const DEEPEST = 2

export interface OwnSession {
  inst: Instance
  site: Expr
  table: string
}

/**
 * Sessions that a program keeps by itself, without a library: `SELECT * FROM sessions WHERE token = $1`, with what a cookie of the request
 * says. A token that is verified by its signature is looked up by what it holds, and no cookie's own value.
 */
export class OwnSessions {
  constructor(private readonly program: Program, private readonly lookUps: LookUps) {}

  /** One place for each table. */
  all(): OwnSession[] {
    const found = new Map<string, OwnSession>()
    for (const inst of this.program.a.instances) {
      if (inst.phase !== 'request') continue
      for (const call of this.lookUps.calls(inst)) {
        const table = this.tableOf(call)
        if (table !== undefined && !found.has(table) && this.saysCookie(inst, call.site)) found.set(table, { inst, site: call.site, table })
      }
    }
    return [...found.values()]
  }

  private tableOf(call: LibraryCall): string | undefined {
    const asked = this.lookUps.of(call).find(({ name, changed }) => !changed && TABLE.test(name))?.name
    return asked ?? modelAsked(call)
  }

  /** Is a cookie's own value among what a call is given, also through the locals that it names? */
  private saysCookie(inst: Instance, site: Expr): boolean {
    return (site.k === 'call' ? site.a : site.k === 'tpl' ? site.x : []).some((arg) => this.holds(inst, arg, 0))
  }

  private holds(inst: Instance, x: Expr, depth: number): boolean {
    const within = (part: Expr): boolean => this.holds(inst, part, depth)
    switch (x.k) {
      case 'obj': return x.m.some(({ v }) => within(v))
      case 'arr': return x.x.some(within)
      case 'log': return within(x.l) || within(x.r)
      case 'tpl': return x.x.some(within)
      case 'await': return within(x.x)
      case 'ref': {
        const made = depth < DEEPEST ? this.program.look.definition(inst, x.b) : undefined
        return this.isCookie(inst, x) || (made !== undefined && this.holds(inst, made, depth + 1))
      }
      case 'mem': case 'elem': return this.isCookie(inst, x)
      // A condition that is built in the call (`eq(sessions.token, token)`); what a call has made of a cookie before is another value.
      case 'call': return this.isCookie(inst, x) || (depth === 0 && x.a.some(within))
      default: return false
    }
  }

  private isCookie(inst: Instance, x: Expr): boolean {
    return this.program.look.values(inst, x).some((value) => (value.kind === 'lib' || value.kind === 'object') && value.path !== undefined && COOKIE.test(value.path))
  }
}

/** `prisma.session.findUnique(…)`, `Session.findOne(…)`: elsewhere a session of that name is how one speaks to a database. */
const modelAsked = ({ site, inst: { unit } }: LibraryCall): string | undefined => {
  if (site.k !== 'call' || site.f.k !== 'mem' || !FINDS.test(site.f.n)) return undefined
  const { o } = site.f
  const name = o.k === 'mem' ? o.n : o.k === 'ref' ? unit.facts.bindings[o.b]?.n : undefined
  return name !== undefined && TABLE.test(looseName(name)) ? looseName(name) : undefined
}
