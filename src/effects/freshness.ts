import { MAKES_IDS } from '../catalog/words.js'
import type { BindingId, Expr } from '../model/facts.js'
import type { Callers } from '../flow/reach.js'
import { declaringOf, type Instance } from '../link/instances.js'
import type { Value } from '../link/values.js'
import { nameOf } from './compared.js'
import { DRAWN_THERE } from './sql.js'
import type { Program } from '../program/program.js'

const DEEPEST = 10
const ARITHMETIC = /^[-+*/|%]$/
const TEXTS = /^(toString|toFixed|slice|substring|substr|toUpperCase|toLowerCase|replace|replaceAll|padStart|padEnd|trim|toISOString|getTime|valueOf|toJSON|toHexString)$/

/** What a step from a parameter to its callers costs of the depth, and how many are asked. */
const CALLERS = 3
const MOST_CALLERS = 6

/** Another form of the same value: `encodeHex(sha256(token))`. */
const DERIVES = /^(sha\d+\w*|md5|blake\w*|encode\w*|to_?hex|bytes_?to_?hex|base(32|58|64)\w*)$/i

/** Functions that make something up, though they wait for it. */
const MAKER = /^_?(generate|random|make|new|create)\w*(token|secret|key|code|id|hash|password|slug|nonce)?$/i

/** How deep such a one may draw: in a callback, in a promise. */
const NAMED = 3

/** Functions that make another text of a secret. */
const HIDES = /^_?(encrypt|hash|seal|cipher|hmac|digest)/i

/** Functions that give the same value another type: `OrderId.make(nanoid())`. */
const BRANDS = /^(make|of|from|as|to|parse|decode|brand|cast|unsafe\w*|(as|to|make|parse)[A-Z]\w*Id)$/

const isText = (f: Expr): boolean => f.k === 'mem' && TEXTS.test(f.n)

/** What mixes its arguments into one text: paths, hashes. */
const isMixture = (f: Expr): boolean => f.k === 'mem' && /^(join|resolve|concat|normalize|md5|sha1|sha256|format)$/.test(f.n)

/** `moment().format('YYYYMMDD-HHmmss')`: of a moment that is written out to the day, the next one of that day is the same. */
const saysSeconds = ({ f, a: [as] }: Expr & { k: 'call' }): boolean => f.k === 'mem' && f.n === 'format' && (as === undefined || (as.k === 'lit' && /s|x/i.test(String(as.v))))

/** Functions that make a name of a text: `slugify(`${title}-${seed}`, { lower: true })`. */
const SLUGS = /^(to_?)?(slug(ify)?|kebab_?case|snake_?case)$/i

const isNumeric = (f: Expr): boolean =>
  (f.k === 'glob' && /^(String|Number|parseInt|BigInt)$/.test(f.n)) || (f.k === 'mem' && f.o.k === 'glob' && f.o.n === 'Math' && /^(floor|round|ceil|trunc|abs)$/.test(f.n))

/** Is a value made up anew at each call (random, clock), so that a repeat never meets what the first call wrote? */
export class Freshness {
  private readonly paths = new Map<string, boolean>()

  constructor(private readonly program: Program) {}

  ofValues(values: Value[]): boolean {
    return values.some((value) => (value.kind === 'lib' || value.kind === 'object') && value.path !== undefined && this.ofPath(value.path))
  }

  private reached: Callers | undefined

  /** The same, of what those give that an entry has reached: `save(uuid(), row)` of one handler is not `save(req.params.id, row)` of another. */
  amongCallers(reached: Callers, inst: Instance, x: Expr): boolean {
    this.reached = reached
    const fresh = this.of(inst, x)
    this.reached = undefined
    return fresh
  }

  private ofReached(from: Instance, binding: BindingId, depth: number): boolean | undefined {
    const { reached } = this
    const { inst, index } = parameterOf(from, binding)
    if (!reached || index < 0 || depth > DEEPEST - CALLERS) return undefined
    const edges = inst.callers.filter((edge) => !edge.later && reached.has(edge.from) && reached.has(inst))
    if (edges.length === 0 || edges.length > MOST_CALLERS || !edges.every(({ site }) => site.k === 'call' && site.a[index] !== undefined)) return undefined
    return edges.every(({ from: caller, site }) => site.k === 'call' && this.of(caller, site.a[index] as Expr, depth + CALLERS))
  }

  /** Of a text with a fresh part too: `order-${uuid()}`, `'a' + Date.now()`. */
  of(inst: Instance, x: Expr, depth = 0): boolean {
    if (depth > DEEPEST) return false
    if (x.k === 'new' && x.a.length === 0 && x.f.k === 'glob' && x.f.n === 'Date') return true
    if (x.k === 'tpl' && DRAWN_THERE.test(x.q[0] ?? '')) return true
    if (x.k === 'tpl') return x.x.some((part) => this.of(inst, part, depth + 1))
    if (x.k === 'await') return this.of(inst, x.x, depth)
    if (x.k === 'call' && (isText(x.f) || isNumeric(x.f))) return this.ofParts(inst, x, depth)
    if (x.k === 'call' && DERIVES.test(nameOf(inst, x.f)) && x.a.some((arg) => this.of(inst, arg, depth + 1))) return true
    if (x.k === 'call' && isMixture(x.f)) return x.a.some((arg) => this.of(inst, arg, depth + 1)) || (saysSeconds(x) && x.f.k === 'mem' && this.of(inst, x.f.o, depth + 1))
    if (x.k === 'call' && x.a[0] && SLUGS.test(nameOf(inst, x.f)) && this.of(inst, x.a[0], depth + 1)) return true
    if (x.k === 'call' && x.a.length === 1 && x.a[0] && BRANDS.test(nameOf(inst, x.f)) && this.of(inst, x.a[0], depth + 1)) return true
    if (x.k === 'call' && this.hides(inst, x.f) && x.a.some((arg) => this.holds(inst, arg, depth + 1))) return true
    if (x.k === 'bin') return ARITHMETIC.test(x.op) && (this.of(inst, x.l, depth + 1) || this.of(inst, x.r, depth + 1))
    if (x.k === 'log') return this.of(inst, x.l, depth + 1) || this.of(inst, x.r, depth + 1)
    if (x.k === 'cond') return this.of(inst, x.c, depth + 1) || this.of(inst, x.a, depth + 1)
    const given = x.k === 'ref' ? this.ofReached(inst, x.b, depth) : undefined
    if (given !== undefined) return given
    if (this.ofValues(this.program.look.values(inst, x)) || (x.k === 'call' && (this.isGenerator(inst, x) || this.isPutInto(inst, x, depth)))) return true
    if (x.k === 'mem') return this.isAnswered(inst, x.o, depth)
    if (x.k !== 'ref') return false
    // What a transaction's callback uses is made around it.
    const home = declaringOf(inst, x.b) ?? inst
    return this.made(home, x.b).some((made) => this.of(home, made, depth + 1)) || this.isGivenFresh(inst, x.b, depth)
  }

  /** A parameter for which every caller makes something up: `createSession(generateToken(), user.id)`, `generateToken().then((token) => …)`. */
  private isGivenFresh(from: Instance, binding: BindingId, depth: number): boolean {
    const { inst, index: place } = parameterOf(from, binding)
    const index = depth > DEEPEST - CALLERS ? -1 : place
    const told = index === 0 ? inst.callers.flatMap(({ from, site }) => (site.k === 'call' && site.f.k === 'mem' && site.f.n === 'then' ? [{ from, x: site.f.o }] : [])) : []
    if (told.length > 0) return told.length <= MOST_CALLERS && told.every(({ from, x }) => this.of(from, x, depth + CALLERS))
    const edges = index < 0 ? [] : inst.callers.filter(({ later }) => !later)
    return edges.length > 0 && edges.length <= MOST_CALLERS && edges.every(({ from, site }) => site.k === 'call' && site.a[index] !== undefined && this.of(from, site.a[index], depth + CALLERS))
  }

  /** `made.hash` of `const made = await node.invoice(amount, nanoid())`: what another service made under a name that was made up. */
  private isAnswered(inst: Instance, answer: Expr, depth: number): boolean {
    const made = answer.k === 'ref' ? this.program.look.definition(inst, answer.b) : undefined
    if (made?.k !== 'await' || made.x.k !== 'call' || depth > DEEPEST - CALLERS) return false
    const { x: call } = made
    const home = answer.k === 'ref' ? declaringOf(inst, answer.b) ?? inst : inst
    if (home.callees.some(({ site }) => site === call)) return false
    return call.a.some((arg) => this.of(home, arg, depth + CALLERS))
  }

  /** What a local is given first, and later where it is one of `let` or `var`. */
  private made(inst: Instance, binding: BindingId): Expr[] {
    const definition = this.program.look.definition(inst, binding)
    if (!/^(let|var)$/.test(inst.unit.facts.bindings[binding]?.kind ?? '')) return definition ? [definition] : []
    return this.program.look.givenTo(inst, binding)
  }

  /** `encrypt({ secret })` */
  private hides({ unit }: Instance, f: Expr): boolean {
    return HIDES.test(f.k === 'mem' ? f.n : f.k === 'ref' ? unit.facts.bindings[f.b]?.n ?? '' : '')
  }

  /** `encrypt(token)`: drawn is at most what it is hidden with. */
  onlyHides(inst: Instance, x: Expr): boolean {
    if (x.k === 'await') return this.onlyHides(inst, x.x)
    if (x.k === 'log') return this.onlyHides(inst, x.l) || !this.of(inst, x.l)
    if (x.k === 'cond') return [x.c, x.a].every((part) => this.onlyHides(inst, part) || !this.of(inst, part))
    // `const { text, iv } = encrypt(given)`, `hidden.iv`
    if (x.k === 'mem') return this.onlyHides(inst, x.o)
    const made = x.k === 'ref' ? this.program.look.definition(inst, x.b) : undefined
    if (x.k === 'ref' && made && /^(call|await|cond|log)$/.test(made.k)) return this.onlyHides(declaringOf(inst, x.b) ?? inst, made)
    return x.k === 'call' && this.hides(inst, x.f) && !x.a.some((arg) => this.holds(inst, arg, 0))
  }

  private holds(inst: Instance, x: Expr, depth: number): boolean {
    return x.k === 'obj' ? x.m.some(({ v }) => this.of(inst, v, depth + 1)) : this.of(inst, x, depth)
  }

  /** `randomBytes(16).toString('hex')`, `Math.floor(Math.random() * 10)`. */
  private ofParts(inst: Instance, x: Expr & { k: 'call' }, depth: number): boolean {
    if (isNumeric(x.f)) return x.a.some((arg) => this.of(inst, arg, depth + 1))
    return x.f.k === 'mem' && this.of(inst, x.f.o, depth + 1)
  }

  /** A function of the project that draws something at random and gives back a text, as `randomCode(8)` does. */
  private isGenerator(inst: Instance, site: Expr): boolean {
    return inst.callees.some(({ site: at, to }) => at === site && (MAKER.test(to.fn.n ?? '') ? this.draws(to, NAMED) : !to.fn.async && this.draws(to, 1)))
  }

  /** `idToKey(createId())`, which gives back `note#${id}`. */
  private isPutInto(inst: Instance, site: Expr & { k: 'call' }, depth: number): boolean {
    if (!site.a.some((arg) => this.of(inst, arg, depth + 1))) return false
    return inst.callees.some(({ site: at, to }) => at === site && to.fn.body.some((s) => s.k === 'ret' && (s.x?.k === 'tpl' || s.x?.k === 'bin') && this.of(to, s.x, depth + 2)))
  }

  private draws(inst: Instance, depth: number): boolean {
    if (this.program.callsOf(inst).some((call) => call.row?.random === 'fresh')) return true
    return depth > 0 && inst.callees.some(({ to }) => !to.fn.async && this.draws(to, depth - 1))
  }

  /** Also of what is derived from it: `randomBytes(8).toString('hex')`. */
  private ofPath(path: string): boolean {
    let fresh = this.paths.get(path)
    if (fresh === undefined) this.paths.set(path, (fresh = this.isFreshPath(path)))
    return fresh
  }

  private isFreshPath(path: string): boolean {
    const { catalog } = this.program.a
    for (let at = path; at.includes('#');) {
      const random = (catalog.row(at) ?? catalog.row(at.replace(/\(\)$/, '')))?.random
      if (random) return random === 'fresh' || random === 'time'
      const shorter = at.replace(/(\(\)|\.\w+)$/, '')
      if (shorter === at) return MAKES_IDS.test(at.slice(at.indexOf('#') + 1)) && !/^(global|node:)/.test(at)
      at = shorter
    }
    return false
  }
}

/** The function whose parameter a name is: a callback uses what the function around it was given. */
const parameterOf = (from: Instance, binding: BindingId): { inst: Instance; index: number } => {
  for (let at: Instance | undefined = from, up = 0; at && up < NAMED; at = at.env, up++) {
    const index = at.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === binding)
    if (index >= 0) return { inst: at, index }
  }
  return { inst: from, index: -1 }
}
