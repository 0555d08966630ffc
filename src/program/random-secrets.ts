import type { Instance } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import type { Expr, Pattern, Stmt } from '../model/facts.js'
import type { Site } from '../model/site.js'
import type { Program } from './program.js'

/** What a thing is called that others verify with. */
const SECRET = /secret|(signing|private|jwt|session|cookie|token|encryption|hmac|auth|access|refresh)[_-]?keys?$/i
const NO_SECRET = /id$|name$|salt|nonce|path|file|length|size/i
const DEVELOPMENT = /"n":"(NODE_ENV|isDev\w*|isTest\w*|isLocal)"|"(development|test)"/

/** Random bytes that are made at start-up and called a secret: `process.env.SECRET ?? randomBytes(32)`. */
export function randomSecrets(program: Program): { site: Site; name: string }[] {
  const seen = new Set<Expr>()
  return program.a.calls.flatMap(({ inst, site, path, row }) => {
    // `Math.random` makes no secret that anybody is to verify: such keys are there to match nothing.
    if (path.includes('Math.random') || row?.random !== 'fresh' || inst.phase !== 'startup' || seen.has(site)) return []
    seen.add(site)
    const found = secretOf(inst, site) ?? returned(inst, site)
    return found ? [{ site: program.siteOf(found.inst, found.at), name: found.name }] : []
  })
}

interface Secret { inst: Instance; at: Expr; name: string }

/** The declaration, assignment or property that the value is put in, where its name says secret. */
function secretOf(inst: Instance, site: Expr): Secret | undefined {
  if (isForDevelopment(inst.fn.body, site)) return undefined
  const name = namesAround(inst, site).findLast((one) => SECRET.test(one))
  return name === undefined || NO_SECRET.test(name) ? undefined : { inst, at: site, name }
}

/** Of a function that makes secrets, what its callers call the result. */
function returned(inst: Instance, site: Expr): Secret | undefined {
  let returns = false
  eachExpression(inst.fn.body, (x, statement) => {
    if (x === site && statement.k === 'ret') returns = true
  })
  if (!returns) return undefined
  for (const { from, site: call } of inst.callers) {
    const found = from.phase === 'startup' ? secretOf(from, call) : undefined
    if (found) return found
  }
  return undefined
}

/** Names that hold an expression, the outermost first. */
function namesAround(inst: Instance, site: Expr): string[] {
  const names: { name: string; length: number }[] = []
  const holds = (x: Expr): boolean => x.p <= site.p && x.e >= site.e
  const add = (name: string | undefined, x: Expr): unknown => name !== undefined && holds(x) && names.push({ name, length: x.e - x.p })
  const declared = (statements: readonly Stmt[]): void => {
    for (const { d } of statements.filter((one) => one.k === 'var')) for (const { t, i } of d) if (i) for (const binding of boundBy(t)) add(inst.unit.facts.bindings[binding]?.n, i)
  }
  const known = new Set<Stmt>()
  eachExpression(inst.fn.body, (x, statement) => {
    if (!known.has(statement)) declared([statement])
    known.add(statement)
    if (x.k === 'set') add('k' in x.l && x.l.k === 'target' ? nameOf(x.l.x) : nameOf(x.l as Expr, inst), x.r)
    if (x.k === 'obj') for (const prop of x.m) if (prop.kind === 'init') add(prop.n, prop.v)
  })
  return names.sort((a, b) => b.length - a.length).map(({ name }) => name)
}

/** `secret`, or `{ privateKey, publicKey: key }`. */
const boundBy = (t: Pattern): number[] => (t.k === 'bind' ? [t.b] : t.k === 'objpat' ? t.m.flatMap((member) => boundBy(member.t)) : [])

const nameOf = (x: Expr, inst?: Instance): string | undefined => (x.k === 'mem' ? x.n : x.k === 'ref' ? inst?.unit.facts.bindings[x.b]?.n : undefined)

/** Made under a test of the stage: production does not get here. */
function isForDevelopment(body: readonly Stmt[], site: Expr): boolean {
  let found = false
  const holds = (part: Stmt[]): boolean => {
    let inside = false
    eachExpression(part, (x) => { if (x === site) inside = true })
    return inside
  }
  const tested = (statements: readonly Stmt[]): void => {
    for (const s of statements) if (s.k === 'if' && holds([s])) {
      if (DEVELOPMENT.test(JSON.stringify(s.t))) found = true
      tested([...s.c, ...(s.a ?? [])])
    }
  }
  tested(body)
  eachExpression([...body], (x) => {
    if (x.k === 'cond' && x.p <= site.p && x.e >= site.e && DEVELOPMENT.test(JSON.stringify(x.t))) found = true
  })
  return found
}
