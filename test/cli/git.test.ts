import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { engine } from '../../src/cli/engine.js'
import type { Report } from '../../src/model/report.js'
import { type Ran, run } from './support.js'

const STORE = 'export const drafts = new Map<string, string>()\n'
const APP = `import express from 'express'
import { drafts } from './store.js'
const app = express()
app.get('/drafts/:id', (req, res) => res.send(drafts.get(req.params.id)))
app.post('/drafts/:id', (req, res) => res.end())
app.listen(3000)
`
const WRITING = APP.replace("=> res.end())", "=> { drafts.set(req.params.id, req.body.text); res.end() })")
const VOTES = `import { Router } from 'express'
const votes = new Map<string, number>()
export const router = Router()
router.put('/votes/:id', (req, res) => { votes.set(req.params.id, req.body.vote); res.end() })
router.get('/votes/:id', (req, res) => res.json(votes.get(req.params.id)))
`

let cwd = ''
const git = (...args: string[]): void => {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', '-c', 'init.defaultBranch=main']
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}
const write = (files: Record<string, string>): void => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true })
    writeFileSync(join(cwd, file), text)
  }
}
const audit = (...argv: string[]): Promise<Ran> => run([...argv, '--no-cache', '--format', 'json', '--only', 'module-mutable-state'], { cwd, engine })
const symbols = ({ stdout }: Ran): string[] => (JSON.parse(stdout) as Report).findings.map(({ symbol }) => symbol)
const ids = ({ stdout }: Ran): string[] => (JSON.parse(stdout) as Report).notices.map(({ id }) => id)

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'audit-git-')))
  write({ 'package.json': '{"dependencies":{"express":"5"}}', 'src/store.ts': STORE, 'src/app.ts': APP, 'README.md': 'hello\n' })
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'first')
})
afterEach(() => { rmSync(cwd, { recursive: true, force: true }) })

describe('--since', () => {
  it('shows what came since, also in a file that was not changed', async () => {
    expect(symbols(await audit())).toEqual([])
    write({ 'src/app.ts': WRITING })
    const result = await audit('--since', 'HEAD')
    expect([result.code, symbols(result)]).toEqual([1, ['drafts']])
    expect((JSON.parse(result.stdout) as Report).findings[0]?.location.file).toBe('src/store.ts')
    git('commit', '-qam', 'second')
    const again = await audit('--since', 'HEAD')
    expect([again.code, symbols(again), ids(again)]).toEqual([0, [], ['since']])
  })

  it('compares with where the branch began, and takes a renamed file for the same', async () => {
    write({ 'src/app.ts': WRITING })
    git('commit', '-qam', 'a store')
    git('switch', '-qc', 'feature')
    git('mv', 'src/store.ts', 'src/drafts.ts')
    write({ 'src/app.ts': WRITING.replace('./store.js', './drafts.js'), 'src/votes.ts': VOTES })
    expect(symbols(await audit('--since', 'main'))).toEqual(['votes'])
    git('switch', '-q', '--detach', 'main')
    git('reset', '-q', '--hard')
  })

  it('leaves index and work tree as they are, and nothing behind', async () => {
    write({ 'src/app.ts': WRITING, 'src/votes.ts': VOTES })
    git('add', 'src/votes.ts')
    const state = () => spawnSync('git', ['status', '--porcelain'], { cwd, encoding: 'utf8' }).stdout
    // A folder of its own: other tests lay trees out at the same time.
    const temporary = mkdtempSync(join(tmpdir(), 'audit-left-'))
    vi.stubEnv('TMPDIR', temporary)
    const left = () => readdirSync(tmpdir())
    const before = [state(), left()]
    await audit('--since', 'HEAD')
    await audit('--staged')
    expect([state(), left()]).toEqual(before)
    vi.unstubAllEnvs()
    rmSync(temporary, { recursive: true })
  })

  it('names a commit that is not there, before any work', async () => {
    const { code, stderr, stdout } = await run(['--since', 'origin/main'], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe('stateless-audit: --since origin/main: no such commit or branch in this clone; in CI fetch it first (actions/checkout with fetch-depth: 0)\n')
    expect((await run(['--since', '--output=x'], { cwd })).code).toBe(2)
  })
})

describe('--staged', () => {
  it('audits what is staged, not what lies in the work tree', async () => {
    write({ 'src/app.ts': WRITING })
    git('add', '.')
    write({ 'src/app.ts': APP })
    expect(symbols(await audit('--staged'))).toEqual(['drafts'])
    git('reset', '-q')
    expect(await audit('--staged')).toMatchObject({ code: 0, stdout: '', stderr: 'stateless-audit: nothing to audit among the staged files\n' })
  })

  it('shows findings whose place or way touches a staged file, and counts the others', async () => {
    write({ 'src/app.ts': WRITING, 'src/votes.ts': VOTES })
    git('add', '.')
    git('commit', '-qm', 'both')
    write({ 'src/app.ts': `${WRITING}// touched\n` })
    git('add', '.')
    const result = await audit('--staged')
    expect([symbols(result), ids(result)]).toEqual([['drafts'], ['elsewhere']])
  })

  it('ends with 0 where every staged file is ignored', async () => {
    write({ 'README.md': 'changed\n', 'logo.svg': '<svg/>' })
    git('add', '.')
    expect((await audit('--staged')).code).toBe(0)
    write({ 'src/app.test.ts': 'test()\n' })
    git('add', '.')
    expect((await audit('--staged')).code).toBe(0)
  })

  it('works in a folder of the repository, and is refused outside of one', async () => {
    write({ 'src/app.ts': WRITING })
    git('add', '.')
    expect(symbols(await audit('src', '--staged'))).toEqual(['drafts'])
    rmSync(join(cwd, '.git'), { recursive: true })
    expect((await run(['--staged'], { cwd })).stderr).toMatch(/--staged: .* is in no git repository/)
  })
})

describe('files as arguments, as hooks append them', () => {
  it('shows findings that touch them', async () => {
    write({ 'src/app.ts': WRITING, 'src/votes.ts': VOTES })
    expect(symbols(await audit('src/votes.ts', 'README.md'))).toEqual(['votes'])
    expect(symbols(await audit('src/store.ts', 'src/deleted.ts'))).toEqual(['drafts'])
    expect(await audit('README.md')).toMatchObject({ code: 0, stdout: '' })
  })
})
