import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const script = resolve('scripts/release-check.mjs')

describe('release', () => {
  it('refuses a tag that does not fit, says all that is wrong, and lets the right one through', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'release-'))
    const check = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8' })
    writeFileSync(join(cwd, 'package.json'), '{ "version": "1.2.3" }')
    writeFileSync(join(cwd, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n\n- new\n')
    const refused = check('v1.2.4')
    expect([refused.status, refused.stderr.trim().split('\n')]).toEqual([1, [expect.stringContaining("'v1.2.4'"), expect.stringContaining('1.2.3'), expect.stringContaining('Unreleased'), expect.stringContaining('repository')]])
    writeFileSync(join(cwd, 'package.json'), '{ "version": "1.2.3", "repository": "github:a/b" }')
    writeFileSync(join(cwd, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.3 (2027-01-01)\n\n- new\n\n## 1.2.2\n\n- old\n')
    expect(check('v1.2.3')).toMatchObject({ status: 0, stdout: 'v1.2.3 may be published\n' })
    expect(check('--notes', 'v1.2.3').stdout).toBe('- new\n')
    rmSync(cwd, { recursive: true })
  })

  it('workflows parse, ask for no more rights than they need, and run files that are there', () => {
    for (const name of readdirSync('.github/workflows')) {
      const workflow = parse(readFileSync(join('.github/workflows', name), 'utf8')) as { permissions: unknown; jobs: Record<string, { steps: { run?: string; uses?: string }[] }> }
      expect(workflow.permissions).toEqual({ contents: 'read' })
      const runs = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
      const files = runs.flatMap((run) => [...run.matchAll(/(?:node|bash) ([\w./-]+)/g)].map(([, file = '']) => file))
      expect(files.length).toBeGreaterThan(0)
      for (const file of files) expect(() => readFileSync(file)).not.toThrow()
      for (const run of runs) expect(run).not.toContain('${{')
    }
  })
})
