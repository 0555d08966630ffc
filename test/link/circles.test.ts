import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit, linkProgram } from '../../src/audit.js'
import { resolveConfig } from '../../src/config/resolve.js'

let root = ''
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'circles-')) })
afterEach(() => { rmSync(root, { recursive: true, force: true }) })

/** A server whose handler writes what a circle of prototypes or classes leads to. */
const PROGRAMS: Record<string, string> = {
  'prototypes made from what they are the prototype of': `
    function copy(value) {
      const made = Object.create(Object.getPrototypeOf(value))
      for (const key of Object.keys(value)) made[key] = copy(value[key])
      made.__proto__ = made
      return made
    }
    const box = copy({ a: { b: { c: 1 } }, count: 0 })
    app.post('/x', (req, res) => { box.a.b.missing(); seen.push(req.body.name); res.json(box.count) })`,
  'a mixin that is applied to what it made': `
    const Mixed = (Base) => class extends Base { touch(name) { super.touch?.(name); seen.push(name) } }
    let Service = class { }
    for (const _ of [1, 2, 3]) Service = Mixed(Service)
    const service = new Service()
    app.post('/x', (req, res) => { service.touch(req.body.name); Service.nothing(); service.nothing(); res.json(seen.length) })`,
}

describe('circles end', () => {
  it.each(Object.entries(PROGRAMS))('%s', async (_, body) => {
    writeFileSync(join(root, 'package.json'), '{ "name": "circles", "dependencies": { "express": "5" } }')
    writeFileSync(join(root, 'server.js'), `const express = require('express')\nconst app = express()\nconst seen = []\n${body}\napp.listen(1)\n`)
    const report = await audit({ root, config: resolveConfig(null, root, {}, '2026-01-01'), cacheDir: null, version: '1.2.3' })
    expect(report.complete).toBe(true)
    expect(report.state.map((cell) => cell.symbol)).toContain('seen')
  }, 20_000)
})

describe('functions that call themselves with what they are given', () => {
  it('are told apart by their outer callers and once more, not by every way down', async () => {
    const callers = Array.from({ length: 12 }, (_, i) => `const made${i} = cleaner.clean({ run: () => seen.push(${i}) })`).join('\n')
    writeFileSync(join(root, 'package.json'), '{ "name": "circles", "dependencies": { "express": "5" } }')
    writeFileSync(join(root, 'server.js'), `const express = require('express')
const app = express()
const seen = []
class Cleaner {
  clean = (value, level = 0) => {
    if (level > 9) return value
    const left = this.clean({ run: () => value.run() }, level + 1)
    const right = this.clean({ run: () => value.run?.() }, level + 1)
    return { run: () => left.run(right.run()), more: this.clean({ run: value.run }, level + 1) }
  }
}
const cleaner = new Cleaner()
${callers}
app.post('/x', (req, res) => { made3.run(); res.end() })
app.listen(1)
`)
    const { program } = await linkProgram({ root, config: resolveConfig(null, root, {}, '2026-01-01'), cacheDir: null, version: '1.2.3' })
    const runs = program.a.instances.filter(({ fn }) => fn.n === 'clean').length
    expect(runs).toBeGreaterThanOrEqual(12)
    expect(runs).toBeLessThanOrEqual(12 * 4)
    expect(program.cells().map(({ symbol }) => symbol)).toContain('seen')
  }, 20_000)
})
