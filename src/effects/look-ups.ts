import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { chainOf } from '../link/shape.js'
import { looseName } from '../schema/tables.js'
import type { Program } from '../program/program.js'
import type { GuardModel } from '../model/guard.js'
import { asksNothing, conditionFields, holdsWord, isOwn } from './asking.js'
import { RELATED } from './by-name.js'
import type { Claim } from './claim.js'
import { nameOf } from './compared.js'
import { givesOne } from './demanded.js'
import { skipsWhatIsThere } from './found-or-made.js'
import type { KeyOrigin } from './keys.js'
import type { PassedOn } from './passed-on.js'
import type { SqlStatement } from './sql.js'
import type { Subjects } from './subject.js'
import { writtenBehind } from './written.js'

/** Name of what is no row but a claim: whoever comes second gets nothing. */
export const CLAIM = '@claim'
/** An insert that gives nothing back where the row was there. */
const IGNORES = /\.(onConflictDoNothing|orIgnore|doNothing|ignore)\b/
const CHANGES = /^(update|delete|relative-update)$/
export const READS = /^(find|get|fetch|select|count|exist|has|first|query|aggregate|one|load|lookup|list|retrieve|search|where|is|any|maybe|raw|scan|ids|\$query|\$count)/i
/** Name of what a key-value store keeps under such keys. */
export const keptName = (key: string): string => `@kept ${key}`

/** Names of fields in the condition. */
export const fieldsOf = ({ site }: LibraryCall): string[] => {
  const objects = site.k === 'call' ? site.a.filter((arg) => arg.k === 'obj') : []
  const conditions = objects.flatMap((x) => x.m.filter(({ n }) => n === 'where' || n === 'filter').map(({ v }) => v))
  return (conditions.length > 0 ? conditions : objects.slice(0, 1)).flatMap((x) => (x.k === 'obj' ? x.m.flatMap(({ n }) => n ?? []) : []))
}

/** Calls that look rows up, or claim something: what each says of rows. */
export class LookUps {
  private readonly bySite = new Map<Instance, Map<Expr, LibraryCall[]>>()

  constructor(private readonly program: Program, private readonly subjects: Subjects, private readonly passedOn: PassedOn, private readonly statements: (call: LibraryCall) => SqlStatement[], private readonly keyOf: (inst: Instance, x: Expr) => KeyOrigin) {}

  /** Rows that the calls at a place look up. */
  at(inst: Instance, x: Expr): Claim[] {
    return (this.callsAt(inst).get(x) ?? []).flatMap((call) => (call.row || !isOwn(this.program, inst, x) ? this.of(call) : []))
  }

  of(call: LibraryCall): Claim[] {
    // `User.findOne()` of a class over one of a package; a function that a package exports is no query.
    const member = call.path.slice((call.recv?.kind === 'class' ? Math.max(call.path.lastIndexOf('.'), call.path.lastIndexOf('#')) : call.path.lastIndexOf('.')) + 1)
    const { row } = call
    if (row?.guard?.kind === 'look-up') return this.ofKept(call, row.guard.key)
    const asked = row ? call : this.sent(call)
    if (asked?.row?.guard?.kind === 'rows') return this.ofRows(asked, asked.row.guard)
    if (this.isClaim(call)) return [{ name: CLAIM, found: true, by: [], ...(this.claimedKey(call) === 'caller' ? { ofCaller: true as const } : {}) }]
    if (row?.effect?.kind === 'sql') return this.ofSql(call)
    const changes = row?.effect && CHANGES.test(row.effect.kind)
    if (row?.effect ? !changes : !READS.test(member) || /^(global#|node:)/.test(call.path)) return []
    const name = this.subjects.of(call) ?? this.subjects.classGiven(call)
    if (name !== undefined && !row?.effect && this.endsChange(call)) return [{ name: looseName(name), found: true, changed: true, one: true, by: conditionFields(call.site) }]
    const got = row ? undefined : RELATED.exec(member)?.[1]
    const related: Claim[] = got === undefined ? [] : [{ name: looseName(got), found: true, by: [] }]
    return name === undefined ? related : [...related, { name: looseName(name), found: true, ...(changes ? { changed: true as const } : {}), ...(asksNothing(call.site) || this.asksOne(call) ? { any: true as const } : {}), ...(givesOne(member, call.site) ? { one: true as const } : {}), by: changes ? this.conditionOf(call) : fieldsOf(call) }]
  }

  /** `findFirst({ where: { key: 'secret' } })`: whoever asks means the same row. */
  private asksOne({ inst, site }: LibraryCall): boolean {
    const [first] = site.k === 'call' ? site.a : []
    const where = first?.k === 'obj' ? first.m.find(({ n }) => n === 'where' || n === 'filter')?.v ?? first : undefined
    const isFixed = (x: Expr): boolean => x.k === 'lit' || (x.k === 'ref' && this.program.look.definition(inst, x.b)?.k === 'lit')
    return where?.k === 'obj' && where.m.length > 0 && where.m.every(({ n, v, kind }) => n !== undefined && kind !== 'spread' && isFixed(v))
  }

  /** `db.update(orders).set(…).where(…).returning()`: what the builder gives back is what the change has met. */
  private endsChange({ inst, site }: LibraryCall): boolean {
    const changes = ({ row }: LibraryCall): boolean => row?.effect?.lazy === true && CHANGES.test(row.effect.kind)
    return [...chainOf(site)].some((at) => this.callsAt(inst).get(at)?.some(changes))
  }

  /** `client.send(new GetCommand({ … }))`: what is sent says what is asked. */
  private sent({ inst, site }: LibraryCall): LibraryCall | undefined {
    const [given] = site.k === 'call' && site.f.k === 'mem' && site.f.n === 'send' ? site.a : []
    const made = given && this.program.look.behind(inst, given)
    return made?.k === 'new' ? this.callsAt(inst).get(made)?.find(({ row }) => row?.guard?.kind === 'rows') : undefined
  }

  /** Rows of the table that an argument names; one that only the environment knows goes by the name of the setting. */
  private ofRows(call: LibraryCall, { key = '0', by }: GuardModel): Claim[] {
    const written = writtenBehind(this.program, call, key)
    const name = this.program.texts(call, key)[0] ?? (written && nameOf(call.inst, written))
    const asked = by === undefined ? undefined : writtenBehind(this.program, call, by)
    const fields = asked?.k === 'obj' ? asked.m.flatMap(({ n }) => n ?? []) : asked ? [by?.split('.').at(-1) ?? ''] : []
    return name ? [{ name: looseName(name), found: true, by: fields }] : []
  }

  /** A look into a key-value store. */
  private ofKept({ inst, site }: LibraryCall, key: string | undefined): Claim[] {
    const x = key !== undefined && site.k === 'call' ? site.a[Number(key)] : undefined
    const name = x && this.subjects.ofKey(inst, x)
    if (site.k !== 'call' || name === undefined) return []
    // `sismember('seen', id)`: what is asked for stands beside the key.
    const keyed = site.a.slice(0, 2).some((arg) => !/^(constant|fresh)$/.test(this.keyOf(inst, arg)))
    return [{ name: keptName(name), found: true, kept: true, ...(keyed ? { keyed: true as const } : {}), by: [] }]
  }

  /** `SET key value NX`, an insert that ignores what is there: with a key that a repeat has too, and not everybody else. */
  isClaim(call: LibraryCall): boolean {
    const guard = call.row?.guard
    if (guard?.kind !== 'external-claim') return IGNORES.test(call.path) || skipsWhatIsThere(call)
    const { when } = guard
    if (when && !this.program.argument(call, when.arg).some((value) => holdsWord(value, when.values, this.program))) return false
    const key = this.claimedKey(call)
    return key !== 'fresh' && key !== 'constant'
  }

  private claimedKey({ inst, site, row }: LibraryCall): KeyOrigin {
    const key = row?.guard?.key
    const at = key !== undefined && site.k === 'call' ? site.a[Number(key)] : undefined
    return at === undefined ? 'given' : this.keyOf(inst, at)
  }

  private ofSql(call: LibraryCall): Claim[] {
    return this.statements(call).flatMap(({ verb, table, where, conflict }): Claim[] => {
      if (verb === 'insert' && conflict && conflict.action !== 'update') return [{ name: CLAIM, found: true, by: [] }]
      if (table === undefined || (verb !== 'select' && verb !== 'update' && verb !== 'delete')) return []
      return [{ name: looseName(table), found: true, ...(verb === 'select' ? {} : { changed: true as const }), sql: true, by: where ?? [] }]
    })
  }

  /** Of a change: its builder's conditions, or what stands in the call. */
  private conditionOf(call: LibraryCall): string[] {
    const { site } = call
    const before = site.k === 'call' && site.f.k === 'mem' ? conditionFields(site.f.o) : []
    return before.length > 0 ? before : fieldsOf(call)
  }

  calls(inst: Instance): LibraryCall[] {
    return [...this.program.callsOf(inst).filter((call) => !this.passedOn.passes(call)), ...this.passedOn.in(inst)]
  }

  callsAt(inst: Instance): Map<Expr, LibraryCall[]> {
    let map = this.bySite.get(inst)
    if (!map) {
      map = new Map()
      for (const call of this.calls(inst)) map.set(call.site, [...(map.get(call.site) ?? []), call])
      this.bySite.set(inst, map)
    }
    return map
  }
}
