import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from './support.js'

let cwd = ''
const write = (files: Record<string, string>): void => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true })
    writeFileSync(join(cwd, file), text)
  }
}
const read = (file: string): string => readFileSync(join(cwd, file), 'utf8')
const init = async (...argv: string[]): Promise<string> => (await run(['init', ...argv], { cwd })).stdout

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'audit-init-')))
  mkdirSync(join(cwd, '.git'))
})
afterEach(() => { rmSync(cwd, { recursive: true, force: true }) })

describe('init', () => {
  it('writes config, hook and CI job that fit, once', async () => {
    write({ 'package.json': '{ "dependencies": { "fastify": "5" } }', 'lefthook.yml': '# ours\npre-commit:\n  commands:\n    lint:\n      run: npm run lint\n', '.github/dependabot.yml': '' })
    const first = await init('--yes')
    expect(first).toContain('found: Fastify')
    const hooks = parse(read('lefthook.yml')) as Record<string, { commands: Record<string, { run: string }> }>
    expect(hooks['pre-push']?.commands['stateless-audit']?.run).toBe('npx --yes stateless-audit --no-progress')
    expect(hooks['pre-commit']?.commands['lint']?.run).toBe('npm run lint')
    expect(read('lefthook.yml')).toContain('# ours')
    const job = parse(read('.github/workflows/stateless-audit.yml')) as { jobs: Record<string, { steps: { run?: string }[] }> }
    expect(job.jobs['stateless-audit']?.steps.flatMap((step) => step.run ?? [])).toEqual(['npx --yes stateless-audit --format github'])
    expect((await run([], { cwd })).code).toBe(0)
    write({ 'stateless-audit.config.json': '{ "failOn": "info" }' })
    const before = [read('lefthook.yml'), read('.github/workflows/stateless-audit.yml')]
    expect((await init('--yes')).match(/left as it is/g)).toHaveLength(3)
    expect([read('lefthook.yml'), read('.github/workflows/stateless-audit.yml'), read('stateless-audit.config.json')]).toEqual([...before, '{ "failOn": "info" }'])
  })

  it('audits each service of a workspace on its own', async () => {
    write({
      'package.json': '{}', 'pnpm-workspace.yaml': 'packages:\n  - .\n  - apps/*\n  - packages/*\n', '.gitlab-ci.yml': '',
      'apps/api/package.json': '{ "dependencies": { "@nestjs/core": "11" } }', 'apps/web/package.json': '{ "dependencies": { "next": "16" } }', 'packages/ui/package.json': '{}',
    })
    const text = await init('--yes')
    expect(text).toContain('found: apps/api (NestJS), apps/web (Next.js); each service is audited on its own')
    expect(text).toContain('under `include:` in .gitlab-ci.yml')
    const job = parse(read('.gitlab/stateless-audit.yml')) as Record<string, { script: string[] }>
    expect(job['stateless-audit']?.script.map((line) => line.split(' ')[3])).toEqual(['apps/api', 'apps/web'])
    expect(text).toContain('.git/hooks/pre-push')
  })

  it('adds to a husky hook that runs, and to pre-commit', async () => {
    write({ 'package.json': '{ "devDependencies": { "husky": "9", "stateless-audit": "1" } }', '.husky/pre-push': 'echo before' })
    await init('--yes')
    expect(read('.husky/pre-push')).toBe('echo before\nnpx stateless-audit --no-progress\n')
    rmSync(join(cwd, '.husky/pre-push'))
    await init('--yes')
    expect(statSync(join(cwd, '.husky/pre-push')).mode & 0o111).not.toBe(0)
    expect(spawnSync('sh', ['-n', join(cwd, '.husky/pre-push')]).status).toBe(0)
    write({ '.pre-commit-config.yaml': 'repos:\n  - repo: https://example.org/hooks\n    rev: v1\n    hooks:\n      - id: tidy\n' })
    expect(await init('--yes')).toContain('pre-commit install --hook-type pre-push')
    const { repos } = parse(read('.pre-commit-config.yaml')) as { repos: { repo: string; hooks: { id: string; entry?: string }[] }[] }
    expect(repos.map(({ repo, hooks }) => [repo, hooks[0]?.id, hooks[0]?.entry])).toEqual([['https://example.org/hooks', 'tidy', undefined], ['local', 'stateless-audit', 'npx stateless-audit --no-progress']])
  })

  it('installs with the package manager of the lockfile', async () => {
    write({ 'package.json': '{ "devDependencies": { "stateless-audit": "1" } }', 'pnpm-lock.yaml': '', '.github/x.yml': '' })
    await init('--yes')
    const { jobs } = parse(read('.github/workflows/stateless-audit.yml')) as { jobs: Record<string, { steps: { run?: string }[] }> }
    expect(jobs['stateless-audit']?.steps.flatMap((step) => step.run ?? [])).toEqual(['corepack enable', 'pnpm install --frozen-lockfile --ignore-scripts', 'npx stateless-audit --format github'])
  })

  it('writes nothing unasked, and shows what it would write', async () => {
    write({ 'package.json': '{}', '.github/x.yml': '' })
    const text = await init()
    expect(text).toContain('found: no known framework')
    expect(text).toContain('config: would write stateless-audit.config.json')
    expect(text).toContain('init --yes')
    expect(existsSync(join(cwd, 'stateless-audit.config.json'))).toBe(false)
    expect(existsSync(join(cwd, '.github/workflows'))).toBe(false)
  })

  it('names a package.json that cannot be read', async () => {
    write({ 'package.json': '{' })
    expect((await run(['init'], { cwd })).stderr).toContain('package.json: not valid JSON')
  })
})
