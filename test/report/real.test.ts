import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.js'
import { resolveConfig } from '../../src/config/resolve.js'
import type { Report } from '../../src/model/report.js'
import { FORMATS, render } from '../../src/report/index.js'
import { OPTIONS } from './sample.js'
import { parseXml } from './xml.js'

const repo = fileURLToPath(new URL('../..', import.meta.url))
let folder = ''

/** A monorepo of fifteen shops and all fixtures of rules, one file of which does not parse. */
let report: Report
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-real-'))
  for (let n = 0; n < 15; n++) cpSync(join(repo, 'examples/shop'), join(folder, `apps/shop${n}`), { recursive: true })
  cpSync(join(repo, 'fixtures/rules'), join(folder, 'apps/other'), { recursive: true })
  writeFileSync(join(folder, 'apps/shop0/src/broken.ts'), 'export const = 1\n')
  report = await audit({ root: folder, config: { ...resolveConfig(null, folder, {}, '2026-11-24'), minConfidence: 'low' }, cacheDir: null, version: '1.2.3' })
}, 60_000)
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const out = (format: string): Promise<string> => render(format, report, OPTIONS)
const counted = (severity: string): number => report.findings.filter((finding) => finding.severity === severity).length

/** So many results are what the compiler can compare with the type at once. */
const MOST_RESULTS = 300

/** The log with some of its results, from the first to the last. */
const shorter = (log: string): string => {
  const value = JSON.parse(log) as { runs: [{ results: unknown[] }] }
  const [one] = value.runs
  const step = Math.ceil(one.results.length / MOST_RESULTS)
  one.results = one.results.filter((_, i) => i % step === 0)
  return JSON.stringify(value, null, 2)
}

/** A literal of the type of SARIF logs: the compiler refuses what the type does not know. */
const mistakes = (log: string): string[] => {
  const file = fileURLToPath(new URL('virtual.ts', import.meta.url))
  const text = `import type { Log } from 'sarif'\nexport const log: Log = ${log}`
  const options: ts.CompilerOptions = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022 }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.getSourceFile = (name, version, ...rest) => (name === file ? ts.createSourceFile(name, text, version) : getSourceFile(name, version, ...rest))
  host.fileExists = (name) => name === file || fileExists(name)
  return ts.getPreEmitDiagnostics(ts.createProgram([file], options, host)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n').slice(0, 300))
}

describe('formats of a real audit', () => {
  it('is of real size', () => {
    expect(report.coverage.files).toBeGreaterThan(300)
    expect(report.findings.length).toBeGreaterThan(100)
    expect(report.findings.some(({ trace }) => trace.length > 2)).toBe(true)
    expect(counted('error')).toBeGreaterThan(0)
    expect(new Set(report.notices.map(({ id }) => id))).toEqual(new Set(['parse-error', 'stateful-by-design']))
  })

  it('json follows the published schema', async () => {
    const schema = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8')) as object
    const validate = new Ajv2020({ allErrors: true }).compile(schema)
    const value = JSON.parse(await out('json')) as Report
    validate(value)
    expect(validate.errors ?? []).toEqual([])
    expect(value.findings).toHaveLength(report.findings.length)
    expect(await out('json')).not.toContain(folder)
  })

  it('sarif is of the type that the schema of 2.1.0 describes, and the check refuses what is not', async () => {
    const log = shorter(await out('sarif'))
    expect(mistakes(log)).toEqual([])
    expect(mistakes(log.replace('"ruleId"', '"ruleID"')).join()).toContain('ruleID')
    expect(mistakes(log.replace(/"level": "(error|warning|note)"/, '"level": "info"')).join()).toContain('"info"')
  }, 60_000)

  // The schema of OASIS is not ours to copy: SARIF_SCHEMA=<path of sarif-schema-2.1.0.json>.
  it.skipIf(!process.env['SARIF_SCHEMA'])('sarif follows the schema of 2.1.0', async () => {
    const text = readFileSync(process.env['SARIF_SCHEMA'] ?? '', 'utf8').replace('draft-04', 'draft-07').replace('"id": "http', '"$id": "http')
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(JSON.parse(text) as object)
    const log = await out('sarif')
    validate(JSON.parse(log))
    expect(validate.errors ?? []).toEqual([])
    expect(validate(JSON.parse(log.replaceAll('"level": "note"', '"level": "info"').replaceAll('"level": "error"', '"level": "info"')))).toBe(false)
  })

  it('names an address for every rule, whose page is part of the package', async () => {
    const { files } = JSON.parse(readFileSync(join(repo, 'package.json'), 'utf8')) as { files: string[] }
    const page = (address: string) => address.replace('https://unpkg.com/stateless-audit@1.2.3/', '')
    for (const { docs } of [...report.findings, ...report.rules]) {
      expect(files).toContain(page(docs).split('/').slice(0, -1).join('/'))
      expect(existsSync(join(repo, page(docs)))).toBe(true)
    }
    const { runs: [{ tool }] } = JSON.parse(await out('sarif')) as { runs: [{ tool: { driver: { rules: { id: string; helpUri?: string }[] } } }] }
    expect(tool.driver.rules.filter(({ id, helpUri }) => !helpUri?.endsWith(`/${id}.md`))).toEqual([])
    expect((JSON.parse(await out('rdjson')) as { diagnostics: { code: { url?: string } }[] }).diagnostics.every(({ code }) => code.url?.startsWith('https://'))).toBe(true)
  })

  it('sarif holds every finding, with places that are there', async () => {
    const [run] = (JSON.parse(await out('sarif')) as { runs: { results: { locations: { physicalLocation: { region: Record<string, number> } }[] }[] }[] }).runs
    expect(run?.results).toHaveLength(report.findings.length)
    for (const { locations: [place] } of run?.results ?? []) expect(Math.min(...Object.values(place?.physicalLocation.region ?? {}))).toBeGreaterThan(0)
  })

  it('gitlab: each issue of its own fingerprint', async () => {
    const issues = JSON.parse(await out('gitlab')) as { fingerprint: string }[]
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(report.findings.length)
  })

  it('junit, checkstyle: every finding that fails is there', async () => {
    const suites = parseXml(await out('junit')).children.flatMap(({ children }) => children)
    expect(suites.filter(({ children }) => children[0]?.name === 'failure').length).toBeGreaterThan(0)
    const errors = parseXml(await out('checkstyle')).children.flatMap(({ children }) => children)
    expect(errors).toHaveLength(report.findings.length)
  })

  it('rdjson, sonar: every finding is there', async () => {
    expect((JSON.parse(await out('rdjson')) as { diagnostics: unknown[] }).diagnostics).toHaveLength(report.findings.length)
    expect((JSON.parse(await out('sonar')) as { issues: unknown[] }).issues).toHaveLength(report.findings.length)
  })

  it('markdown fits, agent has a line for each, github annotates ten and shows the report', async () => {
    const markdown = await out('markdown')
    expect(Buffer.byteLength(markdown)).toBeLessThan(1 << 20)
    // All are shown, or counted where there is no more room.
    const shown = markdown.match(/^\*\*(error|warning|info)\*\* /gm)?.length ?? 0
    const left = [...markdown.matchAll(/^(\d+) further findings? left out for size/gm), ...markdown.matchAll(/question \d \((\d+) findings?\)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
    expect(shown).toBeGreaterThan(report.findings.length / 3)
    expect(shown + left).toBe(report.findings.length)
    expect((await out('agent')).split('\n').filter((line) => / (error|warning|info) [a-z-]+ \((high|medium|low)\) /.test(line))).toHaveLength(report.findings.length)
    const github = await out('github')
    expect(github.match(/^::(error|warning|notice) /gm)).toHaveLength(10 + report.notices.length)
    expect(github).toContain('\nCoverage\n')
  })

  it.each(FORMATS)('%s holds no control characters', async (format) => {
    // eslint-disable-next-line no-control-regex
    expect(await out(format)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/)
  })
})
