import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { audit } from '../../src/audit.js'
import { stateRows } from '../../src/catalog/state/index.js'
import type { ResolvedConfig } from '../../src/config/types.js'
import type { CatalogRow } from '../../src/model/catalog.js'
import { BY_HAND } from './by-hand.js'
import { type Case, casesOf } from './cases.js'
import { made } from './written.js'

/*
 * Each path of each row that keeps state, or says where state is kept, is written as code: without its option, with what takes it outside (a client of Redis, or
 * the text that a driver has) and with what does not (a Map, or the text that stands for memory). All of it is one server that is audited as any other is; what
 * no code can be made of is named in `by-hand.ts`, with the fixture that people wrote or the reason.
 */

interface Written { path: string; one: Case; file: string; line: number }

const config = { include: [], exclude: [], models: [], entries: [], stateful: [], ignores: [], only: [], rules: {}, customRules: [], overrides: [], idempotent: [], failOn: 'error', minConfidence: 'low', maxWarnings: null, strict: false, gate: {}, baseline: null, cacheDir: null, today: '2026-11-24', file: null } as unknown as ResolvedConfig
const HEAD = ["import Redis from 'ioredis'", "import session from 'express-session'", "import host from 'express-session'", "import { app } from './server'", "import { rows } from './rows'", 'const outside = new Redis()', 'const inside = new Map()']

/** Numbers that replicas may hand out twice are known to rows, and no rule asks for them. */
const isStated = ({ session, infra, embedded, disk, store }: CatalogRow): boolean => [session, infra?.kind === 'sequence' ? undefined : infra, embedded, store].some((facet) => facet !== undefined) || disk?.op === 'configure' || disk?.op === 'write'

/** What is done with what was made, while serving. */
function usedBy(row: CatalogRow, name: string): string[] {
  const { infra, disk } = row
  const asked = disk?.usedBy?.[0] === undefined ? undefined : made(disk.usedBy[0], `U${name}`)
  if (asked) return [asked.imports, `app.post('/${name}', async (request) => { await ${asked.code("'one', request.body")} })`]
  const member = infra?.uses?.[0] ?? (row.container ? 'set' : undefined)
  if (member === undefined) return []
  const call = infra?.kind === 'lock' ? `await ${name}.${member}('key'); await rows.query('update stock set amount = amount - 1')` : infra?.kind === 'socket' && member === 'clients' ? `for (const one of ${name}.clients) one.send('x')` : `${name}.${member}(request.query.id, request.body)`
  return [`app.post('/${name}', async (request) => { ${call} })`, ...(row.container ? [`app.get('/${name}', async (request) => ${name}.get(request.query.id))`] : [])]
}

/** A file for each row, in which each path stands with each case. */
function write(row: CatalogRow, index: number): { text: string; cases: Written[]; unwritten: string[] } {
  const file = `row${index}.server.ts`
  const [module, name] = row.infra?.mentions?.[0]?.split('#') ?? []
  const lines = module === undefined ? [...HEAD] : [...HEAD, `import { ${name} as asking } from '${module}'`, 'app.register(asking)']
  const cases: Written[] = []
  const unwritten: string[] = []
  for (const path of [row.path].flat()) {
    if (BY_HAND.has(path)) continue
    const all = casesOf(row)
    const first = made(path, 'm')
    if (all.length === 0 || !first || (first.isDecorator && !row.disk && !row.store)) { unwritten.push(path); continue }
    for (const one of all) {
      const name = `n${index}_${cases.length}`
      const { imports, code, bare, isPlugin, isDecorator } = made(path, `L${name}`) ?? first
      const value = isDecorator && row.store ? bare : code(one.args)
      if (imports !== '') lines.push(imports)
      if (row.disk?.op === 'write' || (row.infra?.kind === 'lock' && !row.infra.uses)) lines.push(`app.post('/${name}', async () => { await ${value}; await rows.query('update stock set amount = 1') })`)
      else if (row.store && !row.infra && !row.session) lines.push(`export const ${name} = session({ secret: 'x', store: ${value} })`)
      else lines.push(isPlugin ? value : `export const ${name} = ${value}`)
      cases.push({ path, one, file, line: lines.length })
      lines.push(...usedBy(row, name))
    }
  }
  return { text: `${lines.join('\n')}\n`, cases, unwritten }
}

it('rows that keep state are told without their option, with what leaves them here, and not with what takes them outside', async () => {
  const written = stateRows.filter(isStated).map(write)
  expect(written.flatMap(({ unwritten }) => unwritten), 'paths that no code is written for and no fixture is named for: by-hand.ts').toEqual([])
  const root = mkdtempSync(join(tmpdir(), 'audit-halves-'))
  for (const [i, { text, cases }] of written.entries()) if (cases.length > 0) writeFileSync(join(root, `row${i}.server.ts`), text)
  writeFileSync(join(root, 'package.json'), '{ "name": "rows", "dependencies": { "fastify": "^5.0.0", "@react-router/node": "^7.0.0" } }')
  writeFileSync(join(root, 'server.ts'), "import Fastify from 'fastify'\nexport const app = Fastify()\n")
  writeFileSync(join(root, 'rows.ts'), "import { Pool } from 'pg'\nexport const rows = new Pool()\n")
  writeFileSync(join(root, 'main.ts'), `import { app } from './server'\n${written.flatMap(({ cases }, i) => (cases.length > 0 ? [`import './row${i}.server'`] : [])).join('\n')}\nawait app.listen({ port: 3000 })\n`)
  const { findings } = await audit({ root, config, cacheDir: null, version: '0.0.0' })
  rmSync(root, { recursive: true })
  const all = written.flatMap(({ cases }) => cases)
  expect(all.length).toBeGreaterThan(2000)
  const told = new Set(findings.map(({ rule, location }) => `${rule} ${location.file}:${location.line}`))
  const wrong = all.filter(({ one, file, line }) => one.isTold !== one.rules.some((rule) => told.has(`${rule} ${file}:${line}`)))
  expect(wrong.map(({ path, one, file, line }) => `${path} (${one.what}) is ${one.isTold ? 'not ' : ''}told: ${file}:${line}`)).toEqual([])
}, 120_000)

/** All that the files of a fixture say. */
const textOf = (folder: string): string => readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((one) => (one.isFile() ? [readFileSync(join(one.parentPath, one.name), 'utf8')] : [])).join('\n')

it('fixtures that stand for generated code are there, and name what they stand for', () => {
  const known = new Set(stateRows.flatMap((row) => [row.path].flat()))
  expect([...BY_HAND.keys()].filter((path) => !known.has(path)), 'paths that no row has any more').toEqual([])
  const fixtures = new Set([...BY_HAND.values()].filter((where) => where.startsWith('fixtures/')))
  const names = (where: string): string[] => [...BY_HAND].flatMap(([path, one]) => (one === where ? [path.replace(/#.*/, ''), /(\w+)(?:\.new)?\W*$/.exec(path)?.[1] ?? path] : [])).filter((name) => !/^(default|)$/.test(name))
  expect([...fixtures].filter((where) => !names(where).some((name) => textOf(where).includes(name)))).toEqual([])
})
