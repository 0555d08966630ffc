import * as modules from 'node:module'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const bin = resolve('bin/stateless-audit.js')
// `npm test` and CI build first; `vitest` alone may run without.
const built = existsSync('dist/src/cli/main.js')

describe.skipIf(!built)('the built command', () => {
  let cwd: string
  const start = (args: string[]) => spawnSync(process.execPath, [bin, ...args], { cwd, encoding: 'utf8', input: '' })

  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'stateless-audit-spawn-'))
    mkdirSync(join(cwd, '.config'))
    writeFileSync(join(cwd, '.config/config.js'), 'throw new Error("executed")')
  })

  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true })
  })

  it('prints version and help', () => {
    expect(start(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(start(['--help']).status).toBe(0)
  })

  it('executes no .config/config.js of the audited folder', () => {
    for (const args of [['--no-config', '--print-config'], ['--print-config']]) {
      const { status, stderr } = start(args)
      expect([status, stderr]).toEqual([0, ''])
    }
  })

  it('survives a reader that goes away', () => {
    const { stderr, status } = spawnSync('bash', ['-c', `set -o pipefail; "${process.execPath}" "${bin}" completion bash | head -c 1 >/dev/null`], { cwd, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  it('keeps its compiled code beside the facts where Node can, and nothing where no cache is wanted', () => {
    const folder = join(cwd, 'cache')
    writeFileSync(join(cwd, 'server.js'), "require('http').createServer((req, res) => res.end()).listen(1)")
    const { status, stderr } = start(['.', '--no-config', '--format', 'json', '--cache-dir', folder])
    expect([status, stderr]).toEqual([0, ''])
    expect(existsSync(join(folder, 'code'))).toBe('enableCompileCache' in modules)
    rmSync(folder, { recursive: true })
    start(['.', '--no-config', '--format', 'json', '--cache-dir', folder, '--no-cache'])
    expect(existsSync(folder)).toBe(false)
  })

  it('ends with 2 on a bad flag', () => {
    const { status, stdout, stderr } = start(['--nonsense'])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('loads no ts-morph for the version', () => {
    const probe = 'const { main } = await import(process.argv[1]); process.argv = [process.argv[0], "x", "--version"]; await main(); const { createRequire } = await import("node:module"); const cache = Object.keys(createRequire(process.cwd() + "/x.js").cache); if (cache.some((file) => file.includes("ts-morph"))) process.exitCode = 9'
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', probe, resolve('dist/src/cli/main.js')], { encoding: 'utf8' }).status).toBe(0)
  })

  it('README shows the report of today', () => {
    const readme = spawnSync(process.execPath, [resolve('scripts/update-readme.mjs'), '--check'], { encoding: 'utf8' })
    expect([readme.status, readme.stderr]).toEqual([0, ''])
  })
})
