import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { stateRows } from '../../src/catalog/state/index.js'

/** The tables that scripts/verify-catalog.mjs wrote: packages that were checked against their own types, and those that have no row. */
const [checked = '', unrowed = ''] = readFileSync(new URL('../../docs/catalog-verified.md', import.meta.url), 'utf8').split('## Without a row')
const rowsOf = (text: string): string[][] => text.split('\n').filter((line) => /^\| [@\w]/.test(line) && !line.startsWith('| package')).map((line) => line.slice(2).split(' | '))
const rows = rowsOf(checked)
const packageOf = (path: string): string => path.slice(0, path.indexOf('#')).split('/').slice(0, path.startsWith('@') ? 2 : 1).join('/')

it('says of each package that the catalog knows it, and that something of it was found', () => {
  const known = new Set(stateRows.flatMap((row) => [row.path].flat().map(packageOf)))
  const names = rows.map(([name]) => name ?? '')
  expect(rows.length).toBeGreaterThan(250)
  expect(names.filter((name) => !known.has(name)), 'packages that are no longer in the catalog: run the script again').toEqual([])
})

it.each(['sessions', 'stores', 'auth', 'rate-limits', 'caches', 'pubsub', 'sockets', 'schedulers', 'queues', 'uploads', 'embedded'])('holds twenty packages of %s', (family) => {
  expect(rows.filter(([, , families]) => families?.split(', ').includes(family)).length).toBeGreaterThanOrEqual(20)
})

it('has a row that was checked, or a reason to have none, for each package that the design names without having looked', () => {
  const named = JSON.parse(readFileSync(new URL('../../scripts/catalog-named.json', import.meta.url), 'utf8')) as string[]
  const found = new Set([...rows, ...rowsOf(unrowed)].map(([name]) => name))
  expect(named.length).toBeGreaterThan(250)
  expect(named.filter((name) => !found.has(name))).toEqual([])
  expect(rowsOf(unrowed).filter(([, why]) => (why ?? '').length < 15)).toEqual([])
})
