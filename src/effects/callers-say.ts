import { memberOf } from '../link/shape.js'
import type { BindingId, Expr, Pattern } from '../model/facts.js'
import type { Callers } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'

const DEEPEST = 3

/**
 * The texts that a parameter is given by all calls on the way from the entry; nothing where one of them gives something else than a text, or where it is no
 * parameter. Calls of one helper are not always told apart, but each of them says what it wants.
 */
export const givenByCallers = (inst: Instance, x: Expr, reached: Callers, which: (site: Expr) => boolean = () => true, depth = 0): string[] | undefined => {
  const told = x.k === 'ref' ? parameterOf(inst, x.b) : undefined
  if (!told || depth > DEEPEST) return undefined
  const { index, name } = told
  const edges = inst.callers.filter(({ from, later }) => !later && reached.has(from)).filter((edge) => depth > 0 || which(edge.site))
  const said = edges.map(({ from, site }) => {
    const whole = site.k === 'call' ? site.a[index] : undefined
    const given = name === undefined ? whole : memberOf(whole, name)
    if (!given || site.k !== 'call' || site.a.some(({ k }) => k === 'spread')) return undefined
    return given.k === 'lit' ? [String(given.v)] : given.k === 'tpl' ? endsWith(from, given, reached, depth + 1) : givenByCallers(from, given, reached, which, depth + 1)
  })
  const texts = said.filter((one) => one !== undefined)
  return edges.length > 0 && texts.length === edges.length ? texts.flat() : undefined
}

/** What all calls on the way give for a name, as far as it is text: also to a function around the one that uses it. */
export const textsByCallers = (look: LookedUp, inst: Instance, x: Expr, reached: Callers, depth = 0): string[] => {
  const place = x.k === 'ref' && depth <= DEEPEST ? parameterAround(inst, x.b, true) : undefined
  if (!place) return look.values(inst, x).flatMap((value) => (value.kind === 'lit' && typeof value.value === 'string' ? [value.value] : []))
  return place.owner.callers.flatMap(({ from, site }) => {
    const whole = site.k === 'call' && reached.has(from) ? site.a[place.index] : undefined
    const given = place.name === undefined ? whole : memberOf(whole, place.name)
    return given ? textsByCallers(look, from, given, reached, depth + 1) : []
  })
}

/** The same of an element of a list, which such a call gives. */
export const elementsByCallers = (look: LookedUp, inst: Instance, list: Expr, index: number, reached: Callers, depth = 0): string[] => {
  const element = list.k === 'arr' ? list.x[index] : undefined
  if (element) return textsByCallers(look, inst, element, reached)
  const place = list.k === 'ref' && depth <= DEEPEST ? parameterAround(inst, list.b) : undefined
  return (place?.owner.callers ?? []).flatMap(({ from, site }) => {
    const given = site.k === 'call' && reached.has(from) ? site.a[place?.index ?? 0] : undefined
    return given ? elementsByCallers(look, from, given, index, reached, depth + 1) : []
  })
}

/** More callers than these are not asked. */
const MOST_CALLERS = 8

/** What all calls give for a parameter, as it is written there. */
export const givenTo = (inst: Instance, binding: BindingId): { from: Instance; x: Expr }[] => {
  const place = parameterAround(inst, binding)
  if (!place || place.owner.callers.length > MOST_CALLERS) return []
  return place.owner.callers.flatMap(({ from, site }) => {
    const x = site.k === 'call' ? site.a[place.index] : undefined
    return x ? [{ from, x }] : []
  })
}

const parameterAround = (inst: Instance, binding: BindingId, orMember = false): { owner: Instance; index: number; name: string | undefined } | undefined => {
  for (let owner: Instance | undefined = inst; owner; owner = owner.env) {
    const place = parameterOf(owner, binding)
    if (place && (orMember || place.name === undefined)) return { owner, ...place }
  }
  return undefined
}

/** A parameter, or a member that one is taken apart into: `({ url = '' }) => …`. */
export const parameterOf = ({ fn }: Instance, binding: number): { index: number; name: string | undefined } | undefined => {
  for (const [index, { t }] of fn.params.entries()) {
    const inner = t.k === 'def' ? t.t : t
    if (inner.k === 'bind' && inner.b === binding) return { index, name: undefined }
    const member = inner.k === 'objpat' ? inner.m.find(({ t: held }) => boundAs(held) === binding) : undefined
    if (member?.n !== undefined) return { index, name: member.n }
  }
  return undefined
}

const boundAs = (t: Pattern): number | undefined => (t.k === 'bind' ? t.b : t.k === 'def' ? boundAs(t.t) : undefined)

/** `request(url, { method: 'POST' })`: where a helper is told the method beside the address, only these post. */
export const posts = (site: Expr): boolean => site.k === 'call' && site.a.some((arg) => arg.k === 'obj' && arg.m.some(({ n, v }) => n === 'method' && v.k === 'lit' && /^(POST|PATCH)$/i.test(String(v.v))))

/** `${base}/${name}`: how it ends is said by those who give the name. */
export const endsWith = (inst: Instance, { q, x }: Expr & { k: 'tpl' }, reached: Callers, depth: number): string[] | undefined => {
  const head = q.slice(0, -1).join('x')
  const tail = q.at(-1) ?? ''
  const last = x.at(-1)
  if (tail !== '' || !last) return [q.join('x')]
  return givenByCallers(inst, last, reached, undefined, depth)?.map((text) => `${head}${text}`)
}
