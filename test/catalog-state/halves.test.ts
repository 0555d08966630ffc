import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { linkProgram } from '../../src/audit.js'
import { stateRows } from '../../src/catalog/state/index.js'
import type { ResolvedConfig } from '../../src/config/types.js'
import type { CatalogRow } from '../../src/model/catalog.js'

/*
 * Each row with an option is called three times: without it, with what clears it (a client of Redis, or the text that a driver has), and with what does not
 * (a Map, or the text that stands for memory). The fixtures show how people write it; here no row is left out.
 */

type Half = 'default' | 'clears' | 'stays'
interface Case { half: Half; args: string }

const config = { include: [], exclude: [], models: [], entries: [], stateful: [], ignores: [], only: [], rules: {} } as unknown as ResolvedConfig
const HEAD = ["import Redis from 'ioredis'", "import Fastify from 'fastify'", 'const app = Fastify()', 'const outside = new Redis()', 'const inside = new Map()']

/** `0.cache.store` with a value: `{ cache: { store: value } }`, after the arguments before it. */
function given(path: string, value: string): string | undefined {
  const [, place, names = ''] = /^(\d+)((?:\.[A-Za-z]\w*)*)$/.exec(path.split('~')[0] ?? '') ?? []
  if (place === undefined) return undefined
  return [...Array<string>(Number(place)).fill("'x'"), names.split('.').filter((name) => name !== '').reduceRight((held, name) => `{ ${name}: ${held} }`, value)].join(', ')
}

function casesOf({ session, infra }: CatalogRow): Case[] {
  const driver = (session ?? infra)?.driver
  const [store] = session?.store ?? infra?.external ?? []
  const named = (values: string[] | undefined): string | undefined => (driver && values?.[0] ? given(driver.arg, `'${values[0].replace('*', 'x')}'`) : undefined)
  const clears = store === undefined ? named(driver?.external) : given(store, 'outside')
  const stays = store === undefined ? named(driver?.memory) : given(store, 'inside')
  const made: Case[] = [...(clears ? [{ half: 'clears' as const, args: clears }] : []), ...(stays ? [{ half: 'stays' as const, args: stays }] : [])]
  return made.length > 0 ? [{ half: 'default', args: '' }, ...made] : []
}

/** How a path is called: its import and the statement. */
function callOf(path: string, name: string, args: string): string[] | undefined {
  const [, head, members = '', kind] = /^[^#]+#([\w$]+)((?:\.[\w$]+)*?)(\(\)|\.new|\(register\))$/.exec(path) ?? []
  if (head === undefined || path.startsWith('global#')) return undefined
  const module = path.slice(0, path.indexOf('#'))
  const imported = head === 'default' ? `import ${name} from '${module}'` : `import { ${head} as ${name} } from '${module}'`
  if (kind === '(register)') return [imported, `app.register(${[name, args].filter((one) => one !== '').join(', ')})`]
  return [imported, `export const made${name} = ${kind === '.new' ? 'new ' : ''}${name}${members}(${args})`]
}

interface Written { row: CatalogRow; path: string; text: string; lines: { line: number; half: Half }[] }

/** A file for each row. */
function write(row: CatalogRow): Written | undefined {
  const [path = ''] = [row.path].flat()
  const text = [...HEAD]
  const lines = casesOf(row).flatMap(({ half, args }, i) => {
    const call = callOf(path, `n${i}`, args)
    if (!call) return []
    text.push(...call)
    return [{ line: text.length, half }]
  })
  return lines.length > 0 ? { row, path, text: `${text.join('\n')}\n`, lines } : undefined
}

function holds(half: Half, kind: string, { session, infra }: CatalogRow): boolean {
  if (half === 'clears') return kind === 'external'
  return half === 'stays' ? kind !== 'external' && kind !== 'unknown' : kind === (session?.default ?? infra?.driver?.absent ?? 'memory')
}

it('rows with an option hold without it, with what clears it, and with what does not', async () => {
  const written = stateRows.flatMap((row) => (row.session || row.infra ? write(row) ?? [] : []))
  expect(written.length).toBeGreaterThan(90)
  const root = mkdtempSync(join(tmpdir(), 'audit-halves-'))
  for (const [i, { text }] of written.entries()) writeFileSync(join(root, `row${i}.ts`), text)
  writeFileSync(join(root, 'app.ts'), `import Fastify from 'fastify'\n${written.map((_, i) => `import './row${i}'`).join('\n')}\nconst app = Fastify()\napp.get('/', async () => 'ok')\nawait app.listen({ port: 3000 })\n`)
  const { program } = await linkProgram({ root, config, cacheDir: null, version: '0.0.0' })
  rmSync(root, { recursive: true })
  const { libraries } = program
  const wrong = written.flatMap(({ row, path, text, lines }, i) => lines.flatMap(({ line, half }) => {
    const use = libraries.all().find((one) => one.site.file === `row${i}.ts` && (one.row.session ?? one.row.infra) && text.slice(0, one.site.start).split('\n').length === line)
    // Rows of the same path are one where they are used: what is asked is what this row says.
    const kind = !use ? 'not seen' : row.session ? libraries.sessionChoice(use, row.session).kind : row.infra ? libraries.infraChoice(use, row.infra).kind : 'not seen'
    return holds(half, kind, row) ? [] : [`${path} ${half}: ${kind}`]
  }))
  expect(wrong).toEqual([])
}, 60_000)
