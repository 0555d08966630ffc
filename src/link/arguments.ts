import type { ArgumentPath } from '../model/catalog.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { Access } from './access.js'
import type { Analysis } from './analysis.js'
import type { Instance, Phase } from './instances.js'
import { someExpression } from './shape.js'
import { NOTHING, type Ref, constant } from './solver.js'
import type { ClassValue, FnValue, ObjectValue, Value } from './values.js'

/** What an argument path is asked of: a call's arguments and receiver, and where it stands. */
export interface Given {
  args: Ref[]
  recv?: ObjectValue | FnValue | ClassValue | undefined
  inst?: Instance
  site?: Expr
  /** What functions are given that a path calls. */
  handed?: Ref[]
  /** When functions are called whose result is asked for (`0().onOpen`), where that is not now. */
  calledIn?: Phase
}

interface Parsed {
  base: 'this' | 'last' | 'made' | number
  rest: boolean
  steps: string[]
}

const parsed = new Map<string, Parsed>()
const alternatives = new Map<string, Parsed[]>()

/** The alternatives of a path. */
const optionsOf = (path: string): Parsed[] => {
  let options = alternatives.get(path)
  if (!options) alternatives.set(path, (options = path.split('~').map(parse)))
  return options
}

const parse = (path: string): Parsed => {
  const known = parsed.get(path)
  if (known) return known
  const head = /^(this|last|made(?=\.\d)|\d+)(\.\.)?/.exec(path)
  const base = head?.[1] ?? '0'
  const steps = path.slice(head?.[0].length ?? 0).match(/\[[^\]]*\]|\(\)|\{[^}]*\}|[^.[\]{}()]+/g) ?? []
  const made: Parsed = { base: base === 'this' || base === 'last' || base === 'made' ? base : Number(base), rest: head?.[2] !== undefined, steps }
  parsed.set(path, made)
  return made
}

/** Resolves argument paths (`1.store`, `last`, `0{}`, `2~1`) to places. */
export class Arguments {
  constructor(private readonly a: Analysis, private readonly access: Access) {}

  /** All places that a path names; several for `1..`, and for alternatives of which only values can say which one is there. */
  refs(path: ArgumentPath, given: Given): Ref[] {
    const all: Ref[] = []
    for (const option of optionsOf(path)) {
      const found = this.some(option, given)
      all.push(...found)
      if (found.length > 0 && option.steps.length === 0) break
    }
    // Asked after linking, a path of members makes places that only the solver fills.
    if (this.a.settled) this.fill()
    return all
  }

  private filling = false
  /** What is asked for meanwhile is filled by the same run. */
  private fill(): void {
    if (this.filling) return
    this.filling = true
    this.a.solver.run(Infinity, () => false)
    this.filling = false
  }

  /** All values that a path names, once all is known. */
  values(path: ArgumentPath, given: Given): Value[] {
    return this.refs(path, given).flatMap((ref) => this.a.of(ref))
  }

  /** The place that a path names; one that joins the alternatives of `0.path~0`. */
  ref(path: ArgumentPath, given: Given): Ref | undefined {
    const found = this.refs(path, given)
    if (found.length < 2 || !path.includes('~')) return found[0]
    const node = this.a.solver.node()
    for (const ref of found) this.a.solver.flow(ref, node)
    return node
  }

  /** What lies behind further steps from a place: `.fields{}.resolve`. */
  beyond(base: Ref, steps: string, given: Given): Ref {
    return parse(`0${steps}`).steps.reduce((at, step) => this.step(at, step, given), base)
  }

  private some(path: Parsed, given: Given): Ref[] {
    const steps = path.base === 'made' ? path.steps.slice(1) : path.steps
    return this.bases(path, given).map((base) => steps.reduce((at, step) => this.step(at, step, given), base))
  }

  private bases(path: Parsed, { args, recv }: Given): Ref[] {
    if (path.base === 'this') return recv ? [constant(recv.id)] : []
    if (path.base === 'last') return args.slice(-1)
    if (path.base === 'made') return recv?.kind === 'object' ? recv.args?.slice(Number(path.steps[0])).slice(0, 1) ?? [] : []
    if (path.rest) return args.slice(path.base)
    const arg = args[path.base]
    return arg === undefined ? [] : [arg]
  }

  private step(at: Ref, step: string, given: Given): Ref {
    if (step === '[]') return this.access.iterated(at)
    if (step.startsWith('[=')) return this.access.loadKey(at, given.args[Number(step.slice(2, -1))] ?? NOTHING)
    if (step.startsWith('[')) return this.chosen(at, step.slice(1, -1), given)
    if (step === '{}') return this.access.anyField(at)
    if (step === '()') return this.called(at, given)
    if (step === 'new') return this.instances(at, given)
    if (/^@\d$/.test(step)) return this.madeWith(at, Number(step.slice(1)))
    if (step.startsWith('{')) return this.fieldsNamed(at, namesOf(step.slice(1, -1)))
    return this.access.load(at, step)
  }

  /** `id=0|credentials`: elements whose field `id` is the text of argument 0, or those without it where that is `credentials`. */
  private chosen(at: Ref, choice: string, given: Given): Ref {
    const [field = '', index = '0', absent] = choice.split(/[=|]/)
    const node = this.a.solver.node()
    const asked = given.args[Number(index)] ?? NOTHING
    const add = (element: number, text: unknown): void => this.a.solver.watch(asked, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lit' && value.value === text) this.a.solver.add(node, element)
    })
    this.a.solver.watch(this.access.iterated(at), (element) => {
      const { site } = this.a.value(element) as Partial<ObjectValue>
      if (site?.k === 'obj' && !site.m.some(({ n }) => n === field)) return add(element, absent)
      this.a.solver.watch(this.access.load(constant(element), field), (id) => {
        const value = this.a.value(id)
        if (value.kind === 'lit') add(element, value.value)
      })
    })
    return node
  }

  /** Result of calling the functions that are there. */
  private called(at: Ref, given: Given): Ref {
    const node = this.a.solver.node()
    this.a.solver.watch(at, (id) => {
      const fn = this.a.value(id)
      if (fn.kind !== 'fn') return
      const site: Expr = given.site ?? { k: 'this', p: fn.fn.p, e: fn.fn.p }
      this.access.calls.invoke(given.inst ?? fn.env, site, fn, [], given.handed ?? [], node, given.calledIn ? { phase: given.calledIn, later: true } : {})
    })
    return node
  }

  /** What the objects of libraries that are there were made with. */
  private madeWith(at: Ref, index: number): Ref {
    const node = this.a.solver.node()
    this.a.solver.watch(at, (id) => {
      const { args } = this.a.value(id) as Partial<ObjectValue>
      if (args?.[index] !== undefined) this.a.solver.flow(args[index], node)
    })
    return node
  }

  /** What a framework makes of classes, and of modules that are loaded when they are asked for. */
  private instances(at: Ref, given: Given): Ref {
    const node = this.a.solver.node()
    const see = (id: number): void => {
      const value = this.a.value(id)
      if (value.kind === 'class') this.a.solver.flow(this.access.calls.library.components.instanceFor(value), node)
      else if (value.kind === 'ns') this.a.solver.watch(this.access.load(constant(id), 'default'), see)
      else if (value.kind === 'fn' && loads(value.fn)) this.a.solver.watch(this.access.awaited(this.called(constant(id), given)), see)
    }
    this.a.solver.watch(at, see)
    return node
  }

  private fieldsNamed(at: Ref, isNamed: (name: string) => boolean): Ref {
    const node = this.a.solver.node()
    this.a.solver.watch(at, (id) => {
      const value = this.a.value(id)
      if (value.kind !== 'object') return
      value.holder.onField((name, field) => {
        if (!name.startsWith('@') && isNamed(name)) this.a.solver.flow(field, node)
      })
    })
    return node
  }

  /** What a path of plain members names as far as it is known this moment, without waiting for more. */
  now(path: ArgumentPath, given: Given): Value[] {
    return path.split('~').map(parse).flatMap((option) => {
      let at = this.bases(option, given).flatMap((base) => this.a.of(base))
      for (const step of option.steps) at = at.flatMap((value) => (value.kind === 'object' ? this.a.of(value.holder.fields.get(step) ?? NOTHING) : []))
      return at
    })
  }

  /** Texts that a place may hold, once all is known. */
  texts(ref: Ref | undefined): string[] {
    if (ref === undefined) return []
    return this.a.of(ref).flatMap((v) => (v.kind === 'lit' && typeof v.value === 'string' ? [v.value] : []))
  }
}

/** `() => import('./controllers/users')`: gives a module, where a handler would serve a request. */
const loads = ({ params, body }: FnFact): boolean =>
  params.length === 0 && someExpression(body, (x) => x.k === 'imp' || (x.k === 'call' && x.f.k === 'glob' && x.f.n === 'require'))

/** `Query,*Mutation`: these names; `!Query,*Mutation`: all but these. */
const namesOf = (list: string): ((name: string) => boolean) => {
  const but = list.startsWith('!')
  const names = (but ? list.slice(1) : list).split(',')
  const meant = (name: string): boolean => names.some((one) => (one.startsWith('*') ? name.endsWith(one.slice(1)) : name === one))
  return (name) => meant(name) !== but
}
