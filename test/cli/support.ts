import type { Engine } from '../../src/cli/engine.js'
import { applyBaseline, updateBaseline } from '../../src/engine/baseline.js'
import type { Io } from '../../src/cli/io.js'
import { runCli } from '../../src/cli/main.js'
import type { Finding, Report } from '../../src/model/report.js'

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

/** A report with nothing in it, or with what is given. */
export function report(parts: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'stateless-audit', version: '0.0.0' },
    root: '.',
    complete: true,
    coverage: { files: 1, parsed: 1, entries: 0, request: { callsResolved: 0, callsTotal: 0 }, gaps: [], skipped: [] },
    questions: [],
    findings: [],
    suppressed: [],
    baselined: [],
    statefulByDesign: [],
    notices: [],
    entries: [],
    state: [],
    effects: [],
    rules: [],
    sources: new Map(),
    ...parts,
  }
}

export function finding(parts: Partial<Finding> = {}): Finding {
  return {
    rule: 'process-cache',
    question: 'session',
    alsoAffects: [],
    severity: 'error',
    confidence: 'high',
    message: 'each replica has its own copy',
    symbol: 'cache',
    location: { file: 'src/a.ts', line: 3, column: 7, endLine: 3, endColumn: 12 },
    trace: [],
    related: [],
    causes: [],
    fix: 'put it into Redis',
    docs: '',
    fingerprint: 'f1',
    scope: '<module>',
    ...parts,
  }
}

const RULE = {
  id: 'process-cache',
  question: 'session',
  alsoAffects: ['scaling'],
  severity: 'warning',
  summary: 'a cache that only one process knows',
  why: 'Two replicas answer differently.',
  fix: 'Use a shared cache.',
  example: { bad: 'const cache = new Map()', good: 'const cache = redis' },
}

/** An engine that answers with a given report: what is tested is the command line. */
export function fakeEngine(result: Report, parts: Partial<Engine> = {}): Engine {
  return {
    audit: () => Promise.resolve(result),
    trace: (_, what) => Promise.resolve(`ways to ${what}`),
    formats: () => Promise.resolve(['terminal', 'json', 'sarif']),
    render: (format, shown) => Promise.resolve(`${format}: ${shown.findings.length} findings`),
    exitCode: (shown, { failOn }) => Promise.resolve(failOn !== 'never' && shown.findings.some((one) => one.severity === 'error') ? 1 : 0),
    rules: () => Promise.resolve([RULE as never]),
    readBaseline: (text) => Promise.resolve(JSON.parse(text) as never),
    writeBaseline: (entries) => Promise.resolve(JSON.stringify(entries)),
    updateBaseline: (findings, before, how) => Promise.resolve(updateBaseline(findings, before, how)),
    compareBaseline: (findings, entries, isGone) => Promise.resolve(applyBaseline(findings, entries, isGone)),
    ...parts,
  }
}

/** Runs a command line with captured streams. */
export async function run(argv: string[], options: { cwd: string; engine?: Engine; io?: Partial<Io> }): Promise<Ran> {
  let stdout = ''
  let stderr = ''
  const io: Io = {
    cwd: options.cwd,
    env: {},
    stdout: async (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    stdoutIsTty: false,
    stderrIsTty: false,
    columns: 100,
    today: '2026-11-24',
    ...options.io,
  }
  const code = await runCli(argv, io, options.engine ?? fakeEngine(report()))
  return { code, stdout, stderr }
}
