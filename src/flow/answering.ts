import type { EntryRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import type { BindingId, FileFacts, Stmt } from '../model/facts.js'

/** Express and its like hand over request, response and `next`. */
const OF_EXPRESS = 3

/** `app.use('/rooms', (req, res) => …)`: nothing comes behind what takes no `next`, or never mentions it. It answers, whatever the method. */
export const answersAlone = ({ model, handlers }: EntryRecord, paths: string[]): boolean =>
  model.kind === 'middleware' && model.method === 'ALL' && model.params?.length === OF_EXPRESS && paths.some((path) => /\w/.test(path) && !path.includes('*')) && handlers.length > 0 && handlers.every(({ instance }) => !goesOn(instance))

const goesOn = ({ unit, fn }: Instance): boolean => {
  if (fn.params.length < 2 || fn.params.length > 3 || fn.args) return true
  const next = fn.params[2]?.t
  if (next === undefined) return false
  return next.k !== 'bind' || mentions(unit.facts, fn.body, next.b)
}

const mentions = (facts: FileFacts, body: Stmt[], binding: BindingId): boolean => {
  let found = false
  eachExpression(body, (x) => {
    if (x.k === 'ref' && x.b === binding) found = true
    else if (x.k === 'fn' && !found) found = mentions(facts, facts.functions[x.f]?.body ?? [], binding)
  })
  return found
}
