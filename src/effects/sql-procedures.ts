import { sqlName, type SqlToken } from '../schema/sql-tokens.js'
import type { SqlStatement } from './sql.js'

/** What a function of the database is called that adds something; arithmetic with dates, and parts of the schema, are none. */
const ADDS = /^(u?sp_|fn_|proc_|p_)?(insert|create|add|enqueue|place|submit|register|import|duplicate|clone)(?=_|[A-Z])/
const COUNTS = /^(u?sp_|fn_|proc_|p_)?(increment|increase|decrement|decrease|deduct|inc|dec|toggle)(?=_|[A-Z])/
/** It looks first, or speaks of dates and tables. */
const NONE = /or_?(update|get|ignore|replace)|if_?(not|absent|missing)|_once$|months|days|hypertable|policy|index|column|partition|extension|schema|table/i

/** `SELECT create_order($1)`, `SELECT * FROM add_points($1, $2)`, `CALL place_bid($1)`, `EXEC AddOrder @id`: all that is known of it is its name. */
export function parseProcedure(tokens: SqlToken[]): SqlStatement | undefined {
  const name = procedureIn(tokens)
  if (name === undefined || NONE.test(name)) return undefined
  if (ADDS.test(name)) return { verb: 'insert', table: name }
  return COUNTS.test(name) ? { verb: 'update', table: name, relative: true } : undefined
}

function procedureIn(tokens: SqlToken[]): string | undefined {
  const head = tokens[0]?.u
  if (head === 'EXEC' || head === 'EXECUTE') return sqlName(tokens, 1).name
  const from = head === 'SELECT' ? tokens.findIndex(({ u }) => u === 'FROM') : -1
  const { name, next } = sqlName(tokens, from < 0 ? 1 : from + 1)
  const open = tokens[next]
  if (name === undefined || open?.u !== '(') return undefined
  // `SELECT add_tax(price) FROM goods` asks about goods.
  return head === 'CALL' || from >= 0 || isOver(tokens, open.close ?? 0) ? name : undefined
}

/** Nothing comes behind the call but a name for it. */
const isOver = (tokens: SqlToken[], close: number): boolean => tokens.slice(close + 1).every(({ k, u }, i) => (i === 0 && u === 'AS') || (i <= 1 && k !== 'op') || u === ';')
