import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const page = readFileSync('docs/ci.md', 'utf8')
const built = existsSync('dist/src/cli/main.js')

/** The first code block of a language after a text. */
function snippet(after: string, language: string): string {
  const text = page.slice(page.indexOf(after))
  if (!page.includes(after)) throw new Error(`docs/ci.md does not say '${after}'`)
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? ''
}

const CLEAN = "import express from 'express'\nconst app = express()\napp.get('/', (req, res) => res.end())\napp.listen(3000)\n"
const STATEFUL = "import express from 'express'\nconst app = express()\nconst drafts = new Map()\napp.put('/:id', (req, res) => { drafts.set(req.params.id, req.body.text); res.end() })\napp.get('/:id', (req, res) => res.send(drafts.get(req.params.id)))\napp.listen(3000)\n"

let cwd = ''
let tools = ''
/** Of all recipes: they audit the same few files. */
let cache = ''
beforeAll(() => { cache = mkdtempSync(join(tmpdir(), 'recipes-cache-')) })
afterAll(() => { rmSync(cache, { recursive: true, force: true }) })
const write = (files: Record<string, string>): void => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true })
    writeFileSync(join(cwd, file), text)
  }
}
const environment = (extra: Record<string, string> = {}): NodeJS.ProcessEnv => ({ ...process.env, PATH: `${tools}:${process.env['PATH']}`, XDG_CACHE_HOME: cache, NO_COLOR: '1', ...extra })
const sh = (script: string, extra: Record<string, string> = {}): { status: number | null; out: string } => {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8', env: environment(extra) })
  return { status, out: stdout + stderr }
}
const git = (...args: string[]): { status: number | null; out: string } =>
  sh(`git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false -c init.defaultBranch=main ${args.map((arg) => `'${arg}'`).join(' ')}`)

/** `npx` without a network: it takes what the recipe would fetch from here. */
const NPX = `#!/bin/bash
while [ $# -gt 0 ]; do case "$1" in --yes|--no-install) shift ;; --package) shift 2 ;; *) break ;; esac; done
[ "$1" = stateless-audit ] || { echo "npx $1: not here" >&2; exit 127; }
shift
exec "${process.execPath}" "${resolve('bin/stateless-audit.js')}" "$@"
`

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'recipes-')))
  tools = realpathSync(mkdtempSync(join(tmpdir(), 'recipes-tools-')))
  for (const [name, text] of [['npx', NPX], ['stateless-audit', NPX.replace(/^while.*\n^\[.*\n^shift\n/m, '')]] as const) {
    writeFileSync(join(tools, name), text)
    chmodSync(join(tools, name), 0o755)
  }
  write({ 'package.json': '{"dependencies":{"express":"5"}}', 'src/app.ts': CLEAN })
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'first')
})
afterEach(() => { for (const folder of [cwd, tools]) rmSync(folder, { recursive: true, force: true }) })

describe.skipIf(!built)('recipes of docs/ci.md', () => {
  it('a gate that starts today', () => {
    write({ 'src/app.ts': STATEFUL })
    expect(sh('npx stateless-audit').status).toBe(1)
    expect(sh(`set -e\n${snippet('## A gate that starts today', 'sh')}`)).toMatchObject({ status: 0 })
    write({ 'src/more.ts': STATEFUL.replaceAll('drafts', 'votes') })
    expect(sh('npx stateless-audit').status).toBe(1)
  })

  it('the comment that leaves one finding out', () => {
    const [comment = ''] = snippet('## One finding', 'ts').split('\n')
    write({ 'src/app.ts': STATEFUL.replace('const drafts', `${comment}\nconst drafts`) })
    expect(sh('npx stateless-audit --only module-mutable-state')).toMatchObject({ status: 0, out: expect.stringContaining('1 suppressed') as string })
  })

  const commits = (): void => {
    write({ 'README.md': 'hello\n' })
    git('add', '.')
    expect(git('commit', '-qm', 'docs')).toMatchObject({ status: 0 })
    write({ 'src/app.ts': STATEFUL })
    git('add', '.')
    const refused = git('commit', '-qm', 'a store')
    expect([refused.status, refused.out]).toEqual([1, expect.stringContaining('drafts') as string])
    // A partial commit has an index of its own.
    write({ 'src/app.ts': `${CLEAN}// more\n`, 'src/other.ts': 'export const x = 1\n' })
    git('add', 'src/other.ts')
    expect(git('commit', '-qm', 'clean again', 'src/app.ts')).toMatchObject({ status: 0 })
  }

  it('husky: the line as a hook of git', () => {
    writeFileSync(join(cwd, '.git/hooks/pre-commit'), `#!/bin/sh\n${snippet('husky, in', 'sh')}`, { mode: 0o755 })
    commits()
  })

  it('pre-commit and lefthook run the same line', () => {
    const line = snippet('husky, in', 'sh').trim()
    const preCommit = parse(snippet('pre-commit, in', 'yaml')) as { repos: { hooks: { entry: string; pass_filenames: boolean }[] }[] }
    expect(preCommit.repos[0]?.hooks[0]).toMatchObject({ entry: line, pass_filenames: false })
    const lefthook = parse(snippet('lefthook, in', 'yaml')) as Record<string, { commands: Record<string, { run: string }> }>
    expect(lefthook['pre-commit']?.commands['stateless-audit']?.run).toBe(line)
  })

  it('lint-staged: the command with the staged files appended', async () => {
    write({ 'lint-staged.config.mjs': snippet('lint-staged, in', 'js'), 'src/app.ts': STATEFUL, 'src/other.ts': 'export const x = 1\n' })
    const { default: config } = (await import(join(cwd, 'lint-staged.config.mjs'))) as { default: Record<string, string> }
    const [command = ''] = Object.values(config)
    expect(sh(`${command} ${join(cwd, 'src/app.ts')}`).status).toBe(1)
    expect(sh(`${command} ${join(cwd, 'src/other.ts')}`).status).toBe(0)
  })

  it('hooks of this repository for pre-commit', () => {
    const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as { id: string; entry: string; files: string; pass_filenames: boolean }[]
    expect(hooks.map(({ id, pass_filenames: passes }) => [id, passes])).toEqual([['stateless-audit', false], ['stateless-audit-staged', false]])
    for (const { entry, files } of hooks) {
      expect(sh(entry)).toMatchObject({ status: 0 })
      for (const file of ['src/app.ts', 'a.mjs', 'k8s/deploy.yaml', 'Dockerfile']) expect(new RegExp(files).test(file)).toBe(true)
      expect(new RegExp(files).test('README.md')).toBe(false)
    }
  })

  it('GitHub: the steps that run, and the action', () => {
    git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    const steps = parse(snippet('## GitHub', 'yaml')) as { run?: string }[]
    const [command = ''] = steps.flatMap((step) => step.run ?? [])
    expect(sh(command)).toMatchObject({ status: 0 })
    write({ 'src/app.ts': STATEFUL })
    expect(sh(command)).toMatchObject({ status: 1, out: expect.stringMatching(/^::error file=src\/app\.ts,/m) as string })
    expect(existsSync(join(cwd, 'stateless-audit.sarif'))).toBe(true)

    const action = parse(readFileSync('action.yml', 'utf8')) as { inputs: Record<string, { default: string }>; runs: { steps: { run: string; env: Record<string, string> }[] } }
    const [step] = action.runs.steps
    const inputs = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, value]) => [name, action.inputs[/inputs\.([\w-]+)/.exec(value)?.[1] ?? '']?.default ?? '']))
    const folder = (name: string): string => join(tools, name)
    const result = sh(step?.run ?? '', { ...inputs, RUNNER_TEMP: tools, GITHUB_STEP_SUMMARY: folder('summary'), GITHUB_OUTPUT: folder('output') })
    expect(result.status).toBe(1)
    expect(readFileSync(folder('summary'), 'utf8')).toContain('| question | verdict |')
    expect(readFileSync(folder('output'), 'utf8')).toBe('sarif-file=stateless-audit.sarif\nexit-code=1\n')
  })

  it('GitLab: the script of the template writes the report that it names', () => {
    write({ 'src/app.ts': STATEFUL })
    const { 'stateless-audit': job } = parse(readFileSync('templates/gitlab.yml', 'utf8')) as Record<string, { script: string[]; artifacts: { reports: { codequality: string } } }>
    expect(sh(job?.script.join('\n') ?? '').status).toBe(1)
    const issues = JSON.parse(readFileSync(join(cwd, job?.artifacts.reports.codequality ?? ''), 'utf8')) as { location: { path: string } }[]
    expect(issues[0]?.location.path).toBe('src/app.ts')
  })
})
