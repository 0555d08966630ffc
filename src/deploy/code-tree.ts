import type { BindingId, Expr, FileFacts, Pattern, PropFact } from '../model/facts.js'
import { nodes } from './code-nodes.js'
import { callsTo, type Parameter, parameterOf } from './code-params.js'
import type { Tree } from './tree.js'

/** The other files of the program: constants are imported, and constructs are given their options where they are made. */
export interface Surroundings {
  path: string
  files: ReadonlyMap<string, FileFacts>
  /** Those that make constructs. */
  coded: readonly string[]
}

/** `const { count = 2 } = props`. */
interface Part {
  from: Expr
  name: string
  fallback?: Expr
}

const DEEPEST = 12
const PRODUCTION = /prod|live/i
const OTHER_STAGE = /\b\w*(dev|test|local|stag|preview|sandbox)\w*\b/i

/** Objects of code as the data that YAML would be: literals, constants, what a fallback (`x || 'max'`) falls back to, and what holds in production. */
export class CodeTrees {
  private readonly constants = new Map<BindingId, Expr>()
  private readonly parts = new Map<BindingId, Part>()
  /** Made in another file: their offsets mean nothing here, only their values do. */
  private readonly foreign = new WeakSet<Tree>()

  private files: CodeTrees[] | undefined
  /** What parameters are given, once asked; nothing while it is being found out. */
  private readonly parameters = new Map<BindingId, Tree | undefined>()

  constructor(readonly facts: FileFacts, private readonly around?: Surroundings) {
    for (const node of nodes(facts.functions)) if (node['k'] === 'var') for (const { t, i } of node['d'] as { t: Pattern; i?: Expr }[]) if (i) this.declare(t, i)
  }

  /** Those of a file of the program: files ask each other, and each is read once. */
  static in(around: Surroundings, facts: FileFacts): CodeTrees {
    let all = shared.get(around.files)
    if (!all) shared.set(around.files, (all = new Map()))
    let trees = all.get(facts)
    if (!trees) all.set(facts, (trees = new CodeTrees(facts, around)))
    return trees
  }

  private declare(t: Pattern, i: Expr): void {
    if (t.k === 'bind') this.constants.set(t.b, i)
    if (t.k !== 'objpat') return
    for (const { n, t: inner } of t.m) {
      const [target, fallback] = inner.k === 'def' ? [inner.t, inner.d] : [inner, undefined]
      if (n !== undefined && target.k === 'bind') this.parts.set(target.b, { from: i, name: n, ...(fallback ? { fallback } : {}) })
    }
  }

  /** What is unknown is empty: no reader takes it for a value. */
  of(x: Expr, depth = 0): Tree {
    const tree = this.value(x, depth)
    if (tree.kind === 'scalar') return { ...tree, start: x.p, end: x.e }
    return this.foreign.has(tree) ? nothing(x) : tree
  }

  private value(x: Expr, depth: number): Tree {
    const span = { start: x.p, end: x.e }
    if (depth > DEEPEST) return nothing(x)
    switch (x.k) {
      case 'lit': return { kind: 'scalar', value: x.v, ...span }
      case 'tpl': return { kind: 'scalar', value: x.x.length === 0 && !x.tag ? x.q.join('') : null, ...span }
      case 'un': return x.op === '-' && x.x.k === 'lit' ? { kind: 'scalar', value: -Number(x.x.v), ...span } : nothing(x)
      case 'log': return x.op === '&&' ? nothing(x) : this.known(x.l, depth + 1) ?? this.value(x.r, depth + 1)
      case 'cond': return this.chosen(x, depth)
      case 'arr': return { kind: 'list', items: x.x.map((item) => this.of(item, depth + 1)), ...span }
      case 'obj': return { kind: 'map', entries: x.m.flatMap((prop) => this.entries(prop, depth)), ...span }
      case 'ref': return this.bound(x.b, depth + 1) ?? nothing(x)
      case 'mem': return this.member(this.value(x.o, depth + 1), x.n) ?? nothing(x)
      default: return nothing(x)
    }
  }

  /** Where the left of `??` is known, the right is not asked. */
  private known(x: Expr, depth: number): Tree | undefined {
    if (x.k !== 'ref' && x.k !== 'mem') return undefined
    const tree = this.value(x, depth)
    return tree.kind === 'scalar' && tree.value === null ? undefined : tree
  }

  /** `stage === 'prod' ? 3 : 1`: what holds in production. */
  private chosen({ t, c, a, ...at }: Expr & { k: 'cond' }, depth: number): Tree {
    const text = JSON.stringify(t)
    const stage = PRODUCTION.test(text) ? 'production' : OTHER_STAGE.test(text) ? 'other' : undefined
    if (!stage) return nothing(at)
    const isNegated = /"op":"(!|!==|!=)"/.test(text)
    return this.value((stage === 'production') !== isNegated ? c : a, depth + 1)
  }

  private bound(binding: BindingId, depth: number): Tree | undefined {
    const made = this.constants.get(binding)
    if (made) return this.value(made, depth)
    const part = this.parts.get(binding)
    if (part) {
      const found = this.member(this.value(part.from, depth), part.name)
      return found && !(found.kind === 'scalar' && found.value === null) ? found : part.fallback && this.value(part.fallback, depth)
    }
    return this.imported(binding, depth) ?? this.given(binding)
  }

  private member(tree: Tree, name: string): Tree | undefined {
    const found = tree.kind === 'map' ? tree.entries.find(({ key }) => key === name)?.value : undefined
    if (found && this.foreign.has(tree)) this.foreign.add(found)
    return found
  }

  // ---------------------------------------------------------------- other files

  /** A constant that another file exports. */
  private imported(binding: BindingId, depth: number): Tree | undefined {
    const { path, files } = this.around ?? {}
    if (path === undefined || !files) return undefined
    for (const { s, names } of this.facts.imports) {
      const name = names.find(({ b }) => b === binding)?.n
      const target = name === undefined || !s.startsWith('.') ? undefined : beside(path, s, files)
      const facts = target === undefined ? undefined : files.get(target)
      const exported = facts?.exports.find(({ n }) => n === name)
      if (!facts || !exported) continue
      const other = new CodeTrees(facts)
      return this.fromElsewhere(exported.x ? other.value(exported.x, depth) : exported.b === undefined ? undefined : other.bound(exported.b, depth))
    }
    return undefined
  }

  /** A parameter: what it is given where the construct is made or the helper is called, if all who do give the same. */
  private given(binding: BindingId): Tree | undefined {
    if (this.parameters.has(binding)) return this.parameters.get(binding)
    this.parameters.set(binding, undefined)
    const parameter = parameterOf(this.facts, binding)
    const trees = parameter ? this.callers().flatMap((file) => callsTo(file.facts, parameter).map((x) => this.argument(file, x, parameter))) : []
    const [first] = trees
    const found = first && (trees.length === 1 || trees.every((tree) => isSame(tree, first))) ? this.fromElsewhere(first) : undefined
    this.parameters.set(binding, found)
    return found
  }

  private argument(file: CodeTrees, x: Expr & { k: 'call' | 'new' }, { position, member, fallback }: Parameter): Tree | undefined {
    const argument = x.a[position]
    const tree = argument && file.value(argument, 0)
    const found = member === undefined ? tree : tree && this.member(tree, member)
    return found && !(found.kind === 'scalar' && found.value === null) ? found : fallback && this.value(fallback, 0)
  }

  /** Files that make constructs, this one among them. */
  private callers(): CodeTrees[] {
    const { around } = this
    if (!around) return [this]
    return (this.files ??= around.coded.flatMap((path) => {
      const facts = around.files.get(path)
      return facts === undefined ? [] : facts === this.facts ? [this] : [CodeTrees.in({ ...around, path }, facts)]
    }))
  }

  private fromElsewhere(tree: Tree | undefined): Tree | undefined {
    if (tree && tree.kind !== 'scalar') this.foreign.add(tree)
    return tree
  }

  private entries(prop: PropFact, depth: number) {
    if (prop.kind === 'spread') {
      const spread = this.of(prop.v, depth + 1)
      return spread.kind === 'map' ? spread.entries : []
    }
    return prop.n === undefined || prop.kind !== 'init' ? [] : [{ key: prop.n, start: prop.q, end: prop.q + prop.n.length, value: this.of(prop.v, depth + 1) }]
  }
}

const shared = new WeakMap<Surroundings['files'], Map<FileFacts, CodeTrees>>()

const nothing = ({ p, e }: { p: number; e: number }): Tree => ({ kind: 'scalar', value: null, start: p, end: e })

const isSame = (tree: Tree | undefined, other: Tree): boolean => tree?.kind === 'scalar' && other.kind === 'scalar' && tree.value === other.value

/** The file that a relative specifier leads to. */
function beside(path: string, specifier: string, files: ReadonlyMap<string, FileFacts>): string | undefined {
  const parts = path.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  const stem = parts.join('/').replace(/\.[cm]?js$/, '')
  return [parts.join('/'), ...['.ts', '.mts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js'].map((end) => stem + end)].find((file) => files.has(file))
}
