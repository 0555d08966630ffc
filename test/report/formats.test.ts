import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.js'
import { FORMATS, render } from '../../src/report/index.js'
import { CACHE, OPTIONS, ORDER, sample, SESSION, STICKY } from './sample.js'
import { parseXml } from './xml.js'

const out = (format: string, report = sample()) => render(format, report, OPTIONS)
const parsed = async (format: string, report = sample()) => JSON.parse(await out(format, report))
const NASTY = 'a "b" <c> & \'d\' %0A, x: y\nz ]]> \u0001 \ud800 [l](m) | `t`'

/** Every text that a user's code can reach holds what breaks naive formats. */
function nasty(): Report {
  const evil = { ...SESSION, symbol: NASTY, message: NASTY, fix: NASTY, location: { ...SESSION.location, file: 'src/[id]/a b,c:%.ts' } }
  return sample({ root: '.', findings: [evil, ORDER], notices: [{ id: 'parse-error', message: NASTY, location: evil.location }] })
}

describe('every format', () => {
  it.each(FORMATS)('%s: same report, same bytes; frozen input; ends with a line break', async (format) => {
    const freeze = <T>(value: T): T => {
      if (typeof value === 'object' && value !== null && !(value instanceof Map)) Object.values(Object.freeze(value)).forEach(freeze)
      return value
    }
    const text = await out(format, freeze(sample()))
    expect(text).toBe(await out(format))
    expect(text.endsWith('\n')).toBe(true)
    expect(await out(format, sample({ findings: [...sample().findings].reverse() })) === text || format === 'json').toBe(true)
  })

  it.each(FORMATS)('%s: survives texts that break naive writers, and an empty report', async (format) => {
    const empty = sample({ questions: [], findings: [], suppressed: [], baselined: [], statefulByDesign: [], notices: [], entries: [], state: [], effects: [], rules: [], sources: new Map() })
    for (const text of [await out(format, nasty()), await out(format, empty)]) {
      if (['json', 'sarif', 'gitlab', 'rdjson', 'sonar'].includes(format)) JSON.parse(text)
      if (['junit', 'checkstyle'].includes(format)) parseXml(text)
      expect(text).not.toContain('undefined')
    }
  })

  it.each(FORMATS.filter((format) => !['terminal', 'json', 'junit'].includes(format)))('%s: leaves out what is suppressed or known', async (format) => {
    const text = await out(format)
    for (const name of ['rates', 'POST /refunds', 'rooms']) expect(text).not.toContain(name)
  })

  it('an unknown one is refused with the list', async () => {
    await expect(out('yaml')).rejects.toThrow(/unknown format 'yaml'; known are terminal, json, sarif/)
  })
})

describe('json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'))

  /** The published schema allows new fields; the test does not, so that the schema stays complete. */
  function closed(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(closed)
    if (typeof node !== 'object' || node === null) return node
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]))
    return copy['properties'] && copy['type'] === 'object' ? { ...copy, additionalProperties: false } : copy
  }

  it.each([sample(), nasty(), sample({ findings: [], complete: false })])('is valid, and the schema names each field', async (report) => {
    const validate = new Ajv2020({ allErrors: true }).compile(closed(schema) as object)
    validate(await parsed('json', report))
    expect(validate.errors ?? []).toEqual([])
  })

  it('the schema refuses what is no report', async () => {
    const validate = new Ajv2020().compile(schema)
    const report = await parsed('json')
    expect(validate({ ...report, newField: 1 })).toBe(true)
    expect(validate({ ...report, schemaVersion: 2 })).toBe(false)
    expect(validate({ ...report, findings: [{ ...report.findings[0], location: { file: 'a', line: 0 } }] })).toBe(false)
  })

  it('has its keys in a fixed order and nothing that is in memory only', async () => {
    const report = await parsed('json')
    expect(Object.keys(report)).toEqual(['schemaVersion', 'tool', 'root', 'complete', 'coverage', 'questions', 'findings', 'suppressed', 'baselined', 'statefulByDesign', 'notices', 'entries', 'state', 'effects', 'rules'])
    expect(report.findings[0]).not.toHaveProperty('scope')
    expect(report.baselined[0]).not.toHaveProperty('scope')
    expect(report.suppressed[0].finding).not.toHaveProperty('scope')
    expect(Object.keys(report.rules[0])).toEqual(['id', 'title', 'question'])
    const shuffled = sample({ findings: sample().findings.map((one) => Object.fromEntries(Object.entries(one).reverse()) as unknown as typeof one) })
    expect(await out('json', shuffled)).toBe(await out('json'))
  })
})

describe('github', () => {
  const ESCAPED = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')

  /** Reads commands as the runner does. */
  function commands(text: string) {
    return text.trimEnd().split('\n').flatMap((line) => {
      const match = /^::(\w+) ([^:]*)::(.*)$/.exec(line)
      if (!match) return []
      const [, command = '', properties = '', data = ''] = match
      return [{ command, data: ESCAPED(data), ...Object.fromEntries(properties.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), ESCAPED(pair.slice(pair.indexOf('=') + 1))])) }]
    })
  }

  it('errors first, paths from the git root, then notices and a summary', async () => {
    const text = await out('github')
    expect(commands(text).map(({ command }) => command)).toEqual(['error', 'error', 'warning', 'notice', 'notice', 'notice'])
    expect(commands(text)[0]).toMatchObject({ file: 'services/shop/src/sessions/store.ts', line: '3', endLine: '3', col: '14', endColumn: '22', title: 'in-memory-session: sessions' })
    expect(text.trimEnd().split('\n').at(-1)).toBe('stateless-audit: 2 errors, 1 warning, 1 info; 1 suppressed, 1 baselined, 1 stateful by design; context pass, session fail, retries fail, scaling review, auth n/a')
  })

  it('escapes so that the runner reads back what was written', async () => {
    const read = commands(await out('github', nasty()))
    expect(read.find(({ data }) => data.startsWith(NASTY))).toMatchObject({ title: `in-memory-session: ${NASTY}`, file: 'src/[id]/a b,c:%.ts', data: `${NASTY}\nfix: ${NASTY}\nsee ${SESSION.docs}` })
    expect(read.at(-1)).toMatchObject({ command: 'notice', data: NASTY })
  })

  it('annotates the worst ten and counts the rest', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...STICKY, location: { ...STICKY.location, line: index + 1 } }))
    const text = await out('github', sample({ findings: [...many, SESSION], notices: [] }))
    expect(commands(text)).toHaveLength(10)
    expect(commands(text)[0]?.command).toBe('error')
    expect(text).toContain('(21 findings not annotated)')
  })
})

describe('every format', () => {
  it.each(FORMATS.filter((format) => format !== 'agent'))('%s names the page of the rule', async (format) => {
    expect(await out(format)).toContain(SESSION.docs)
  })

  it.each(['terminal', 'json', 'sarif', 'github', 'junit', 'markdown', 'agent'])('%s says what the deployment makes of a finding', async (format) => {
    const deployment = { verdict: 'masked' as const, why: 'cookie affinity hides it', location: { ...SESSION.location, file: 'k8s/ingress.yaml', line: 9 } }
    const text = await out(format, sample({ findings: [{ ...SESSION, deployment }] }))
    expect(text).toContain('cookie affinity hides it')
    expect(text).toMatch(/k8s\/ingress\.yaml(:9|")/)
    expect(await out(format, sample({ findings: [{ ...SESSION, deployment: { verdict: 'unknown', why: 'nothing says so' } }] }))).not.toMatch(format === 'json' ? /^$/ : /nothing says so/)
  })
})

describe('gitlab', () => {
  it('has what the widget reads; fingerprints know no line and differ', async () => {
    const twice = sample({ findings: [CACHE, { ...CACHE, location: { ...CACHE.location, line: 9 } }, SESSION] })
    const issues = await parsed('gitlab', twice)
    for (const issue of issues) {
      expect(Object.keys(issue)).toEqual(['description', 'check_name', 'fingerprint', 'severity', 'location'])
      expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(issue.severity)
      expect(issue.location).toMatchObject({ path: expect.stringMatching(/^services\/shop\//), lines: { begin: expect.any(Number) } })
    }
    expect(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).toEqual([CACHE.fingerprint, `${CACHE.fingerprint}-1`, SESSION.fingerprint])
    const moved = { ...SESSION, location: { ...SESSION.location, line: 77 } }
    expect((await parsed('gitlab', sample({ findings: [moved] })))[0].fingerprint).toBe(SESSION.fingerprint)
  })
})

describe('xml formats', () => {
  it('junit: a suite for each question, failures and skips counted, passed rules too', async () => {
    const root = parseXml(await out('junit'))
    expect(root.attributes).toMatchObject({ failures: '3', errors: '0' })
    expect(root.children.map(({ name }) => name)).toEqual(Array(5).fill('testsuite'))
    const cases = root.children.flatMap(({ children }) => children)
    expect(root.attributes['tests']).toBe(String(cases.length))
    const kinds = cases.map((one) => [one.attributes['classname'], one.children[0]?.name ?? 'passed'])
    expect(kinds).toContainEqual(['in-memory-session', 'failure'])
    expect(kinds).toContainEqual(['in-memory-session', 'skipped'])
    expect(kinds).toContainEqual(['process-cache', 'system-out'])
    expect(kinds).toContainEqual(['shared-client-identity', 'passed'])
    for (const suite of root.children) expect(suite.attributes['tests']).toBe(String(suite.children.length))
    const failure = cases.flatMap(({ children }) => children).find(({ text }) => text.includes('POST /login'))
    expect(failure?.text).toContain('services/shop/src/sessions/store.ts:3:14: sessions holds')
  })

  it('checkstyle: files with errors, texts intact', async () => {
    const root = parseXml(await out('checkstyle', nasty()))
    expect(root.name).toBe('checkstyle')
    const [, file] = root.children
    expect(file?.attributes).toEqual({ name: 'src/routes/orders.ts' })
    const legal = NASTY.replace('\u0001', '\ufffd').replace('\ud800', '\ufffd')
    expect(root.children[0]?.children[0]?.attributes).toEqual({ line: '3', column: '14', severity: 'error', message: `${legal}: ${legal}; see ${SESSION.docs}`, source: 'stateless-audit.in-memory-session' })
  })
})

describe('rdjson', () => {
  it('counts columns in bytes of UTF-8 where it knows the line', async () => {
    const sources = new Map([['src/prices.ts', 'const é = "ü", prices = 1']])
    const location = { file: 'src/prices.ts', line: 1, column: 16, endLine: 1, endColumn: 22 }
    const { source, diagnostics } = await parsed('rdjson', sample({ findings: [{ ...CACHE, location }], sources }))
    expect(source).toEqual({ name: 'stateless-audit' })
    expect(diagnostics[0]).toMatchObject({
      severity: 'INFO', code: { value: 'process-cache', url: CACHE.docs },
      location: { path: 'services/shop/src/prices.ts', range: { start: { line: 1, column: 18 }, end: { line: 1, column: 24 } } },
    })
    expect(diagnostics[0].related_locations).toHaveLength(2)
  })
})

describe('sonar', () => {
  it('counts columns from 0, describes each rule it uses, and gives no empty range', async () => {
    const { rules, issues } = await parsed('sonar', sample({ findings: [SESSION, { ...ORDER, location: { ...ORDER.location, endColumn: ORDER.location.column } }] }))
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(['in-memory-session', 'non-idempotent-post'])
    expect(issues[1].primaryLocation).toMatchObject({ filePath: 'services/shop/src/sessions/store.ts', textRange: { startLine: 3, endLine: 3, startColumn: 13, endColumn: 21 } })
    expect(issues[0].primaryLocation.textRange).toEqual({ startLine: 4 })
    expect(issues[1].secondaryLocations).toHaveLength(3)
  })
})

describe('agent', () => {
  it('gives one line for each verdict, finding and notice, with help', async () => {
    const lines = (await out('agent')).trimEnd().split('\n')
    expect(lines).toHaveLength(5 + 4 + 2 + 1)
    expect(lines[5]).toMatch(/^src\/sessions\/store\.ts:3:14: error in-memory-session \(high\) sessions: .* way: POST \/login .* help: keep sessions/)
    expect((await out('agent', nasty())).trimEnd().split('\n')).toHaveLength(5 + 2 + 1 + 1)
  })
})

describe('markdown', () => {
  it('has a table of verdicts and a closed fold for each question with findings', async () => {
    const text = await out('markdown')
    expect(text).toContain('| 2. Is session data stored externally? | ✖ fail | 4 of 5 checks passed |')
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length)
    expect(text.match(/<details open>/g)).toHaveLength(2)
    expect(text.match(/^```/gm)?.length).toBe(4 * 2 - 2)
    expect(text).toContain("',' expected &lt;here&gt; & \"there\"".replace(' & ', ' &amp; '))
  })

  it('stays below the limit, cut by whole sections', async () => {
    const big = Array.from({ length: 4000 }, (_, index) => ({ ...ORDER, message: 'ü'.repeat(300), location: { ...ORDER.location, line: index + 1 } }))
    const text = await out('markdown', sample({ findings: [SESSION, ...big] }))
    expect(new TextEncoder().encode(text).length).toBeLessThan(1024 * 1024)
    expect(text).toMatch(/\d+ further findings left out for size/)
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length)
    expect(text).toContain('in-memory-session')
  })
})
