import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import ts from 'typescript'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engine } from '../src/cli/engine.js'
import { audit, type Config, exitCode, FORMATS, render } from '../src/index.js'
import { run } from './cli/support.js'

const example = resolve('examples/custom')
const built = existsSync('dist/src/index.d.ts')

describe('the worked example: two rules and a model of a project', () => {
  it('finds what they describe, with place, way and fix', async () => {
    const { findings, rules } = await audit({ root: example })
    expect(findings.map(({ rule, symbol, severity, location }) => [rule, symbol, severity, `${location.file}:${location.line}`])).toEqual([
      ['in-memory-rate-limit', 'limiter', 'warning', 'src/app.ts:6'],
      ['replica-name', 'process.env.HOSTNAME', 'warning', 'src/app.ts:11'],
      ['no-counter', 'count', 'error', 'src/served.ts:1'],
    ])
    expect(findings.map(({ trace }) => trace.map(({ message }) => message))[2]).toEqual(['GET /about is registered here', 'calls served', 'writes count'])
    expect(findings[0]?.fix).toContain('src/redis.ts')
    expect(rules.map(({ id }) => id)).toContain('no-counter')
  })

  it('explain, rules and suppressions know the rules of the config', async () => {
    const explained = await run(['explain', 'no-counter'], { cwd: example, engine })
    expect([explained.code, explained.stdout]).toEqual([0, expect.stringContaining('Each replica counts for itself') as string])
    expect((await run(['rules'], { cwd: example, engine })).stdout).toContain('replica-name')
    expect((await run(['explain', 'no-conter'], { cwd: example, engine })).stderr).toContain("did you mean 'no-counter'?")
    expect((await run(['--print-config'], { cwd: example, engine })).stdout).toContain('customRules: ["replica-name","no-counter"]')
  })

  it('a second rule of an id that there is already is refused, and so is a module without rules', async () => {
    const rule = "({ id: 'process-cache', question: 'auth', alsoAffects: [], severity: 'info', summary: 's', why: 'w', fix: 'f', messages: {}, check() { return [] } })"
    // A module that was loaded stays loaded: each mistake gets a folder of its own.
    const told = async (listed: string, module?: string): Promise<string> => {
      const dir = mkdtempSync(join(tmpdir(), 'audit-rules-'))
      writeFileSync(join(dir, 'stateless-audit.config.mjs'), `export default { customRules: [${listed}] }`)
      if (module !== undefined) writeFileSync(join(dir, 'rule.mjs'), module)
      const { code, stderr } = await run([], { cwd: dir, engine })
      rmSync(dir, { recursive: true })
      return `${code} ${stderr}`
    }
    expect(await told(rule)).toMatch(/^2 .*two rules are called 'process-cache'; give yours another id/)
    expect(await told("'./rule.mjs'")).toContain("rule.mjs: no such file; check 'customRules' in the config")
    expect(await told("'./rule.mjs'", 'export const a = 1')).toContain("'customRules' names ./rule.mjs, which exports no rule")
    expect(await told("'./rule.mjs'", 'export const a = ;')).toMatch(/rule\.mjs:1: the rules could not be loaded/)
    expect(await told('{ id: 1 }')).toMatch(/'customRules\[0\]': expected a path, or a rule/)
  })

  it.skipIf(!built)('is typed: it compiles, and a message that a rule does not have is refused', () => {
    const options: ts.CompilerOptions = {
      strict: true, noEmit: true, skipLibCheck: true, types: ['node'], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022, allowImportingTsExtensions: true, paths: { 'stateless-audit': [resolve('dist/src/index.d.ts')] },
    }
    const host = ts.createCompilerHost(options)
    const { getSourceFile, fileExists } = host
    const good = join(example, 'audit/no-counter.ts')
    const bad = join(example, 'audit/bad.ts')
    const text = readFileSync(good, 'utf8').replace("message: 'counts'", "message: 'count'")
    host.getSourceFile = (name, version, ...rest) => (resolve(name) === bad ? ts.createSourceFile(name, text, version) : getSourceFile(name, version, ...rest))
    host.fileExists = (name) => resolve(name) === bad || fileExists(name)
    const program = ts.createProgram([join(example, 'stateless-audit.config.ts'), good, bad], options, host)
    const mistakes = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => `${basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
    expect(mistakes.filter((one) => !one.startsWith('bad.ts'))).toEqual([])
    expect(mistakes.join()).toContain('"count"')
  })

  it('docs/api.md shows the files as they are', () => {
    expect(spawnSync(process.execPath, ['scripts/update-api.mjs', '--check'], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('audit()', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'audit-api-'))
    writeFileSync(join(root, 'package.json'), '{"dependencies":{"express":"5"}}')
    writeFileSync(join(root, 'app.js'), "const app = require('express')()\nconst names = new Map()\napp.post('/', (req, res) => { names.set(req.body.id, req.body.name); res.end() })\napp.get('/', (req, res) => res.send(names.get(req.query.id)))\n")
  })
  afterEach(() => { rmSync(root, { recursive: true, force: true }) })

  it('takes a config as a value, a path, or none', async () => {
    writeFileSync(join(root, '.stateless-auditrc'), 'rules: { module-mutable-state: off, process-cache: off }')
    writeFileSync(join(root, 'other.json'), '{ "rules": { "module-mutable-state": "info" } }')
    const severities = async (config?: Config | string | false) => (await audit({ root, only: ['module-mutable-state'], ...(config !== undefined && { config }) })).findings.map(({ severity }) => severity)
    expect(await severities()).toEqual([])
    expect(await severities(false)).toEqual(['error'])
    expect(await severities('other.json')).toEqual(['info'])
    expect(await severities({ rules: { 'module-mutable-state': 'warning' } })).toEqual(['warning'])
  })

  it('throws what the user must mend, with the exit code', async () => {
    await expect(audit({ root: join(root, 'nope') })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('no such folder') as string })
    await expect(audit({ root, config: { rulez: {} } as Config })).rejects.toMatchObject({ exitCode: 2, message: "config: unknown key 'rulez'; did you mean 'rules'?" })
    writeFileSync(join(root, 'tsconfig.json'), '{')
    await expect(audit({ root })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('tsconfig.json:1') as string })
  })

  it('renders in every format and tells the exit code', async () => {
    const report = await audit({ root })
    for (const format of FORMATS) expect((await render(format, report)).length).toBeGreaterThan(0)
    expect([exitCode(report), exitCode(report, { failOn: 'never' })]).toEqual([1, 0])
  })
})
