import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rebaseGlob } from '../../src/config/globs.js'
import { originsOf, resolveConfig } from '../../src/config/resolve.js'
import { nearest } from '../../src/config/suggest.js'
import { checkRuleIds } from '../../src/config/validate.js'

const TODAY = '2026-11-24'

describe('globs of a config above the audited folder', () => {
  const folder = ['packages', 'api']
  it.each([
    ['packages/api/src/**', 'src/**'],
    ['packages/*/src/**', 'src/**'],
    ['packages/{api,web}/src/*.ts', 'src/*.ts'],
    ['./packages/api/a.ts', 'a.ts'],
    ['**/*.gen.ts', '**/*.gen.ts'],
    ['packages/**/gen/**', '**/gen/**'],
    ['packages/api', '**'],
    ['packages/api/', '**'],
    ['!packages/api/x.ts', '!x.ts'],
    ['packages/web/**', undefined],
    ['src/**', undefined],
  ])('%s → %s', (glob, expected) => {
    expect(rebaseGlob(glob, folder)).toBe(expected)
  })
})

describe('resolveConfig', () => {
  const loaded = { rules: [], file: '/repo/stateless-audit.config.json', config: { failOn: 'warning' as const, exclude: ['api/old/**'], rules: { a: 'off' as const } } }

  it('puts the command line over the file over the defaults', () => {
    const flags = { failOn: 'info' as const, exclude: ['x/**'], rules: { b: 'error' as const } }
    const config = resolveConfig(loaded, '/repo/api', flags, TODAY)
    expect(config).toMatchObject({ failOn: 'info', minConfidence: 'medium', exclude: ['old/**', 'x/**'], rules: { a: 'off', b: 'error' }, maxWarnings: null, today: TODAY })
  })

  it('tells where a value came from', () => {
    const origin = originsOf(loaded, { maxWarnings: 3 })
    expect([origin('failOn'), origin('maxWarnings'), origin('gate')]).toEqual(['config', 'flag', 'default'])
  })

  it('drops rows about other folders', () => {
    const config = { ...loaded, config: { stateful: [{ files: ['web/**'], reason: 'r' }], ignores: [{ rule: 'a', files: 'api/x.ts', reason: 'r' }] } }
    const result = resolveConfig(config, '/repo/api', {}, TODAY)
    expect(result.stateful).toEqual([])
    expect(result.ignores).toEqual([{ rule: 'a', files: ['x.ts'], reason: 'r' }])
  })

  it('refuses an include that leaves nothing', () => {
    expect(() => resolveConfig({ rules: [], file: '/repo/c.json', config: { include: ['web/**'] } }, '/repo/api', {}, TODAY)).toThrow("'include' matches nothing in api")
  })

  it('reads the baseline that is there, and asks for one that is named', () => {
    const root = mkdtempSync(join(tmpdir(), 'stateless-audit-baseline-'))
    expect(resolveConfig(null, root, {}, TODAY).baseline).toBeNull()
    writeFileSync(join(root, 'stateless-audit.baseline.json'), '{}')
    expect(resolveConfig(null, root, {}, TODAY).baseline).toEqual({ file: join(root, 'stateless-audit.baseline.json'), text: '{}' })
    expect(resolveConfig(null, root, { baseline: false }, TODAY).baseline).toBeNull()
    expect(() => resolveConfig(null, root, { baseline: join(root, 'no.json') }, TODAY)).toThrow('no such baseline')
    rmSync(root, { recursive: true })
  })
})

describe('suggestions', () => {
  it.each([
    ['formt', ['format', 'fail-on'], 'format'],
    ['entires', ['entries', 'effects'], 'entries'],
    ['sarfi', ['sarif', 'sonar'], 'sarif'],
    ['xyz', ['format'], undefined],
  ])('%s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected)
  })

  it('names the rule that was meant', () => {
    expect(() => checkRuleIds(['proces-cache'], ['process-cache'], '--rule')).toThrow("--rule: unknown rule 'proces-cache'; did you mean 'process-cache'?")
  })
})
