import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.js'
import type { ResolvedConfig } from '../../src/config/types.js'
import { resolveConfig } from '../../src/config/resolve.js'
import { baselineEntry, writeBaseline } from '../../src/engine/baseline.js'
import type { Report } from '../../src/model/report.js'

const APP = `import express from 'express'
const app = express()
const drafts = new Map<string, string>()
app.post('/drafts/:id', (req, res) => {
  drafts.set(req.params.id, req.body.text)
  res.end()
})
app.get('/drafts/:id', (req, res) => res.send(drafts.get(req.params.id)))
app.listen(3000)
`
const RULE = 'module-mutable-state'

let root = ''
beforeEach(() => { root = realpathSync(mkdtempSync(join(tmpdir(), 'settle-'))) })
afterEach(() => { rmSync(root, { recursive: true, force: true }) })

const write = (files: Record<string, string>): void => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}

const run = (parts: Partial<ResolvedConfig> = {}): Promise<Report> =>
  audit({ root, config: { ...resolveConfig(null, root, {}, '2026-11-24'), ...parts }, cacheDir: null, version: '0.0.0' })

const ids = ({ notices }: Report): string[] => notices.map(({ id }) => id)
const drafts = ({ findings }: Report): string[] => findings.filter(({ symbol }) => symbol === 'drafts').map(({ rule }) => rule)
const verdictOf = (report: Report, id: string) => report.questions.find((question) => question.id === id)

const annotated = (comment: string): string => APP.replace('const drafts', `${comment}\nconst drafts`)

describe('an audit applies what comments say', () => {
  beforeEach(() => write({ 'package.json': '{"dependencies":{"express":"5"}}' }))

  it('the finding is there without a comment', async () => {
    write({ 'src/app.ts': APP })
    const report = await run()
    expect(drafts(report)).toEqual([RULE])
    expect(ids(report)).toEqual([])
    expect(verdictOf(report, 'context')?.verdict).toBe('fail')
  })

  it('a comment with a reason moves it to `suppressed`, and the verdict says that something was left out', async () => {
    write({ 'src/app.ts': annotated(`// stateless-audit-ignore ${RULE} until 2027-01-31: one instance until the move`) })
    const report = await run()
    expect(drafts(report)).toEqual([])
    expect(report.suppressed.map(({ finding, reason, by, location }) => [finding.rule, reason, by, location?.line])).toEqual([[RULE, 'one instance until the move', 'comment', 3]])
    expect(verdictOf(report, 'context')?.verdict).not.toBe('fail')
    expect(verdictOf(report, 'context')?.why).toContain('1 left out with a reason')
    expect(ids(report)).toEqual([])
  })

  it.each([
    ['suppression-without-reason', `// stateless-audit-ignore ${RULE}`],
    ['suppression-expired', `// stateless-audit-ignore ${RULE} until 2026-01-31: later`],
    ['suppression-unknown-rule', '// stateless-audit-ignore module-mutable-stat: typo'],
    ['suppression-unused', '/* stateless-audit-ignore process-cache: another rule */'],
  ])('%s leaves the finding and says so', async (id, comment) => {
    write({ 'src/app.ts': annotated(comment) })
    const report = await run()
    expect(drafts(report)).toEqual([RULE])
    expect(report.notices.map((notice) => [notice.id, notice.location?.line])).toEqual([[id, 3]])
  })

  it('a comment in the wrong place is told the right one', async () => {
    write({ 'src/app.ts': `// stateless-audit-ignore ${RULE}: later\n${APP}` })
    const report = await run()
    expect(report.notices.map(({ message }) => message)).toEqual([`nothing to ignore for ${RULE} here; it is found on line 4: put the comment on the line above it`])
  })

  it('comments in deployment files count too', async () => {
    const compose = (comment: string): string => `services:\n  api:\n    image: api\n    volumes:\n      ${comment}\n      - ./uploads:/app/uploads\n`
    write({ 'src/app.ts': APP, 'docker-compose.yml': compose('# nothing') })
    const found = (await run()).findings.filter(({ location }) => location.file === 'docker-compose.yml')
    expect(found.map(({ rule }) => rule)).toEqual(['local-volume'])
    write({ 'docker-compose.yml': compose('# stateless-audit-ignore local-volume: development only') })
    const report = await run()
    expect(report.suppressed.map(({ finding }) => finding.rule)).toEqual(['local-volume'])
    expect(ids(report)).toEqual([])
  })
})

describe('an audit applies the config', () => {
  beforeEach(() => write({ 'package.json': '{"dependencies":{"express":"5"}}', 'src/app.ts': APP }))

  it('ignores, with the unused and the expired reported', async () => {
    const report = await run({ ignores: [
      { rule: RULE, symbol: 'drafts', reason: 'accepted' },
      { rule: 'process-cache', reason: 'none there' },
      { rule: 'in-memory-session', reason: 'over', until: '2026-01-01' },
    ] })
    expect(report.suppressed.map(({ by, reason }) => [by, reason])).toEqual([['config', 'accepted']])
    expect(ids(report).sort()).toEqual(['ignore-expired', 'ignore-unused'])
  })

  it('an ignore of a rule that did not run is not called unused', async () => {
    expect(ids(await run({ only: ['process-cache'], ignores: [{ rule: RULE, reason: 'accepted' }] }))).toEqual([])
  })

  it('files that are stateful by design have a section of their own', async () => {
    const report = await run({ stateful: [{ files: ['src/**'], reason: 'rooms' }] })
    expect(report.findings.filter(({ location }) => location.file === 'src/app.ts')).toEqual([])
    expect(report.statefulByDesign.map(({ finding, reason }) => [finding.symbol, reason])).toContainEqual(['drafts', 'rooms'])
  })

  it('entries that no framework registers', async () => {
    write({ 'package.json': '{}', 'src/app.ts': 'const seen = new Map()\nexport const handle = (ctx) => { seen.set(ctx.id, ctx.body) }\nexport const find = (ctx) => seen.get(ctx.id)\n' })
    const without = await run()
    expect([without.coverage.entries, ids(without)]).toEqual([0, ['no-entry-found']])
    expect(without.notices[0]?.message).toContain('in 1 file under src/')
    const named = await run({ entries: [{ files: ['src/*.ts'], export: '*', kind: 'route', method: 'POST' }] })
    expect(named.entries.map(({ kind, method, name }) => [kind, method, name])).toEqual([['route', 'POST', 'handle'], ['route', 'POST', 'find']])
    expect(named.findings.map(({ symbol }) => symbol)).toContain('seen')
    expect(ids(await run({ entries: [{ files: ['lib/*.ts'], export: '*', kind: 'route' }] }))).toContain('config-entry-unused')
  })
})

describe('an audit applies the baseline', () => {
  const baselineOf = (report: Report): ResolvedConfig['baseline'] => ({ file: join(root, 'stateless-audit.baseline.json'), text: writeBaseline(report.findings.map((finding) => baselineEntry(finding, report.root))) })
  beforeEach(() => write({ 'package.json': '{"dependencies":{"express":"5"}}', 'src/app.ts': APP }))

  it('known findings move to `baselined`; the question stays open', async () => {
    const baseline = baselineOf(await run())
    const report = await run({ baseline })
    expect(report.findings).toEqual([])
    expect(report.baselined.map(({ symbol }) => symbol)).toContain('drafts')
    expect(verdictOf(report, 'context')).toMatchObject({ verdict: 'review', why: expect.stringContaining('in the baseline') as string })
    expect(ids(report)).toEqual([])
  })

  it('identities hold after inserted lines, reformatting and moved functions; a second store is new', async () => {
    const baseline = baselineOf(await run())
    const handlers = APP.split('\n').slice(3, 8)
    write({ 'src/app.ts': `/* a\n   header */\nimport express from 'express'\n\nconst app = express(  )\nconst drafts: Map<string, string> =\n  new Map<string, string>()\n\n${handlers[4] ?? ''}\n${handlers.slice(0, 4).join('\n').replace('drafts.set(', 'drafts\n    .set(')}\napp.listen(3000)\n` })
    expect((await run({ baseline })).findings).toEqual([])
    write({ 'src/app.ts': `${APP}const votes = new Map()\napp.put('/votes', (req, res) => { votes.set(req.body.id, req.body.vote); res.end() })\napp.get('/votes/:id', (req, res) => res.send(votes.get(req.params.id)))\n` })
    expect((await run({ baseline })).findings.map(({ symbol }) => symbol)).toContain('votes')
  })

  it('what is gone is stale, a renamed file is not', async () => {
    const baseline = baselineOf(await run())
    renameSync(join(root, 'src/app.ts'), join(root, 'src/server.ts'))
    const moved = await run({ baseline })
    expect([moved.findings, new Set(ids(moved))]).toEqual([[], new Set(['baseline-moved'])])
    write({ 'src/server.ts': "import express from 'express'\nexpress().get('/', (req, res) => res.end())\n" })
    expect(new Set(ids(await run({ baseline })))).toEqual(new Set(['baseline-stale']))
    expect(ids(await run({ baseline, only: ['process-cache'] }))).toEqual([])
  })

  it('identities hold from the git root, whichever folder is audited', async () => {
    mkdirSync(join(root, '.git'))
    const top = await run()
    const below = await audit({ root: join(root, 'src'), config: resolveConfig(null, root, {}, '2026-11-24'), cacheDir: null, version: '0.0.0' })
    const print = (report: Report) => report.findings.find(({ symbol, rule }) => symbol === 'drafts' && rule === RULE)?.fingerprint
    expect(print(below)).toBe(print(top))
    expect(print(top)).toMatch(/^[0-9a-f]{32}$/)
  })
})
