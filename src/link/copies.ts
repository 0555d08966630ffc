import type { Expr, Pattern } from '../model/facts.js'
import type { Phase } from './instances.js'
import { shapeOf } from './shape.js'
import type { MadeObject, ObjectValue } from './values.js'

/** So many of what is made at one place are told apart by the invocation that made them. */
const MOST = 12

/** By how many invocations something was made at one place, and what those beyond the first few share. */
interface Copies {
  count: number
  rest: ObjectValue | undefined
}

/**
 * A function that is told apart by two hundred call sites makes its plain data two hundred times, and all of them meet in one
 * list, map or request, where each is held against each. What requests make does not outlive them, and maps are known by where
 * they are declared: of those the first few stand for themselves.
 */
export class CopiesOfData {
  private readonly bySite = new Map<Phase, Map<Expr | Pattern, Copies>>()

  constructor(private readonly make: (made: MadeObject) => ObjectValue) {}

  /** The object that stands for this one, too, where enough of its place were told apart. */
  of(made: MadeObject, site: Expr | Pattern): ObjectValue | undefined {
    if (!isData(made)) return undefined
    // What start-up makes lives on; what a request makes there does not.
    let places = this.bySite.get(made.phase)
    if (!places) this.bySite.set(made.phase, (places = new Map()))
    let copies = places.get(site)
    if (!copies) places.set(site, (copies = { count: 0, rest: undefined }))
    if (++copies.count <= MOST) return undefined
    return (copies.rest ??= this.make(made))
  }
}

const isData = ({ shape, phase, cls, path, unit, env }: MadeObject): boolean =>
  ((shape === 'object' || shape === 'array') && phase !== 'startup' && !cls && !(env && shapeOf(unit.facts, env.fn).wraps)) || path === 'global#Map.new' || path === 'global#Set.new'

/** Classes of JavaScript's own whose objects hold no more than what they say. */
const SAYS = /^global#(?:Date|Error|\w+Error|RegExp|URL|URLSearchParams|Blob|TextEncoder|TextDecoder|Headers|FormData|Intl\.\w+)\.new$/

/** Lists, and what a request makes of plain data: of many in one place the first few tell what there is to tell. */
export const tellsLittle = ({ shape, phase, cls, path, site }: MadeObject): boolean =>
  shape === 'array' || (path !== undefined && SAYS.test(path)) || (shape === 'object' && phase !== 'startup' && !cls && !path && site?.k === 'obj' && !holdsFunctions(site))

const holdsFunctions = ({ m }: Expr & { k: 'obj' }): boolean => m.some((prop) => (prop.kind !== 'init' && prop.kind !== 'spread') || prop.v.k === 'fn')
