import type { Expr, FnFact, Pattern } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { blocksOf, chainOf, childrenOf, eachExpression, isExpression } from '../link/shape.js'
import type { Claim } from './claims.js'

/** They give back one row, or nothing: whoever reads a member of it goes no further without it. */
const ONE = /^(find_?(one|first|unique|by(id|pk|_?pk)?)(?!.*or(create|insert|build|new|fail|throw))|first$|one$|oneOrNone$|fetchOne$|executeTakeFirst$|getOne$|returning$)/i
/** `result.value` of older drivers. */
const WRAPS = /^(value|data|Item|Attributes)$/
/** Members of what is there in any case: of a result, a list or a query. */
const ANYWAY = /^(value|ok|rows|rowCount|data|error|Item|Attributes|lastErrorObject|length|map|forEach|filter|find|some|every|reduce|flatMap|slice|at|includes|join|then|catch|exec|lean|populate|where|sort|limit|select)$/

/** With `upsert` there is one in any case. */
export const givesOne = (member: string, site: Expr): boolean => ONE.test(member) && !(site.k === 'call' && site.a.some((arg) => arg.k === 'obj' && arg.m.some(({ n }) => n === 'upsert')))

/** Rows that an expression needs without asking for them: `row.owner`, where none was found, throws. */
export class Demanded {
  private readonly known = new WeakMap<Instance, Map<Expr, Claim[]>>()

  constructor(private readonly rows: (inst: Instance, x: Expr) => Claim[]) {}

  /** What has run, whatever it gave. */
  in(inst: Instance, x: Expr): Claim[] {
    return this.of(inst, x, () => [...needed([x]), ...(partsOf(inst.fn).taken.has(x) ? [x] : [])])
  }

  /** What a call is given, with all that is chained to it. */
  before(inst: Instance, site: Expr): Claim[] {
    if (site.k !== 'call' && site.k !== 'new') return []
    return this.of(inst, site, () => needed([...site.a, ...[...chainOf(partsOf(inst.fn).whole.get(site) ?? site)].flatMap(({ a }) => a)]))
  }

  private of(inst: Instance, x: Expr, find: () => Expr[]): Claim[] {
    let known = this.known.get(inst)
    if (!known) this.known.set(inst, (known = new Map()))
    let claims = known.get(x)
    if (!claims) known.set(x, (claims = find().flatMap((row) => this.rows(inst, row).filter(({ found, field, one }) => found && field === undefined && (one === true || row.k === 'elem')))))
    return claims
  }
}

/** Places whose members are read in any case. */
const needed = (all: Expr[]): Expr[] => {
  const found: Expr[] = []
  const walk = (x: Expr): void => {
    if (x.k === 'mem' && !x.opt && !ANYWAY.test(x.n) && isRow(x.o)) found.push(x.o)
    if (x.k === 'log' || x.k === 'cond') walk(x.k === 'log' ? x.l : x.t)
    else if (x.k === 'call' && x.opt) walk(x.f)
    else for (const child of childrenOf(x)) if (isExpression(child)) walk(child)
  }
  for (const x of all) walk(x)
  return found
}

const isRow = (x: Expr): boolean => x.k === 'ref' || x.k === 'await' || (x.k === 'elem' && x.i.k === 'lit' && typeof x.i.v === 'number') || (x.k === 'mem' && !x.opt && WRAPS.test(x.n) && x.o.k === 'ref')

interface Parts {
  /** The chain that a call is part of, up to its last call. */
  whole: Map<Expr, Expr>
  /** `const { owner } = await find(…)`: what is taken apart. */
  taken: Set<Expr>
}
const parts = new WeakMap<FnFact, Parts>()

const partsOf = (fn: FnFact): Parts => {
  let known = parts.get(fn)
  if (!known) {
    parts.set(fn, (known = { whole: new Map(), taken: new Set() }))
    const { whole } = known
    // The outer ones come first.
    eachExpression(fn.body, (x) => {
      if (x.k === 'call' && !whole.has(x)) for (const inner of chainOf(x)) whole.set(inner, x)
    })
    takenIn(fn.body, known.taken)
  }
  return known
}

const isTaken = (t: Pattern): boolean => t.k === 'objpat' && !t.m.some(({ n }) => n !== undefined && ANYWAY.test(n))

const takenIn = (body: FnFact['body'], into: Set<Expr>): void => {
  for (const s of body) {
    if (s.k === 'var') for (const { t, i } of s.d) if (i && (isTaken(t) || (t.k === 'arrpat' && t.x[0] && isTaken(t.x[0])))) into.add(i)
    for (const inner of blocksOf(s)) takenIn(inner, into)
  }
}
