import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { linkProgram } from '../../src/audit.js'
import { stateRows } from '../../src/catalog/state/index.js'
import type { ResolvedConfig } from '../../src/config/types.js'
import type { CatalogRow } from '../../src/model/catalog.js'
import type { Program } from '../../src/program/program.js'
import { MOST_USED } from './most-used.js'

const at = (path: string): string => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url))
const config = { include: [], exclude: [], models: [], entries: [], stateful: [], ignores: [], only: [], rules: {} } as unknown as ResolvedConfig

/** Paths of the catalog that values of the fixtures are looked up by. */
const paths = new Set<string>()
/** How the fixtures call what has an option: without it, with what takes it outside, with what does not. */
const halves = new Map<string, Set<'default' | 'clears' | 'stays'>>()

beforeAll(async () => {
  for (const base of ['rules', 'catalog']) for (const family of readdirSync(at(base))) for (const name of readdirSync(at(`${base}/${family}`))) {
    const { program } = await linkProgram({ root: at(`${base}/${family}/${name}`), config, cacheDir: null, version: '0.0.0' })
    // What a member of a library's object sets is looked up when a rule asks.
    program.globalSetters()
    program.identitySetters()
    const { found: rows } = program.a.catalog as unknown as { found: Map<string, CatalogRow | null> }
    for (const [path, row] of rows) if (row) paths.add(path)
    noteHalves(program)
  }
}, 900_000)

function noteHalves({ libraries }: Program): void {
  for (const use of libraries.all()) {
    const { session, infra } = use.row
    const options = [...(session?.store ?? infra?.external ?? []), ...((session ?? infra)?.driver ? [(session ?? infra)?.driver?.arg ?? ''] : [])]
    if (options.length === 0) continue
    const kind = session ? libraries.sessionChoice(use, session).kind : infra ? libraries.infraChoice(use, infra).kind : 'unknown'
    const isGiven = options.flatMap((option) => option.split('~')).some((option) => libraries.has(use, option))
    const half = kind === 'external' && isGiven ? 'clears' : kind === 'unknown' ? undefined : isGiven ? 'stays' : 'default'
    // A call is seen by the path of what is called.
    if (half) for (const path of [use.path, `${use.path}()`]) halves.set(path, (halves.get(path) ?? new Set()).add(half))
  }
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^.()#]+')}$`)
const nameOf = (row: CatalogRow): string => `${Object.keys(row).filter((key) => key !== 'path').join('+')} ${[row.path].flat()[0]}`

it('rows of state are each exercised by a fixture', () => {
  const isHit = (row: CatalogRow): boolean => [row.path].flat().some((path) => paths.has(path) || (path.includes('*') && [...paths].some((one) => patternOf(path).test(one))))
  expect(stateRows.filter((row) => !isHit(row)).map(nameOf), 'rows that no fixture exercises').toEqual([])
})

it.each(MOST_USED)('fixtures call %s without its option, with what takes it outside, and with what does not', (path) => {
  const rows = stateRows.filter((row) => (row.session || row.infra) && [row.path].flat().includes(path))
  expect(rows.length, 'rows of this path').toBeGreaterThan(0)
  const found = rows.flatMap((row) => [row.path].flat()).flatMap((one) => [...(halves.get(one) ?? [])])
  expect([...new Set(found)].sort()).toEqual(['clears', 'default', 'stays'])
})
