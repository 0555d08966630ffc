import type { Expr } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Application, Library } from './library.js'
import { orElse } from './or-else.js'
import { ANY, ROOT_PATH, isRooted } from './paths.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { ELEMENTS, type LiteralValue, type Value } from './values.js'

/** More files than these are no folder of modules that a loop loads. */
const MOST_NAMES = 150

/**
 * `readdirSync(join(__dirname, 'models')).forEach((file) => { models[parse(file).name] = require(join(__dirname, 'models', file)) })`: at start-up
 * the names of a folder of sources are told apart, so that each module gets the name of its own file.
 */
export class FileNames {
  private readonly names = new Set<LiteralValue>()

  constructor(private readonly library: Library) {}

  private get a(): Analysis {
    return this.library.a
  }

  /** Lists the sources and folders of a folder, where it is known and all that is asked for are names; `otherwise` what the library gives. */
  list(made: Application, dir: string, otherwise: () => void): void {
    const { site, inst } = made
    if (inst.phase !== 'startup' || (site.k === 'call' && site.a.some(({ k }) => k === 'obj'))) return otherwise()
    orElse(this.a, this.library.arguments.refs(dir, made), (value) => this.listed(made, value), otherwise)
  }

  private listed(made: Application, value: Value): boolean {
    const path = value.kind === 'lit' ? value.value : undefined
    if (typeof path !== 'string' || !isRooted(path) || path.includes(ANY)) return false
    const names = this.namesIn(path.slice(ROOT_PATH.length).replace(/\/+$/, ''))
    if (names.length === 0 || names.length > MOST_NAMES) return false
    const out = this.library.builtins.listInto(made)
    for (const name of names) this.a.solver.add(out, this.name(name, made).id)
    return true
  }

  private namesIn(folder: string): string[] {
    const start = folder === '' ? 0 : folder.length + 1
    const units = this.a.resolver.filesIn(folder || '.', true).filter((file) => this.a.unitOf.get(file)?.evaluated)
    return [...new Set(units.map((file) => file.slice(start).split('/', 1)[0] as string))]
  }

  private name(text: string, { inst: { unit } }: Application): LiteralValue {
    const name = this.a.memberName(text, unit)
    this.names.add(name)
    return name
  }

  /** `file.replace('.js', '')`, `file.split('.')[0]`, `basename(file, '.js')`: what is made of such a name is one, too. */
  derived(made: Application): Ref | undefined {
    const { site } = made
    if (this.names.size === 0 || site.k !== 'call' || site.f.k !== 'mem') return undefined
    const text = this.textOf(made, site.f.o)
    const derived = text === undefined ? undefined : changed(text, site.f.n, site.a)
    if (derived === undefined) return undefined
    if (typeof derived === 'string') return constant(this.name(derived, made).id)
    const list = this.a.allocate(made.inst, site, 'array', { path: 'global#Array.new' })
    this.a.solver.add(this.a.field(list, ELEMENTS), this.name(derived[0] ?? '', made).id)
    return constant(list.id)
  }

  /** `path.parse(file)`, `path.basename(file, '.js')` */
  parsed(made: Application, asks: 'parse' | 'basename'): boolean {
    const written = this.names.size > 0 && made.site.k === 'call' ? made.site.a[0] : undefined
    const text = written && this.textOf(made, written)
    if (text === undefined || made.result < 0) return false
    const base = text.slice(text.lastIndexOf('/') + 1)
    const name = base.replace(/(?<=.)\.\w+$/, '')
    if (asks === 'basename') this.a.solver.add(made.result, this.name(made.args.length > 1 ? name : base, made).id)
    else {
      const parts = this.a.allocate(made.inst, made.site, 'object')
      this.a.solver.add(this.a.field(parts, 'name'), this.name(name, made).id)
      this.a.solver.add(this.a.field(parts, 'base'), this.name(base, made).id)
      this.a.solver.add(made.result, parts.id)
    }
    return true
  }

  /** The one such name that an expression stands for. */
  private textOf({ inst }: Application, x: Expr): string | undefined {
    const ref = x.k === 'ref' ? this.library.ev.expression(inst, x) : x.k === 'call' ? inst.results.get(x) ?? NOTHING : NOTHING
    const [only, another] = this.a.of(ref)
    return only?.kind === 'lit' && !another && this.names.has(only) && typeof only.value === 'string' ? only.value : undefined
  }
}

const textIn = (x: Expr | undefined): string | undefined => (x?.k === 'lit' && typeof x.v === 'string' ? x.v : undefined)

const numberIn = (x: Expr | undefined): number | undefined => {
  if (x?.k === 'un' && x.op === '-' && x.x.k === 'lit') return -Number(x.x.v)
  return x?.k === 'lit' && typeof x.v === 'number' ? x.v : undefined
}

const patternIn = (x: Expr | undefined): string | RegExp | undefined => {
  const [, source, flags] = x?.k === 're' ? /^\/(.*)\/(\w*)$/.exec(x.v) ?? [] : []
  try {
    return source === undefined ? textIn(x) : new RegExp(source, flags)
  } catch {
    return undefined
  }
}

/** What a method of texts gives, as far as its arguments are written down. */
const changed = (text: string, method: string, [first, second]: Expr[]): string | string[] | undefined => {
  const pattern = patternIn(first)
  const by = textIn(second)
  const from = numberIn(first)
  switch (method) {
    case 'replace': return pattern === undefined || by === undefined ? undefined : text.replace(pattern, by)
    case 'split': return pattern === undefined ? undefined : text.split(pattern)
    case 'slice': case 'substring': case 'substr': return from === undefined ? undefined : text[method](from, numberIn(second))
    case 'toLowerCase': case 'toUpperCase': case 'trim': return text[method]()
    default: return undefined
  }
}
