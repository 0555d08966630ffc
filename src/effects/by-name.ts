import type { Expr } from '../model/facts.js'
import { looseName } from '../schema/tables.js'
import type { Claim } from './claims.js'

/** Name of the row whose relation was looked into, where nothing more is known of it. */
export const RELATION = '@row'
/** Getters of associations, as Sequelize makes them. */
export const RELATED = /^get([A-Z]\w+)$/
/** `playlist.checkHasItem(id)`: it holds one already. */
const HOLDS = /(?:^h|H)as([A-Z]\w+)$/
/** Names of methods that tell whether something is there. */
const EXISTS = /exists|taken|duplicate/i

/** `author.getBooks()`, `User.existsWithName(name)`: what a call that leads nowhere says by its name and by what it is called on. */
export const byName = ({ n, o }: Expr & { k: 'mem' }, holds: boolean): Claim[] => {
  const got = RELATED.exec(n)?.[1]
  const asked = EXISTS.test(n) && (o.k === 'mem' || o.k === 'glob') ? o.n.replace(/(Model|Repository|Repo|Service|Store)$/, '') : undefined
  const held = HOLDS.exec(n)?.[1]
  const relation: Claim[] = held === undefined ? [] : [{ name: RELATION, field: held, found: holds, held: true, by: [] }]
  return [...relation, ...[got, asked].flatMap((name): Claim[] => (name === undefined || name === '' ? [] : [{ name: looseName(name), found: holds, by: [] }]))]
}
