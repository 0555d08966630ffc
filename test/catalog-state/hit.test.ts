import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { linkProgram } from '../../src/audit.js'
import { stateRows } from '../../src/catalog/state/index.js'
import type { ResolvedConfig } from '../../src/config/types.js'
import type { CatalogRow } from '../../src/model/catalog.js'

const at = (path: string): string => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url))
const config = { include: [], exclude: [], models: [], entries: [], stateful: [], ignores: [], only: [], rules: {} } as unknown as ResolvedConfig

/** Paths of the catalog that values of the fixtures are looked up by. */
async function lookedUp(): Promise<string[]> {
  const found = new Set<string>()
  for (const base of ['rules', 'catalog']) for (const family of readdirSync(at(base))) for (const name of readdirSync(at(`${base}/${family}`))) {
    const { program } = await linkProgram({ root: at(`${base}/${family}/${name}`), config, cacheDir: null, version: '0.0.0' })
    // What a member of a library's object sets is looked up when a rule asks.
    program.globalSetters()
    program.identitySetters()
    const { found: rows } = program.a.catalog as unknown as { found: Map<string, CatalogRow | null> }
    for (const [path, row] of rows) if (row) found.add(path)
  }
  return [...found]
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^.()#]+')}$`)
const nameOf = (row: CatalogRow): string => `${Object.keys(row).filter((key) => key !== 'path').join('+')} ${[row.path].flat()[0]}`

it('rows of state are each exercised by a fixture', async () => {
  const paths = await lookedUp()
  const exact = new Set(paths)
  const isHit = (row: CatalogRow): boolean => [row.path].flat().some((path) => exact.has(path) || (path.includes('*') && paths.some((one) => patternOf(path).test(one))))
  expect(stateRows.filter((row) => !isHit(row)).map(nameOf), 'rows that no fixture exercises').toEqual([])
}, 900_000)
