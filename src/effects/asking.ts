import type { BindingId, CallExpr, Expr, FileFacts, FnFact, Stmt } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { blocksOf, chainOf, eachExpression, eachInside } from '../link/shape.js'
import type { Value } from '../link/values.js'
import type { Program } from '../program/program.js'

/** They throw where no row is there. */
const INSISTS = /^(throwIfNotFound|orFail|\w+OrThrow|\w+OrFail|\w+OrFailBy)$/
export const isInsisting = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && INSISTS.test(x.f.n)

/** Options and parts of a query that say how rows come, and not which. */
const SHAPES = /^(order(By)?|sort|limit|take|select|columns|attributes|include|with|relations|populate|lean|from|raw|transaction|cache)$/

/** `Settings.query().limit(1).first()`, `findFirst({ orderBy: { id: 'asc' } })`: no part of the chain says which row. */
export const asksNothing = (x: Expr): boolean => {
  for (const { f, a } of chainOf(x)) if (!SHAPES.test(f.n) && a.some((arg) => (arg.k === 'obj' ? arg.m.some(({ n }) => n === undefined || !SHAPES.test(n)) : arg.k !== 'lit' || typeof arg.v === 'string'))) return false
  return true
}

/** `let row; try { row = await find(…) } catch { … }; if (row) …`: what a local was last given before a place, as the text goes. */
export const lastAssignment = (fn: FnFact, binding: BindingId, at: number): Expr | undefined => {
  const last = assignedBefore(fn, binding, at)
  return last?.k === 'await' || last?.k === 'call' ? last : undefined
}

/** What a local was assigned last before a place, as it is written. */
export const assignedBefore = (fn: FnFact, binding: BindingId, at: number): Expr | undefined => {
  let last: Expr | undefined
  eachExpression(fn.body, (x) => { if (x.k === 'set' && 'b' in x.l && x.l.b === binding && x.e <= at && (!last || x.r.p > last.p)) last = x.r })
  return last
}

/** `await new Promise((resolve, reject) => compare(old, user.password, (error, same) => resolve(same)))`: the calls that decide. */
export const decidedBy = (facts: FileFacts, x: Expr): CallExpr[] => {
  const [executor] = x.k === 'new' && x.f.k === 'glob' && x.f.n === 'Promise' ? x.a : []
  const calls: CallExpr[] = []
  if (executor?.k === 'fn') eachExpression(facts.functions[executor.f]?.body ?? [], (inner) => { if (inner.k === 'call') calls.push(inner) })
  return calls
}

/** `let bad = false; if (known) bad = true`: the tests that raise a flag, where they are all that does. None of them held where it is not up. */
export const flagsRaised = (fn: FnFact, binding: BindingId): Expr[] => {
  const tests: Expr[] = []
  let others = false
  const take = (body: Stmt[], test: Expr | undefined): void => {
    for (const s of body) {
      if (s.k === 'expr' && s.x.k === 'set' && 'b' in s.x.l && s.x.l.b === binding) {
        const raises = s.x.op === '=' && s.x.r.k === 'lit' && s.x.r.v === true
        if (raises && test) tests.push(test)
        else others = true
      } else if (s.k === 'if') {
        take(s.c, test ? BOTH : s.t)
        take(s.a ?? [], test ? BOTH : { k: 'un', op: '!', x: s.t, p: s.t.p, e: s.t.e })
      } else for (const inner of blocksOf(s)) take(inner, s.k === 'block' || s.k === 'try' ? test : BOTH)
    }
  }
  take(fn.body, undefined)
  return others ? [] : tests.filter((test) => test !== BOTH)
}

/** More than one test stands around it. */
const BOTH: Expr = { k: 'this', p: 0, e: 0 }

const CONDITION = /^(and|or)?where|^filter/i

/** `.where('state', '=', 'open')`, `.where(and(eq(orders.id, id), eq(orders.state, 'open')))`: fields that the conditions of a chain name. */
export const conditionFields = (x: Expr): string[] => {
  const fields = new Set<string>()
  for (const { f, a } of chainOf(x)) if (CONDITION.test(f.n) && a[0]) addFields(a[0], fields)
  return [...fields]
}

const addFields = (condition: Expr, fields: Set<string>): void => {
  if (condition.k === 'lit' && typeof condition.v === 'string') for (const name of namesIn(condition.v)) fields.add(name)
  if (condition.k === 'obj') for (const { n } of condition.m) if (n !== undefined) fields.add(n)
  eachInside(condition, (y) => { if (y.k === 'call' && y.a[0]?.k === 'mem') fields.add(y.a[0].n) })
}

/** `orders.state`, `id = :id AND state = :state` */
const namesIn = (text: string): string[] => {
  const compared = [...text.matchAll(/(\w+)["`\]]?\s*(?:=|<|>|!=|\bin\b|\bis\b)/gi)].map(([, name]) => name ?? '')
  return compared.length > 0 ? compared : [text.split('.').at(-1) ?? '']
}

/** What is called is a function of the project, whatever else its name may mean. */
export const isOwn = ({ look }: Program, inst: Instance, x: Expr): boolean => x.k === 'call' && look.values(inst, x.f).some(({ kind }) => kind === 'fn')

/** `'NX'`, `{ NX: true }`, `{ nx: true }` */
export const holdsWord = (value: Value, words: string[], program: Program): boolean => {
  if (value.kind === 'lit') return words.includes(String(value.value))
  if (value.kind !== 'object') return false
  return [...value.holder.fields].some(([name, node]) => words.includes(name) || program.a.of(node).some((one) => one.kind === 'lit' && words.includes(String(one.value))))
}
