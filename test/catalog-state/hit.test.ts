import { readdirSync, readFileSync } from 'node:fs'
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
  const known = readFileSync(new URL('./unhit.txt', import.meta.url), 'utf8').split('\n').filter((line) => line !== '')
  const unhit = stateRows.filter((row) => !isHit(row)).map(nameOf)
  expect(unhit.filter((name) => !known.includes(name)), 'rows that no fixture exercises').toEqual([])
  expect(known.filter((name) => !unhit.includes(name)), 'rows of the list that a fixture exercises: strike them').toEqual([])
}, 120_000)
