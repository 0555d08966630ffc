import type { Expr, FileFacts, FnFact } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'

const KEEPS = /^(ping|pong|terminate|close|destroy)$/
const TELLS = /^(send|emit|write|publish|broadcast\w*|sendUTF|sendBytes)$/

/** Does a function only look whether the connections of its process are still there? Each replica does that for its own. */
export const keepsAlive = ({ unit: { facts }, fn }: Instance): boolean => {
  let keeps = false
  let tells = false
  eachInner(facts, fn, (x) => {
    if (x.k !== 'call') return
    if (x.f.k === 'ref') tells ||= x.a.some((arg) => arg.k !== 'lit' && arg.k !== 'fn')
    if (x.f.k !== 'mem') return
    keeps ||= KEEPS.test(x.f.n)
    tells ||= TELLS.test(x.f.n)
  })
  return keeps && !tells
}

const eachInner = (facts: FileFacts, fn: FnFact, visit: (x: Expr) => void): void => {
  eachExpression(fn.body, (x) => {
    visit(x)
    const inner = x.k === 'fn' ? facts.functions[x.f] : undefined
    if (inner) eachInner(facts, inner, visit)
  })
}
