import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findConfig, loadConfig } from '../../src/config/load.js'

let root: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'stateless-audit-config-')))
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function file(path: string, text: string): string {
  const absolute = join(root, path)
  mkdirSync(dirname(absolute), { recursive: true })
  writeFileSync(absolute, text)
  return absolute
}

async function load(folder = root) {
  return loadConfig(folder, { cwd: root })
}

describe('models', () => {
  it('may say that a library has no option, but not beside one', async () => {
    file('stateless-audit.config.json', '{ "models": [{ "path": "@acme/gate#gate()", "infra": { "kind": "rate-limit", "name": "gate", "confined": true, "fix": "replace it" } }] }')
    expect((await load())?.config.models).toHaveLength(1)
    file('stateless-audit.config.json', '{ "models": [{ "path": "@acme/gate#gate()", "infra": { "kind": "rate-limit", "name": "gate", "confined": true, "external": ["0.redis"], "fix": "x" } }] }')
    await expect(load()).rejects.toThrow(/confined/)
  })
})

describe('finding a config', () => {
  it('looks upward to the git root and no further', () => {
    file('stateless-audit.config.json', '{}')
    file('repo/.git/HEAD', '')
    const inRepo = join(root, 'repo/apps/api')
    mkdirSync(inRepo, { recursive: true })
    expect(findConfig(inRepo)).toBeUndefined()
    const near = file('repo/.stateless-auditrc', 'failOn: warning')
    expect(findConfig(inRepo)).toBe(near)
  })

  it('looks only in the folder itself outside git', () => {
    file('stateless-audit.config.json', '{}')
    mkdirSync(join(root, 'sub'))
    expect(findConfig(join(root, 'sub'))).toBeUndefined()
  })

  it('takes package.json only where it has the key', async () => {
    file('package.json', '{ "name": "x" }')
    expect(findConfig(root)).toBeUndefined()
    file('package.json', '{ "statelessAudit": { "failOn": "info" } }')
    expect((await load())?.config).toEqual({ failOn: 'info' })
  })
})

describe('loading a config', () => {
  const TEXTS: Record<string, string> = {
    '.stateless-auditrc': 'failOn: warning',
    '.stateless-auditrc.json': '{ "failOn": "warning" }',
    '.stateless-auditrc.yml': 'failOn: warning',
    'stateless-audit.config.yaml': 'failOn: warning',
    'stateless-audit.config.mjs': 'export default { failOn: "warning" }',
    'stateless-audit.config.cjs': 'module.exports = { failOn: "warning" }',
    'stateless-audit.config.ts': 'enum On { Warning = "warning" }\nexport default { failOn: On.Warning as const }',
    'stateless-audit.config.mts': 'const failOn: string = "warning"\nexport default { failOn }',
    'stateless-audit.config.cts': 'const failOn: string = "warning"\nmodule.exports = { failOn }',
  }
  for (const [name, text] of Object.entries(TEXTS)) {
    it(`reads ${name}`, async () => {
      file(name, text)
      expect((await load())?.config).toEqual({ failOn: 'warning' })
    })
  }

  it('names file and line of a JSON error', async () => {
    file('stateless-audit.config.json', '{\n  "failOn": "error",\n  oops\n}')
    await expect(load()).rejects.toThrow(/^stateless-audit\.config\.json:3: not valid JSON/)
  })

  it('names file and line of a JSON error at the end', async () => {
    file('stateless-audit.config.json', '{\n  "failOn": "error"\n')
    await expect(load()).rejects.toThrow(/^stateless-audit\.config\.json:[23]: not valid JSON/)
  })

  it('names file and line of a YAML error', async () => {
    file('.stateless-auditrc.yaml', 'failOn: error\nrules: [a, b\n')
    await expect(load()).rejects.toThrow(/^\.stateless-auditrc\.yaml:[23]: not valid YAML/)
  })

  it('says which file failed to run', async () => {
    file('stateless-audit.config.mjs', 'throw new Error("no luck")')
    await expect(load()).rejects.toThrow('stateless-audit.config.mjs:1: the config could not be loaded: no luck')
  })

  it('says that a named file is missing', async () => {
    await expect(loadConfig(root, { file: 'nowhere.json', cwd: root })).rejects.toThrow('nowhere.json: no such config file')
  })
})

describe('validation', () => {
  it('suggests the key that was meant, with its line', async () => {
    file('stateless-audit.config.json', '{\n  "failOn": "error",\n  "exlude": ["a"]\n}')
    await expect(load()).rejects.toThrow("stateless-audit.config.json:3: unknown key 'exlude'; did you mean 'exclude'?")
  })

  it('suggests keys in lists', async () => {
    file('.stateless-auditrc', 'ignores:\n  - rule: x\n    reasn: because\n    reason: y\n')
    await expect(load()).rejects.toThrow(".stateless-auditrc:3: unknown key 'reasn' in ignores[0]; did you mean 'reason'?")
  })

  it('finds the line inside package.json', async () => {
    file('package.json', '{\n  "name": "x",\n  "statelessAudit": {\n    "failOn": "fatal"\n  }\n}')
    await expect(load()).rejects.toThrow("package.json:4: 'failOn': expected one of error, warning, info, never")
  })

  it('asks for a reason', async () => {
    file('stateless-audit.config.json', '{ "stateful": [{ "files": "src/rooms/**" }] }')
    await expect(load()).rejects.toThrow(/'stateful\[0\]\.reason'/)
  })
})
