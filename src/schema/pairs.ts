import type { CallExpr, Expr, FileFacts } from '../model/facts.js'
import type { TableFact } from '../model/schema.js'
import { type Chain, lastName, prop, text } from './code-read.js'
import { addUnique } from './tables.js'

/** `A.belongsToMany(B, { through: AB, foreignKey: 'a', otherKey: 'b' })` of Sequelize. */
export interface Pair {
  through: string
  from: string
  to: string
  key: string | undefined
  other: string | undefined
  call: CallExpr
}

const keyOf = (x: Expr | undefined): string | undefined => text(x) ?? text(prop(x, 'name'))
/** `AuthorModel` is the constant of `Author`. */
const plain = (name: string | undefined): string | undefined => name?.replace(/(?<=\w)Model$/, '')

/** The pair that such a call speaks of; none where it is told that the same two may meet often. */
export function pairOf(facts: FileFacts, { root }: Chain, [target, options]: Expr[], call: CallExpr): Pair[] {
  const through = prop(options, 'through')
  const model = prop(through, 'model') ?? through
  const [table, from, to] = [text(model) ?? plain(lastName(facts, model)), plain(lastName(facts, root)), plain(lastName(facts, target))]
  const unique = prop(through, 'unique')
  if (table === undefined || from === undefined || to === undefined || (unique?.k === 'lit' && unique.v === false)) return []
  return [{ through: table, from, to, key: keyOf(prop(options, 'foreignKey')), other: keyOf(prop(options, 'otherKey')), call }]
}

/** A pair of keys is there once in the table between, though no attribute says so. Each side may name its own key only. */
export function addPairs(pairs: Pair[], tableOf: (name: string, call: CallExpr) => TableFact): void {
  for (const { through, from, to, key, other, call } of pairs) {
    const back = pairs.find((one) => one.through === through && one.from === to && one.to === from)
    addUnique(tableOf(through, call), [key ?? back?.other ?? `${from}Id`, other ?? back?.key ?? `${to}Id`])
  }
}
