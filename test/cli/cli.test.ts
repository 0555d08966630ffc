import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuditOptions } from '../../src/audit.js'
import { engine as realEngine } from '../../src/cli/engine.js'
import { brokenGates } from '../../src/cli/exit.js'
import { fakeEngine, finding, report, run } from './support.js'

let cwd: string

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'stateless-audit-cli-')))
})

afterEach(() => {
  rmSync(cwd, { recursive: true, force: true })
})

describe('help and version', () => {
  it('prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await run(['--version'], { cwd })).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('prints help on stdout', async () => {
    const { code, stdout, stderr } = await run(['--help'], { cwd })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('The five questions')
    expect(stdout).toContain('entries [options] [path]')
  })

  it('prints the help of a command', async () => {
    expect((await run(['entries', '--help'], { cwd })).stdout).toContain('--no-cache')
  })
})

describe('mistakes end with 2 and one sentence', () => {
  it.each([
    [['--formt', 'json'], "unknown option '--formt'; did you mean --format?"],
    [['--format', 'sarfi'], "--format sarfi: unknown format 'sarfi'; did you mean 'sarif'?"],
    [['--format', 'json', '--format', 'sarif'], '--format json and --format sarif both write to stdout; give one a file: --format sarif=<file>'],
    [['--format', 'json='], "--format json=: a file name is missing after '='"],
    [['--only', 'proces-cache'], "--only: unknown rule 'proces-cache'; did you mean 'process-cache'?"],
    [['--rule', 'process-cache=erorr'], "unknown severity 'erorr'; did you mean 'error'?"],
    [['--max-warnings', 'many'], '--max-warnings many: expected a whole number, such as 0'],
    [['--fail-on', 'fatal'], 'Allowed choices are error, warning, info, never.'],
    [['nowhere'], 'nowhere: no such folder'],
    [['entires'], "entires: no such folder; did you mean 'entries'?"],
    [['a', 'b'], 'too many arguments'],
    [['explain', 'proces-cache'], "unknown rule 'proces-cache'; did you mean 'process-cache'?"],
    [['completion', 'fsh'], "unknown shell 'fsh'; did you mean 'fish'?"],
    [['entries', '--fail-on', 'error'], "unknown option '--fail-on'"],
    [['entries', '--format', 'sarif'], "unknown format 'sarif'"],
    [['baseline', 'wirte'], "unknown command 'wirte'"],
  ])('%j', async (argv, message) => {
    const { code, stdout, stderr } = await run(argv, { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('tells of a crash without a stack, and with one under --verbose', async () => {
    const engine = fakeEngine(report(), { audit: () => Promise.reject(new Error('boom')) })
    const plain = await run([], { cwd, engine })
    expect([plain.code, plain.stderr.split('\n').length]).toEqual([2, 2])
    expect((await run(['--verbose'], { cwd, engine })).stderr).toContain('at ')
  })
})

describe('the audit', () => {
  const bad = report({ findings: [finding()] })

  it('prints the report and ends with the code', async () => {
    const { code, stdout, stderr } = await run([], { cwd, engine: fakeEngine(bad) })
    expect([code, stdout]).toEqual([1, 'terminal: 1 findings\n'])
    expect(stderr).toBe("stateless-audit: 1 finding at or above 'error' (--fail-on)\n")
  })

  it.each([[['--exit-zero'], 0], [['--fail-on', 'never'], 0], [[], 1]] as [string[], number][])('%j', async (argv, expected) => {
    expect((await run(argv, { cwd, engine: fakeEngine(bad) })).code).toBe(expected)
  })

  it('does not turn 2 or 3 into 0', async () => {
    for (const code of [2, 3]) {
      const engine = fakeEngine(report(), { exitCode: () => Promise.resolve(code as 2 | 3) })
      const result = await run(['--exit-zero'], { cwd, engine })
      expect(result.code).toBe(code)
      expect(result.stderr).toContain(code === 2 ? 'cannot be trusted' : 'nothing to audit')
    }
  })

  it('writes several formats, each to its file, and creates the folder', async () => {
    const { stdout } = await run(['--format', 'json', '--format', 'sarif=out/a.sarif'], { cwd, engine: fakeEngine(bad) })
    expect(stdout).toBe('json: 1 findings\n')
    expect(readFileSync(join(cwd, 'out/a.sarif'), 'utf8')).toBe('sarif: 1 findings\n')
  })

  it('says when a report cannot be written', async () => {
    writeFileSync(join(cwd, 'taken'), '')
    const { code, stderr } = await run(['--format', 'json=taken/a.json'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining('taken/a.json: the report could not be written')])
  })

  it('hides what is below the confidence asked for, and says so', async () => {
    const engine = fakeEngine(report({ findings: [finding({ confidence: 'low' })] }), {
      render: (_, shown) => Promise.resolve(`${shown.findings.length} ${shown.notices.map((one) => one.id).join()}`),
      exitCode: () => Promise.resolve(0),
    })
    expect((await run([], { cwd, engine })).stdout).toBe('0 low-confidence-hidden\n')
    expect((await run(['--min-confidence', 'low'], { cwd, engine })).stdout).toBe('1 \n')
  })

  it('fails on a gate of the config', async () => {
    writeFileSync(join(cwd, '.stateless-auditrc'), 'gate: { session: pass }')
    const question = { number: 2, id: 'session', title: '', verdict: 'review', why: '', checks: { ran: 1, passed: 1 }, evidence: [], counts: { error: 0, warning: 0, info: 0 } } as const
    const { code, stderr } = await run([], { cwd, engine: fakeEngine(report({ questions: [{ ...question, evidence: [] }] })) })
    expect([code, stderr]).toEqual([1, expect.stringContaining("question 2 (session) is 'review'")])
  })

  it('takes gates as flags, which override the config', async () => {
    writeFileSync(join(cwd, '.stateless-auditrc'), 'gate: { session: pass }')
    const verdict = (number: 2 | 4, id: 'session' | 'scaling', value: 'review' | 'fail') => ({ number, id, title: '', verdict: value, why: '', checks: { ran: 1, passed: 1 }, evidence: [], counts: { error: 0, warning: 0, info: 0 } })
    const engine = fakeEngine(report({ questions: [verdict(2, 'session', 'review'), verdict(4, 'scaling', 'fail')] }))
    const code = async (...argv: string[]) => (await run(argv, { cwd, engine })).code
    expect(await code()).toBe(1)
    expect(await code('--gate', 'session=review')).toBe(0)
    expect(await code('--gate', 'session=review', '--gate', '4')).toBe(1)
    expect(await code('--gate', 'all=review')).toBe(1)
    expect((await run(['--gate', 'sesion'], { cwd, engine })).stderr).toContain("unknown question 'sesion'; did you mean 'session'?")
    expect((await run(['--gate', 'session=fail'], { cwd, engine })).stderr).toContain("unknown verdict 'fail'")
  })

  it('lets a gate on a part be broken by what is shown alone', () => {
    const questions = [{ number: 4 as const, id: 'scaling' as const, title: '', verdict: 'fail' as const, why: '', checks: { ran: 1, passed: 1 }, evidence: [], counts: { error: 0, warning: 0, info: 0 } }]
    const broken = (shown: Parameters<typeof finding>[0][], allowed: 'pass' | 'review') => brokenGates(report({ questions, findings: shown.map((one) => finding(one)) }), { scaling: allowed }, true).length
    expect(broken([], 'pass')).toBe(0)
    expect(broken([{ question: 'session' }], 'pass')).toBe(0)
    expect(broken([{ question: 'session', alsoAffects: ['scaling'] }], 'review')).toBe(1)
    expect(broken([{ question: 'scaling', severity: 'warning' }], 'review')).toBe(0)
    expect(broken([{ question: 'scaling', severity: 'warning' }], 'pass')).toBe(1)
    expect(broken([{ question: 'scaling', severity: 'info' }], 'pass')).toBe(0)
  })

  it('obeys NO_COLOR, FORCE_COLOR and the flags', async () => {
    const engine = fakeEngine(report(), { render: (_, __, { color }) => Promise.resolve(String(color)) })
    const color = async (argv: string[], env: Record<string, string>, stdoutIsTty: boolean) => (await run(argv, { cwd, engine, io: { env, stdoutIsTty } })).stdout.trim()
    expect(await color([], {}, true)).toBe('true')
    expect(await color([], {}, false)).toBe('false')
    expect(await color([], { NO_COLOR: '1' }, true)).toBe('false')
    expect(await color([], { FORCE_COLOR: '1' }, false)).toBe('true')
    expect(await color(['--no-color'], { FORCE_COLOR: '1' }, true)).toBe('false')
    expect(await color(['--color'], { NO_COLOR: '1' }, false)).toBe('true')
  })

  it('shows progress only on a terminal and not in CI', async () => {
    const engine = fakeEngine(report(), {
      audit: (options) => {
        options.onProgress?.({ phase: 'parsing', done: 1, total: 2 })
        return Promise.resolve(report())
      },
    })
    const stderr = async (argv: string[], env: Record<string, string>, stderrIsTty: boolean) => (await run(argv, { cwd, engine, io: { env, stderrIsTty } })).stderr
    expect(await stderr([], {}, true)).toContain('parsing 1/2')
    expect(await stderr([], {}, false)).toBe('')
    expect(await stderr([], { CI: 'true' }, true)).toBe('')
    expect(await stderr(['--no-progress'], {}, true)).toBe('')
  })

  it('prints counts and times on stderr when asked', async () => {
    const { stderr } = await run(['--stats', '--timing'], { cwd })
    expect(stderr).toContain('calls resolved')
    expect(stderr).toMatch(/ms +\d+ ms CPU  start\n/)
  })
})

describe('where the cache lies', () => {
  async function cacheDir(argv: string[], env: Record<string, string>): Promise<string | null> {
    let seen: string | null = ''
    const audit = (options: AuditOptions) => {
      seen = options.cacheDir
      return Promise.resolve(report())
    }
    await run(argv, { cwd, engine: fakeEngine(report(), { audit }), io: { env } })
    return seen
  }

  it('follows XDG, then the home folder, then the flags', async () => {
    expect(await cacheDir([], { XDG_CACHE_HOME: '/x' })).toBe('/x/stateless-audit')
    expect(await cacheDir([], { HOME: '/h' })).toBe('/h/.cache/stateless-audit')
    expect(await cacheDir([], { XDG_CACHE_HOME: 'undefined', HOME: '/h' })).toBe('/h/.cache/stateless-audit')
    expect(await cacheDir(['--cache-dir', 'c'], {})).toBe(join(cwd, 'c'))
    expect(await cacheDir(['--no-cache'], {})).toBeNull()
    expect(await cacheDir(['entries', '--no-cache'], {})).toBeNull()
  })
})

describe('commands', () => {
  it('prefers a command to a folder of its name', async () => {
    mkdirSync(join(cwd, 'entries'))
    const engine = fakeEngine(report())
    expect((await run(['entries'], { cwd, engine })).stdout).toContain('no entry found')
    expect((await run(['./entries'], { cwd, engine })).stdout).toBe('terminal: 0 findings\n')
  })

  it('lists entries as a table and as JSON', async () => {
    const location = { file: 'src/a.ts', line: 3, column: 1, endLine: 3, endColumn: 9 }
    const engine = fakeEngine(report({ entries: [{ kind: 'route', method: 'GET', path: '/x', location }] }))
    expect((await run(['entries'], { cwd, engine })).stdout).toBe('kind   method  path or name  place\nroute  GET     /x            src/a.ts:3\n')
    expect(JSON.parse((await run(['entries', '--format', 'json'], { cwd, engine })).stdout).entries).toHaveLength(1)
  })

  it('explains a rule and lists all', async () => {
    const { stdout } = await run(['explain', 'process-cache'], { cwd })
    expect(stdout).toContain('Two replicas answer differently.')
    expect(stdout).toContain('    const cache = new Map()')
    expect((await run(['rules'], { cwd })).stdout).toContain('process-cache  session   warning')
  })

  it('traces', async () => {
    expect((await run(['trace', 'cache'], { cwd })).stdout).toBe('ways to cache\n')
  })

  it.each(['bash', 'zsh', 'fish', 'powershell'])('prints a completion script for %s', async (shell) => {
    const { code, stdout } = await run(['completion', shell], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('fail-on')
    expect(stdout).toContain('explain')
  })

  it.each([
    [['baseline', ''], 'write update prune show'], [['completion', 'f'], 'fish'], [['--fail-on', ''], 'error warning info never'],
    [['--format', 's'], 'sarif sonar'], [['--gate', 'sc'], 'scaling'], [['--max'], '--max-warnings'], [['baseline', 'write', '--base'], '--baseline'], [['expl'], 'explain'],
  ])('bash completes %j', async (words, expected) => {
    const { stdout } = await run(['completion', 'bash'], { cwd, engine: { ...fakeEngine(report()), formats: realEngine.formats } })
    const ask = `${stdout}\nCOMP_WORDS=(stateless-audit ${words.map((word) => `"${word}"`).join(' ')}); COMP_CWORD=${words.length}; _stateless_audit; echo "\${COMPREPLY[*]}"`
    expect(spawnSync('bash', ['-c', ask], { cwd, encoding: 'utf8' }).stdout.trim()).toBe(expected)
  })

  it('prints the config with the origin of each value', async () => {
    writeFileSync(join(cwd, '.stateless-auditrc'), 'failOn: warning')
    const { stdout } = await run(['--print-config', '--max-warnings', '3'], { cwd })
    expect(stdout).toMatch(/failOn: "warning" +# \.stateless-auditrc/)
    expect(stdout).toMatch(/maxWarnings: 3 +# command line/)
    expect(stdout).toMatch(/minConfidence: "medium" +# default/)
  })

  it('checks the rules that a config names', async () => {
    writeFileSync(join(cwd, '.stateless-auditrc'), 'rules: { proces-cache: off }')
    expect((await run([], { cwd })).stderr).toBe("stateless-audit: .stateless-auditrc:1: unknown rule 'proces-cache'; did you mean 'process-cache'?\n")
  })
})

describe('--no-config', () => {
  it('reads no config', async () => {
    writeFileSync(join(cwd, '.stateless-auditrc'), 'nonsense: 1')
    expect((await run(['--no-config'], { cwd })).code).toBe(0)
    expect((await run([], { cwd })).code).toBe(2)
  })
})

describe('baseline', () => {
  const one = finding({ fingerprint: 'f1' })
  const two = finding({ fingerprint: 'f2', symbol: 'other' })
  const baseline = () => JSON.parse(readFileSync(join(cwd, 'stateless-audit.baseline.json'), 'utf8')) as { fp: string; reason?: string }[]

  it('writes, updates, prunes and keeps reasons', async () => {
    await run(['baseline', 'write'], { cwd, engine: fakeEngine(report({ findings: [one] })) })
    expect(baseline().map((entry) => entry.fp)).toEqual(['f1'])
    writeFileSync(join(cwd, 'stateless-audit.baseline.json'), JSON.stringify([{ ...baseline()[0], reason: 'later' }]))
    await run(['baseline', 'update'], { cwd, engine: fakeEngine(report({ findings: [one, two] })) })
    expect(baseline().map((entry) => [entry.fp, entry.reason])).toEqual([['f1', 'later'], ['f2', undefined]])
    const shown = await run(['baseline', 'show'], { cwd, engine: fakeEngine(report({ findings: [one] })) })
    expect(shown.stdout).toMatch(/other +stale/)
    expect((await run(['baseline', 'prune'], { cwd, engine: fakeEngine(report({ findings: [one] })) })).stdout).toContain('1 finding, 1 removed')
    expect(baseline()).toHaveLength(1)
  })

  it('asks for a baseline where there is none', async () => {
    const { code, stderr } = await run(['baseline', 'prune'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining('no such baseline')])
  })

  it('leaves the file alone when nothing was audited', async () => {
    const empty = report({ coverage: { ...report().coverage, files: 0 } })
    expect((await run(['baseline', 'write'], { cwd, engine: fakeEngine(empty) })).code).toBe(3)
    expect(existsSync(join(cwd, 'stateless-audit.baseline.json'))).toBe(false)
  })
})
