import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engine } from '../../src/cli/engine.js'
import { Attempts, StartAgain } from '../../src/engine/failures.js'
import { audit, defineRule, exitCode } from '../../src/index.js'
import { run } from '../cli/support.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'audit-failures-'))
  writeFileSync(join(root, 'package.json'), '{"dependencies":{"express":"5"}}')
  writeFileSync(join(root, 'app.js'), "const app = require('express')()\nconst names = new Map()\napp.post('/', (req, res) => { names.set(req.body.id, req.body.name); res.end() })\napp.get('/', (req, res) => res.send(names.get(req.query.id)))\n")
})
afterEach(() => { rmSync(root, { recursive: true, force: true }) })

const about = { severity: 'info', summary: 's', why: 'w', fix: 'f' } as const

/** Says one thing and breaks off. */
const breaksOff = defineRule({
  ...about, id: 'breaks-off', question: 'auth', alsoAffects: ['session'], messages: { seen: 'seen' },
  * check(program) {
    for (const { site, symbol } of program.entries.slice(0, 1)) yield { at: site, symbol, message: 'seen' }
    throw new TypeError('no such thing\nand more lines')
  },
})

describe('a rule that throws', () => {
  it('costs neither what it said before nor what the others found', async () => {
    const report = await audit({ root, config: { customRules: [breaksOff] } })
    expect(new Set(report.findings.map(({ rule }) => rule))).toEqual(new Set(['breaks-off', 'module-mutable-state']))
    expect(report.notices.filter(({ id }) => id === 'rule-failed').map(({ message }) => message)).toEqual([
      'rule breaks-off failed (TypeError: no such thing): what it would have said is missing; turn it off under `rules` to do without it',
    ])
  })

  it('is a gap, so that its questions are open and the run is not to be trusted', async () => {
    const { findings: _, ...report } = await audit({ root, config: { customRules: [breaksOff], rules: { 'module-mutable-state': 'off' } } })
    expect(report.coverage.gaps).toContainEqual({ reason: 'rule breaks-off failed (TypeError: no such thing)' })
    expect(report.questions.filter(({ verdict, why }) => verdict === 'review' && why.includes('breaks-off')).map(({ id }) => id)).toEqual(['session', 'auth'])
    expect([report.complete, exitCode({ ...report, findings: [] })]).toEqual([false, 2])
  })

  it('is told on stderr, and may be turned off', async () => {
    const rule = "({ id: 'thrower', question: 'auth', alsoAffects: [], severity: 'info', summary: 's', why: 'w', fix: 'f', messages: {}, check() { throw new Error('broken') } })"
    const config = (rules: string): void => { writeFileSync(join(root, 'stateless-audit.config.mjs'), `export default { customRules: [${rule}], rules: ${rules} }`) }
    config('{}')
    const { code, stderr } = await run(['--no-cache'], { cwd: root, engine })
    expect([code, stderr]).toEqual([2, expect.stringContaining('the result cannot be trusted: rule thrower failed (Error: broken)') as string])
    const off = await audit({ root, config: { customRules: [breaksOff], rules: { 'breaks-off': 'off' } } })
    expect([off.complete, off.notices.map(({ id }) => id)]).toEqual([true, []])
  })
})

describe('what needs something that is not loaded yet', () => {
  it('is no failure: all is asked again', () => {
    const attempts = new Attempts()
    class ParserNeeded extends StartAgain {}
    expect(() => attempts.of({ part: 'rule x', questions: [] }, () => { throw new ParserNeeded() }, 0)).toThrow(ParserNeeded)
    expect(attempts.of({ part: 'rule y', questions: [] }, () => { throw new Error('broken') }, 1)).toBe(1)
    expect(attempts.failures).toEqual([{ part: 'rule y', questions: [], message: 'Error: broken' }])
  })
})
