import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engine } from '../../src/cli/engine.js'
import type { Report } from '../../src/model/report.js'
import { type Ran, run } from './support.js'

let cwd = ''
const write = (files: Record<string, string>): void => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true })
    writeFileSync(join(cwd, file), text)
  }
}
const audit = (...argv: string[]): Promise<Ran> => run([...argv, '--no-cache', '--format', 'json'], { cwd, engine })
const notices = ({ stdout }: Ran): string[] => (JSON.parse(stdout) as Report).notices.map(({ id }) => id)

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'audit-errors-')))
  write({ 'package.json': '{"dependencies":{"express":"5"}}', 'src/app.ts': "import express from 'express'\nexpress().get('/', (req, res) => res.end())\n" })
})
afterEach(() => { rmSync(cwd, { recursive: true, force: true }) })

describe('what the user must mend: one sentence with file, line and remedy, and 2', () => {
  it.each([
    [{ 'tsconfig.json': '{\n"compilerOptions": {' }, /^stateless-audit: tsconfig\.json:2: unexpected end of file; correct the syntax/],
    [{ '.stateless-auditrc.json': '{\n"rulez": {}}' }, /^stateless-audit: \.stateless-auditrc\.json:2: unknown key 'rulez'; did you mean 'rules'\?/],
    [{ '.stateless-auditrc.json': '{"ignores":[{"rule":"process-cache"}]}' }, /^stateless-audit: \.stateless-auditrc\.json:1: 'ignores\[0\]\.reason' is missing/],
    [{ 'stateless-audit.config.ts': 'export default {\n  ignores: ' }, /^stateless-audit: stateless-audit\.config\.ts:\d: the config could not be loaded: /],
    [{ 'stateless-audit.config.mjs': 'const a = ;' }, /^stateless-audit: stateless-audit\.config\.mjs:1: the config could not be loaded: /],
    [{ 'stateless-audit.config.mjs': "export default {\n  exclude: ['a'],\n  rulez: {},\n}\n" }, /^stateless-audit: stateless-audit\.config\.mjs:3: unknown key 'rulez'; did you mean 'rules'\?/],
    [{ 'stateless-audit.config.ts': "export default {\n  // ignores\n  ignores: [{ rule: 'process-cache' }],\n}\n" }, /^stateless-audit: stateless-audit\.config\.ts:3: 'ignores\[0\]\.reason' is missing/],
    [{ 'stateless-audit.baseline.json': '{\n  "version": 7,\n  "findings": []\n}\n' }, /^stateless-audit: stateless-audit\.baseline\.json:2: version 7 is not known \(this program writes 1\); write it again with/],
    [{ 'stateless-audit.baseline.json': '{\n  "findings": {},\n  "version": 1\n}\n' }, /^stateless-audit: stateless-audit\.baseline\.json:2: 'findings' is not a list; write it again/],
    [{ 'stateless-audit.baseline.json': '{\n  "version": 1,\n  "findings": [\n    {"fp":"a","rule":"[{","file":"x","symbol":"s","scope":"m"},\n    {"fp":"b"}\n  ]\n}\n' }, /^stateless-audit: stateless-audit\.baseline\.json:5: this finding has no 'rule'; write it again/],
    [{ 'stateless-audit.baseline.json': '{\n<<<<<<< ours' }, /^stateless-audit: stateless-audit\.baseline\.json:2: merge conflict markers; keep the lines of both sides/],
  ] as [Record<string, string>, RegExp][])('%j', async (files, message) => {
    write(files)
    const { code, stdout, stderr } = await audit()
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain('internal error')
    expect(stderr).not.toContain(cwd)
  })
})

describe('what is told and does not end the run', () => {
  it('an `extends` that is not installed', async () => {
    write({ 'tsconfig.json': '{"extends":"@acme/tsconfig"}', 'src/app.ts': "import express from 'express'\nimport { x } from './b.js'\nexpress().get('/', (req, res) => res.end(x))\n", 'src/b.ts': 'export const x = 1\n' })
    const result = await audit()
    expect([result.code, notices(result)]).toEqual([0, ['tsconfig-extends-missing']])
  })

  it('a file that does not parse, unless --strict', async () => {
    write({ 'src/broken.ts': 'const = 1\n' })
    const result = await audit()
    expect([result.code, notices(result)]).toEqual([0, ['parse-error']])
    const strict = await audit('--strict')
    expect([strict.code, strict.stderr]).toEqual([2, expect.stringMatching(/1 of 2 files did not parse \(first: src\/broken\.ts:1: .*\); mend or --exclude them/) as string])
  })

  it('nothing to audit is 3, with the reason', async () => {
    rmSync(join(cwd, 'src'), { recursive: true })
    write({ 'src/app.test.ts': 'test()\n' })
    const { code, stderr } = await audit()
    expect([code, stderr]).toEqual([3, expect.stringContaining('(left out: 1 test)') as string])
  })
})
