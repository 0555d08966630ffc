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
