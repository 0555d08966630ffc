import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { audit } from '../../src/index.js'

let root = ''
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'audit-callees-')) })
afterEach(() => { rmSync(root, { recursive: true, force: true }) })

/** The names of calls on request paths that lead nowhere. */
const nowhere = async (files: Record<string, string>): Promise<(string | undefined)[]> => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const { coverage } = await audit({ root })
  expect(coverage.entries).toBeGreaterThan(0)
  return coverage.gaps.map(({ symbol }) => symbol)
}

it('both words of a promise lead somewhere', async () => {
  expect(await nowhere({
    'package.json': '{"dependencies":{"express":"5"}}',
    'app.js': `const app = require('express')()
const load = () => new Promise((resolve, reject) => { setTimeout(() => reject('late'), 500); fetch('https://a.example').then((found) => { try { resolve(found) } catch (e) { reject(e) } }) })
app.get('/', async (req, res) => { await load(); require('./generated/odd').knows(); res.end() })`,
  })).toEqual(['knows'])
})

it('what a framework gives besides is no gap; what a caller gives is asked for', async () => {
  expect(await nowhere({
    'package.json': '{"dependencies":{"sails":"1"}}',
    'api/controllers/see.js': 'module.exports = { inputs: {}, exits: {}, fn: async function (inputs, exits) { const found = await sails.helpers.look.with({ id: inputs.id }); return exits.success(_.pick(found, \'id\')) } }',
    'api/helpers/look.js': 'module.exports = { inputs: {}, fn: function (inputs, exits) { if (!inputs.id) return exits.notFound(); return exits.success(require(\'../../generated/odd\').knows(inputs.id)) } }',
  })).toEqual(['knows'])
})

it('the scope of embedded metrics hands in its logger', async () => {
  expect(await nowhere({
    'package.json': '{"dependencies":{"aws-embedded-metrics":"4"}}',
    'template.yaml': 'Resources:\n  See:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.see\n      Runtime: nodejs20.x\n      CodeUri: ./\n',
    'app.js': "const { metricScope } = require('aws-embedded-metrics')\nexports.see = metricScope((metrics) => async (event) => { metrics.setNamespace('x'); return {} })",
  })).not.toContain('setNamespace')
})

it('hooks of Mongoose stand on a document or a query', async () => {
  expect(await nowhere({
    'package.json': '{"dependencies":{"express":"5","mongoose":"8"}}',
    'app.js': `const mongoose = require('mongoose')
const shop = new mongoose.Schema({ name: String, slug: String })
shop.pre('save', function (next) { if (this.isModified('name')) this.slug = this.name.toLowerCase(); next() })
shop.pre(/^find/, function (next) { this.populate('owner'); require('./generated/odd').knows(); next() })
const Shop = mongoose.model('Shop', shop)
require('express')().get('/', async (req, res) => res.json(await Shop.find()))`,
  })).toEqual(['knows'])
})

it('a span is handed to what runs in it, and numbers are only rounded', async () => {
  expect(await nowhere({
    'package.json': '{"dependencies":{"express":"5","@opentelemetry/api":"1"}}',
    'app.js': `const { trace } = require('@opentelemetry/api')
const tracer = trace.getTracer('shop')
const load = (began) => tracer.startActiveSpan('load', async (span) => { span.setAttribute('a', 1); span.end(); return (Date.now() - began).toFixed(2) })
require('express')().get('/', async (req, res) => { res.json(await load(Date.now())); require('./generated/odd').knows() })`,
  })).toEqual(['knows'])
})

it('what a package hands to a callback in the course of a request is its own; what a function of the program is handed is not', async () => {
  expect(await nowhere({
    'package.json': '{"dependencies":{"express":"5","fluent-checks":"1"}}',
    'app.js': `const { check } = require('fluent-checks')
const each = (run) => run(require('./generated/odd').made)
require('express')().post('/', (req, res) => {
  const { errors } = check(req.body, (field) => field('mail').isLength({ max: 100 }).isEmail())
  each((made) => made.checked())
  res.json(errors)
})`,
  })).toEqual(['checked'])
})
