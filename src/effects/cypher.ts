import type { SqlStatement } from './sql.js'

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g
const TEXT = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g
/** `CREATE CONSTRAINT …`, `CREATE (FULLTEXT) INDEX …`: the schema. */
const SCHEMA = /^\s*(create|drop)\s+(?:or\s+replace\s+)?(?:\w+\s+)?(?:constraint|index)\b/i
const LABEL = /[(,]\s*`?\w*`?\s*:\s*`?(\w+)/

/** What a statement of Cypher does: nodes and ways that are made, merged, set or taken away, and the label that stands first there. */
export const parseCypher = (text: string): SqlStatement[] => {
  const plain = text.replace(COMMENT, ' ').replace(TEXT, "''")
  if (SCHEMA.test(plain)) return [{ verb: 'ddl' }]
  const clause = (name: string): string | undefined => new RegExp(`(?<!\\bon\\s)\\b${name}\\b\\s*([\\s\\S]*)`, 'i').exec(plain)?.[1]
  const made = clause('create')
  const merged = clause('merge')
  const gone = clause('(?:detach\\s+)?delete') ?? clause('remove')
  const set = clause('set')
  if (made !== undefined) return [{ verb: 'insert', ...labelled(made), ...(/\bwhere\s+not\b/i.test(plain) && { notExists: true as const }) }]
  if (set !== undefined && merged === undefined) return [{ verb: 'update', ...labelled(plain), ...(goesByItself(set) && { relative: true as const }) }]
  if (merged !== undefined) return [{ verb: 'upsert', ...labelled(merged), ...(goesByItself(plain) && { relative: true as const }) }]
  if (gone !== undefined) return [{ verb: 'delete', ...labelled(plain) }]
  return [{ verb: 'select', ...labelled(plain) }]
}

const labelled = (text: string): Pick<SqlStatement, 'table'> => {
  const label = LABEL.exec(text)?.[1]
  return label === undefined ? {} : { table: label }
}

/** `SET n.views = n.views + 1`, `SET n.views = coalesce(n.views, 0) + 1` */
const goesByItself = (text: string): boolean => /(\b\w+\.\w+)\s*=\s*(?:coalesce\s*\(\s*)?\1\b[^=]*?[-+]\s*[$\w]/i.test(text)
