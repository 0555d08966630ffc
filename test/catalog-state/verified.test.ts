import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { stateRows } from '../../src/catalog/state/index.js'

/** The table that scripts/verify-catalog.mjs wrote: packages that were checked against their own types. */
const rows = readFileSync(new URL('../../docs/catalog-verified.md', import.meta.url), 'utf8').split('\n').filter((line) => /^\| [@\w]/.test(line) && !line.startsWith('| package')).map((line) => line.split(' | '))
const packageOf = (path: string): string => path.slice(0, path.indexOf('#')).split('/').slice(0, path.startsWith('@') ? 2 : 1).join('/')

it('says of each package that the catalog knows it, and that something of it was found', () => {
  const known = new Set(stateRows.flatMap((row) => [row.path].flat().map(packageOf)))
  const names = rows.map(([name]) => name?.slice(2) ?? '')
  expect(rows.length).toBeGreaterThan(250)
  expect(names.filter((name) => !known.has(name)), 'packages that are no longer in the catalog: run the script again').toEqual([])
})

it.each(['sessions', 'stores', 'auth', 'rate-limits', 'caches', 'pubsub', 'sockets', 'schedulers', 'queues', 'uploads', 'embedded'])('holds twenty packages of %s', (family) => {
  expect(rows.filter(([, , families]) => families?.split(', ').includes(family)).length).toBeGreaterThanOrEqual(20)
})
