import type { Analysis } from './analysis.js'
import type { Instance } from './instances.js'
import { isRooted } from './paths.js'
import { NOTHING, type Ref, constant } from './solver.js'

/** Rounds that a text waits for its parts. */
const MOST_TRIES = 2
/** Texts that a template may stand for. */
const MOST_JOINED = 16

/** Texts that are put together: templates and sums. */
export class JoinedTexts {
  constructor(private readonly a: Analysis) {}

  /** Of a row of a table not all may be known yet: `prefix + route.path`; nor what is put together of a path, `${join(dir, 'jobs')}/*.js`. */
  joined(inst: Instance, quasis: string[], parts: Ref[]): Ref {
    const known = this.known(quasis, parts)
    if (known !== NOTHING || inst.phase !== 'startup' || !parts.some((part) => part >= 0 && this.a.solver.size(part) === 0)) return known
    if (inst.context.site === undefined && ![...quasis, ...parts.flatMap((part) => this.textsOf(part))].some((text) => text.includes('/'))) return known
    const node = this.a.solver.node()
    this.joinLater(quasis, parts, node, MOST_TRIES)
    return node
  }

  /** Its parts may be such texts themselves, known one round later. */
  private joinLater(quasis: string[], parts: Ref[], node: number, tries: number): void {
    this.a.undecided.push(() => {
      const known = this.known(quasis, parts)
      if (known !== NOTHING) this.a.solver.flow(known, node)
      else if (tries > 0) this.joinLater(quasis, parts, node, tries - 1)
    })
  }

  /** A template whose parts are all known is a known string, or one of a few. */
  private known(quasis: string[], parts: Ref[]): Ref {
    let texts = [quasis[0] ?? '']
    for (const [i, part] of parts.entries()) {
      const known = this.textsOf(part)
      if (texts.length * known.length > MOST_JOINED) return NOTHING
      texts = texts.flatMap((text) => known.map((one) => text + one + (quasis[i + 1] ?? '')))
    }
    // Of a route with several prefixes none is its path.
    if (texts.length === 0 || (texts.length > 1 && texts.some((text) => text.includes('/')))) return NOTHING
    if (texts.length === 1) return constant(this.a.literal(texts[0]).id)
    const node = this.a.solver.node()
    for (const text of texts) this.a.solver.add(node, this.a.literal(text).id)
    return node
  }

  /** All texts of a place; none where it may hold more than texts. A path that was put together is also a text that nobody knows. */
  private textsOf(part: Ref): string[] {
    const values = this.a.of(part)
    const texts = values.flatMap((value) => (value.kind === 'lit' && typeof value.value === 'string' ? [value.value] : []))
    const others = values.length - texts.length
    const isPath = others === 1 && texts.some(isRooted) && values.some((value) => value.kind === 'lib' && value.path === 'global#String.new')
    return others === 0 || isPath ? texts : []
  }
}
