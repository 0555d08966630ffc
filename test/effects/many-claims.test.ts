import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { audit } from '../../src/audit.js'
import { resolveConfig } from '../../src/config/resolve.js'
import { distinct } from '../../src/effects/distinct.js'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'claims-')))
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Steps that all ask many others, and give back what says nothing: what is read on the way must not multiply. */
const many = (from: string, to: string): string => `
async function ${from}(id) {
  const seen = {}
${Array.from({ length: 130 }, (_, i) => `  await ${to}(id, seen, ${i})`).join('\n')}
  return seen.all
}`

const APP = `
const express = require('express')
const { PrismaClient } = require('@prisma/client')
const db = new PrismaClient()
const app = express()
async function leaf(id, seen) {
${Array.from({ length: 12 }, (_, i) => `  seen.all = await db.room${i}.findUnique({ where: { id } })`).join('\n')}
}
${many('middle', 'leaf')}
${many('upper', 'middle')}
app.post('/rooms', async (req, res) => {
  if (!(await upper(req.body.id))) return res.sendStatus(404)
  await db.visit.create({ data: { room: req.body.id } })
  res.sendStatus(201)
})
app.listen(3000)
`

it('says what many calls say alike once', async () => {
  writeFileSync(join(root, 'app.js'), APP)
  const report = await audit({ root, config: resolveConfig(null, root, {}, '2026-11-24'), cacheDir: null, version: '0.0.0' })
  expect(report.findings.map(({ rule }) => rule)).toContain('non-idempotent-post')
})

it('tells apart what differs in one part only', () => {
  expect(distinct([{ a: 1, b: [1] }, { b: [1], a: 1 }, { a: 1, b: [2] }, { a: 1 }])).toEqual([{ a: 1, b: [1] }, { a: 1, b: [2] }, { a: 1 }])
})
