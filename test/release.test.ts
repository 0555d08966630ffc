import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const script = resolve('scripts/release-check.mjs')

function folder(files: Record<string, string>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'release-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(cwd, file, '..'), { recursive: true })
    writeFileSync(join(cwd, file), text)
  }
  return cwd
}
const check = (cwd: string, ...args: string[]) => spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8' })
const action = (version: string): string => `inputs:\n  version:\n    description: Version of the package, or a path.\n    default: ${version}\n`

describe('release', () => {
  it('says all that is in the way, and lets through what fits', () => {
    const cwd = folder({ 'package.json': '{ "version": "1.2.3" }', 'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n- new\n', '.changeset/README.md': '', '.changeset/one.md': '', 'action.yml': action('1.2.2') })
    const refused = check(cwd)
    expect([refused.status, refused.stderr.trim().split('\n')]).toEqual([1, ["'## 1.2.3'", "'Unreleased'", 'one.md', "'repository'", 'action.yml'].map((part) => expect.stringContaining(part))])
    rmSync(join(cwd, '.changeset/one.md'))
    writeFileSync(join(cwd, 'package.json'), '{ "version": "1.2.3", "repository": "github:a/b" }')
    writeFileSync(join(cwd, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.3\n\n- new\n\n## 1.2.2\n\n- old\n')
    expect(check(cwd, '--sync').status).toBe(0)
    expect(readFileSync(join(cwd, 'action.yml'), 'utf8')).toBe(action('1.2.3'))
    expect(check(cwd)).toMatchObject({ status: 0, stdout: '1.2.3 may be published\n' })
    rmSync(cwd, { recursive: true })
  })

  it('a changeset becomes a version and a part of the changelog', () => {
    const cwd = folder({ 'package.json': '{ "name": "stateless-audit", "version": "1.2.3" }', 'package-lock.json': '{}', 'CHANGELOG.md': '# stateless-audit\n\n## 1.2.3\n\n- old\n', '.changeset/brave-cats-count.md': "---\n'stateless-audit': minor\n---\n\nA rule finds more.\n" })
    cpSync('.changeset/config.json', join(cwd, '.changeset/config.json'))
    spawnSync('git', ['init', '-q', '-b', 'main'], { cwd })
    const { status, stderr } = spawnSync(process.execPath, [resolve('node_modules/@changesets/cli/bin.js'), 'version'], { cwd, encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    expect(JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))).toMatchObject({ version: '1.3.0' })
    expect(readFileSync(join(cwd, 'CHANGELOG.md'), 'utf8')).toMatch(/^# stateless-audit\n\n## 1\.3\.0\n\n### Minor Changes\n\n- A rule finds more\.\n\n## 1\.2\.3\n/)
    expect(existsSync(join(cwd, '.changeset/brave-cats-count.md'))).toBe(false)
    rmSync(cwd, { recursive: true })
  })

  it.each([
    ['the version is missing on npm', 'stateless-audit) echo 0.0.9', 'false', 'true'],
    ['the version is there', 'stateless-audit|stateless-audit@*) echo 1', 'false', 'false'],
    ['nothing was ever published', 'nobody) exit 0', 'false', 'false'],
    ['changesets wait', 'stateless-audit) echo 0.0.9', 'true', 'false'],
  ])('publishes where it should: %s', (_, answer, waiting, pending) => {
    const cwd = folder({ npm: `#!/bin/sh\ncase "$2" in ${answer} ;; *) echo 'npm error code E404' >&2; exit 1 ;; esac\n` })
    spawnSync('chmod', ['+x', join(cwd, 'npm')])
    const { stdout, stderr } = spawnSync('bash', ['scripts/release-pending.sh'], { encoding: 'utf8', env: { ...process.env, PATH: `${cwd}${delimiter}${process.env['PATH']}`, WAITING: waiting } })
    expect([stdout, stderr]).toEqual([`pending=${pending}\n`, ''])
    rmSync(cwd, { recursive: true })
  })

  it('workflows parse, name actions by commit, ask for no more rights than they need, and run files and scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
    for (const name of readdirSync('.github/workflows')) {
      const workflow = parse(readFileSync(join('.github/workflows', name), 'utf8')) as { permissions: unknown; jobs: Record<string, { permissions?: Record<string, string>; steps: { run?: string; uses?: string; with?: Record<string, string> }[] }> }
      expect(workflow.permissions).toEqual({ contents: 'read' })
      const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
      for (const { uses } of steps) if (uses) expect(uses).toMatch(/@[0-9a-f]{40}$/)
      const runs = steps.flatMap(({ run, with: given }) => [run, given?.['version'], given?.['publish']].flatMap((text) => text ?? []))
      const files = runs.flatMap((run) => [...run.matchAll(/(?:node|bash) ([\w./-]+)/g)].map(([, file = '']) => file))
      expect(files.length).toBeGreaterThan(0)
      for (const file of files) expect(() => readFileSync(file)).not.toThrow()
      for (const [, script = ''] of runs.join('\n').matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([script])
      for (const run of runs) expect(run).not.toContain('${{')
    }
  })

  it('only the job that publishes has an identity, and it has an environment', () => {
    const { jobs } = parse(readFileSync('.github/workflows/release.yml', 'utf8')) as { jobs: Record<string, { environment?: string; permissions: Record<string, string> }> }
    expect(Object.entries(jobs).filter(([, { permissions }]) => permissions['id-token'] === 'write').map(([name, { environment }]) => [name, environment])).toEqual([['publish', 'npm']])
  })
})
