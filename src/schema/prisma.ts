import type { ColumnFact, SchemaFacts, TableFact } from '../model/schema.js'
import { addColumn, addUnique, newTable } from './tables.js'

interface Block { kind: string; name: string; start: number; end: number; lines: string[] }

/** Tables and providers of a Prisma schema. */
export function readPrisma(file: string, text: string): SchemaFacts {
  const facts: SchemaFacts = { tables: [], providers: [], notices: [] }
  for (const block of blocks(text)) {
    const site = { file, start: block.start, end: block.end }
    if (block.kind === 'model' || block.kind === 'view') facts.tables.push(readModel(block, file))
    if (block.kind === 'datasource') facts.providers.push({ site, provider: provider(block) })
  }
  return facts
}

function blocks(text: string): Block[] {
  const clean = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, part => (part.startsWith('"') ? part : part.replace(/[^\n]/g, ' ')))
  return [...clean.matchAll(/^[ \t]*(model|view|type|enum|datasource|generator)\s+(\w+)\s*\{/gm)].map(found => {
    const open = found.index + found[0].length
    const end = closing(clean, open)
    const start = found.index + found[0].indexOf(found[1]!)
    return { kind: found[1]!, name: found[2]!, start, end, lines: logicalLines(clean.slice(open, end)) }
  })
}

function closing(text: string, from: number): number {
  const found = /^[ \t]*\}/m.exec(text.slice(from)) ?? /\}/.exec(text.slice(from))
  return found ? from + found.index + found[0].length - 1 : text.length
}

/** Lines, with an attribute that goes over several of them joined to one. */
function logicalLines(body: string): string[] {
  const lines: string[] = []
  let depth = 0
  for (const line of body.split('\n')) {
    if (depth > 0) lines[lines.length - 1] += ` ${line.trim()}`
    else lines.push(line.trim())
    depth += (line.match(/[([]/g) ?? []).length - (line.match(/[)\]]/g) ?? []).length
  }
  return lines.filter(line => line !== '')
}

function provider(block: Block): string {
  const line = block.lines.find(one => /^provider\s*=/.test(one)) ?? ''
  return /"([^"]*)"/.exec(line)?.[1] ?? 'unknown'
}

function readModel(block: Block, file: string): TableFact {
  const mapped = block.lines.map(line => /^@@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(line)?.[1]).find(Boolean)
  const table = newTable(mapped ?? block.name, { file, start: block.start, end: block.end }, block.name)
  for (const line of block.lines.filter(one => !one.startsWith('@@'))) {
    const column = readField(line)
    if (column) addColumn(table, column)
  }
  for (const line of block.lines) {
    const set = /^@@(unique|id)\(\s*(?:.*?fields:\s*)?\[([^\]]*)\]/.exec(line)
    if (set) addUnique(table, names(set[2]!), set[1] === 'id')
  }
  return table
}

/** `a, b(sort: Desc)` → a, b. */
function names(list: string): string[] {
  return list.replace(/\([^)]*\)/g, '').split(',').map(name => name.trim()).filter(name => name !== '')
}

const SCALAR = /^(?:String|Int|BigInt|Float|Decimal|Boolean|DateTime|Json|Bytes|Unsupported\W.*)$/

function readField(line: string): ColumnFact | undefined {
  const found = /^(\w+)\s+([\w."()]+)(\[\])?(\??)\s*(.*)$/.exec(line)
  if (!found) return undefined
  const attributes = found[5]!
  const column: ColumnFact = { name: found[1]! }
  if (!SCALAR.test(found[2]!)) column.relation = { model: found[2]!, ...(found[3] ? { many: true as const } : {}), ...held(attributes) }
  const mapped = /@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(attributes)?.[1]
  if (mapped !== undefined) column.column = mapped
  if (/@unique\b/.test(attributes)) column.unique = true
  if (found[4]) column.optional = true
  if (/(?:^|\s)@id\b/.test(attributes)) column.primary = true
  const made = /@default\(\s*(\w+)?/.exec(attributes)
  if (made) column.generated = generatedBy(made[1] ?? '', attributes)
  else if (column.primary) column.brought = true
  return column
}

/** `@relation(fields: [teamId], references: [id])` */
function held(attributes: string): { columns?: string[] } {
  const fields = /@relation\([^)]*?\bfields:\s*\[([^\]]*)\]/.exec(attributes)?.[1]
  return fields === undefined ? {} : { columns: names(fields) }
}

function generatedBy(name: string, attributes: string): NonNullable<ColumnFact['generated']> {
  if (name === 'autoincrement' || name === 'sequence') return 'increment'
  return /^(?:uuid|cuid|ulid|nanoid|auto)$/.test(name) || /gen_random_uuid|uuid_generate/.test(attributes) ? 'uuid' : 'default'
}
