import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { EffectSummary } from '../../src/model/report.js'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

it('lists what each entry of the example changes outside, and what guards it', () => {
  const run = spawnSync(process.execPath, [at('bin/stateless-audit.js'), 'effects', at('examples/shop'), '--format', 'json', '--no-cache'], { encoding: 'utf8' })
  const rows = JSON.parse(run.stdout) as EffectSummary[]
  expect(rows.map((row) => [row.entry, row.effect, row.guard ?? '-', `${row.location.file}:${row.location.line}`])).toEqual([
    ['GET /products', 'update products (redis)', '-', 'src/routes/catalog.ts:17'],
    ['POST /orders', 'payment paymentIntent (stripe)', '-', 'src/routes/orders.ts:14'],
    ['POST /orders', 'insert order (prisma)', '-', 'src/routes/orders.ts:15'],
    ['PUT /orders/:id/address', 'update order (prisma)', '-', 'src/routes/orders.ts:21'],
  ])
})
