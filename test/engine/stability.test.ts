import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.js'
import { resolveConfig } from '../../src/config/resolve.js'

const HEAD = ["import express from 'express'", "import Stripe from 'stripe'", "import { db } from './db.js'", 'const app = express()', 'const stripe = new Stripe(process.env.KEY)']
const STATE = ['const drafts = new Map<string, string>()', 'let visits = 0', 'class Seen { list: string[] = []; add(name: string) { this.list.push(name) } last() { return this.list.at(-1) } }', 'const seen = new Seen()']
const CODE = [
  "app.put('/drafts/:id', (req, res) => {\n  drafts.set(req.params.id, req.body.text)\n  res.end()\n})",
  "app.get('/drafts/:id', (req, res) => {\n  visits++\n  seen.add(req.params.id)\n  res.send(drafts.get(req.params.id))\n})",
  "app.get('/stats', (req, res) => {\n  res.json({ visits, last: seen.last() })\n})",
  "app.post('/orders', async (req, res) => {\n  await stripe.charges.create({ amount: 1, currency: 'eur' })\n  await save(req.body)\n  res.end()\n})",
  'async function save(order: unknown) {\n  await db.order.create({ data: order })\n}',
]

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'stability-'))
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'package.json'), '{"dependencies":{"express":"5","stripe":"17","@prisma/client":"6"}}')
  writeFileSync(join(root, 'src/db.ts'), "import { PrismaClient } from '@prisma/client'\nexport const db = new PrismaClient()\n")
})
afterAll(() => { rmSync(root, { recursive: true, force: true }) })

const prints = async (text: string): Promise<string[]> => {
  writeFileSync(join(root, 'src/app.ts'), text)
  const { findings } = await audit({ root, config: resolveConfig(null, root, {}, '2026-11-24'), cacheDir: null, version: '0.0.0' })
  return findings.map(({ rule, symbol, fingerprint }) => `${rule} ${symbol} ${fingerprint}`).sort()
}

const join_ = (code: readonly string[], gap: string): string => `${[...HEAD, ...STATE, ...code, 'app.listen(3000)'].join(gap)}\n`

/** Another layout of the same code. */
const LAYOUTS: Record<string, (code: string) => string> = {
  same: (code) => code,
  indented: (code) => code.replace(/^ {2}/gm, '\t\t'),
  'on one line': (code) => code.replace(/\n\s*/g, '; ').replace(/\{; /g, '{ ').replace(/; \}/g, ' }'),
  'spread out': (code) => code.replace(/\.(set|add|get|create)\(/g, '\n    .$1(\n      '),
  commented: (code) => code.replace(/\n/g, ' // why\n'),
}

describe('identities of a real audit', () => {
  it('survive inserted lines, reformatting and moved functions', async () => {
    const before = await prints(join_(CODE, '\n'))
    expect(before.map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(['module-mutable-state', 'payment-without-key']))
    expect(new Set(before).size).toBe(before.length)
    const changed = fc.tuple(
      fc.shuffledSubarray(CODE, { minLength: CODE.length }), fc.array(fc.constantFrom(...Object.keys(LAYOUTS)), { minLength: CODE.length, maxLength: CODE.length }),
      fc.constantFrom('\n', '\n\n\n', '\n// a comment\n', '\n/* more\n   than one line */\n'), fc.constantFrom('', '#!/usr/bin/env node\n', '/* licence\n */\n\n'),
    )
    await fc.assert(
      fc.asyncProperty(changed, async ([code, layouts, gap, top]) => {
        const laidOut = code.map((part, index) => LAYOUTS[layouts[index] ?? 'same']?.(part) ?? part)
        expect(await prints(top + join_(laidOut, gap))).toEqual(before)
      }),
      { numRuns: 40, seed: 7 },
    )
  })

  it('a store more is one identity more, and all others stay', async () => {
    const before = await prints(join_(CODE, '\n'))
    const more = await prints(join_([...CODE, 'const votes = new Map()', "app.put('/votes', (req, res) => { votes.set(req.body.id, req.body.vote); res.end() })", "app.get('/votes/:id', (req, res) => res.send(votes.get(req.params.id)))"], '\n'))
    expect(before.filter((line) => !more.includes(line))).toEqual([])
    expect(more.filter((line) => !before.includes(line)).map((line) => line.split(' ').slice(0, 2))).toEqual([['module-mutable-state', 'votes']])
  })
})
