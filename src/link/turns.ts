import type { Expr, Stmt } from '../model/facts.js'
import type { Instance } from './instances.js'
import type { Application, Library } from './library.js'
import { blocksOf, leaves, someExpression } from './shape.js'
import { NOTHING, type Ref, constant } from './solver.js'
import type { FnValue, ObjectValue } from './values.js'

/** What runs the next one. */
export const FOLLOWING = 'turns#following'

/** Functions that run one after the other. */
interface Row {
  made: Application
  /** Does each get what the one before hands over? */
  given: boolean
  /** Where each of them is, and what the one before it is given last to run it. */
  turns: { at: Ref; run: ObjectValue }[]
}

/** `async.waterfall([(done) => …, (token, done) => …])`: each function calls what runs the next one, with what that is given. */
export class Turns {
  private readonly followed = new Map<ObjectValue, { row: Row; index: number }>()
  private readonly begun = new Set<ObjectValue>()

  constructor(private readonly library: Library) {}

  /** Says whether the list is written there, so that it is known which is the next. */
  run(made: Application, how: 'given' | 'alone'): boolean {
    const list = made.site.k === 'call' ? made.site.a[0] : undefined
    const at = made.args[0]
    if (list?.k !== 'arr' || at === undefined || list.x.length === 0 || list.x.some((x) => x.k === 'spread')) return false
    const row: Row = { made, given: how === 'given', turns: list.x.map((x, i) => ({ at: this.library.access.position(at, i), run: this.library.a.allocate(made.inst, x, 'library', { path: FOLLOWING }) })) }
    row.turns.forEach(({ run }, index) => this.followed.set(run, { row, index }))
    this.begin(made, row, 0, [])
    this.library.a.undecided.push(() => this.goOn(row))
    return true
  }

  /** What runs the next one is called. */
  follow(made: Application): void {
    const { site, inst, recv, args } = made
    const known = recv?.kind === 'object' ? this.followed.get(recv) : undefined
    if (!known || site.k !== 'call' || isFailure(site, inst)) return
    this.begin(made, known.row, known.index, !known.row.given ? [] : site.a.some((x) => x.k === 'spread') ? undefined : args.slice(1))
  }

  /** Those that nothing seen leads to: what runs them was handed on, or is called by a package. */
  private goOn(row: Row): void {
    const index = row.turns.findIndex(({ run }) => !this.begun.has(run))
    const turn = row.turns[index]
    if (!turn) return
    this.begun.add(turn.run)
    this.begin(this.library.a.calls.find(({ args }) => args.some((arg) => this.library.a.of(arg).includes(turn.run))) ?? row.made, row, index, undefined)
    this.library.a.undecided.push(() => this.goOn(row))
  }

  /** Runs one of them, from there. */
  private begin({ inst, site }: Pick<Application, 'inst' | 'site'>, row: Row, index: number, given: Ref[] | undefined): void {
    const turn = row.turns[index]
    if (!turn) return
    const next = row.turns[index + 1]
    this.library.functions(turn.at, (fn) => {
      const before = given ?? others(fn)
      // An error alone does not get to one that waits for more.
      if (before.length < others(fn).length) return
      this.begun.add(turn.run)
      this.library.calls.invoke(inst, site, fn, [], [...before, next ? constant(next.run.id) : NOTHING], NOTHING)
    })
  }
}

/** Places of what a function is given before what runs the next one. */
const others = ({ fn }: FnValue): Ref[] => fn.params.slice(fn.async ? 0 : 1).map(() => NOTHING)

/** `done('not found')`, `done(new Error(…))`, `if (err) return done(err)`. */
const isFailure = ({ a }: Expr & { k: 'call' }, { fn }: Instance): boolean => {
  const [first] = a
  if (!first || first.k === 'cond' || first.k === 'log') return false
  if (first.k === 'lit') return Boolean(first.v)
  return first.k !== 'ref' || isBehind(fn.body, first)
}

/** Does a value stand where it was asked whether it is there? */
const isBehind = (body: Stmt[], x: Expr & { k: 'ref' }): boolean =>
  body.some((s) => (s.k === 'if' && s.t.k === 'ref' && s.t.b === x.b && leaves(s.c) && someExpression(s.c, (one) => one === x)) || blocksOf(s).some((block) => isBehind(block, x)))
