import { describe, expect, it } from 'vitest'
import { type ChecklistInput, QUESTIONS, silentWrites, verdicts } from '../../src/checklist/index.js'
import type { Finding, QuestionId, Severity } from '../../src/model/finding.js'
import { sample, SESSION } from '../report/sample.js'

const RULES = sample().rules

function input(parts: Partial<ChecklistInput> = {}): ChecklistInput {
  return {
    findings: [], rules: RULES, evidence: [], gaps: [], request: { callsResolved: 99, callsTotal: 100 },
    entriesFound: 12, hasMutatingEntry: true, hasSessionOrLogin: true, filesParsed: 30, ...parts,
  }
}

function finding(question: QuestionId, parts: Partial<Finding> = {}): Finding {
  return { ...SESSION, question, alsoAffects: [], ...parts }
}

function of(parts: Partial<ChecklistInput>): Record<QuestionId, string> {
  return Object.fromEntries(verdicts(input(parts)).map(({ id, verdict }) => [id, verdict])) as Record<QuestionId, string>
}

function why(id: QuestionId, parts: Partial<ChecklistInput>): string {
  return verdicts(input(parts)).find((verdict) => verdict.id === id)?.why ?? ''
}

describe('verdicts', () => {
  it('asks the five questions in order', () => {
    expect(verdicts(input()).map(({ number, id, title }) => ({ number, id, title }))).toEqual(QUESTIONS)
    expect(Object.values(of({}))).toEqual(['pass', 'pass', 'pass', 'pass', 'pass'])
  })

  // What a careful engineer would accept, from the worst finding that bears on the question.
  const ACCEPT: [Severity, Finding['confidence'], string][] = [
    ['error', 'high', 'fail'],
    ['error', 'medium', 'fail'],
    ['error', 'low', 'review'],
    ['warning', 'high', 'review'],
    ['warning', 'low', 'review'],
    ['info', 'high', 'pass'],
  ]
  it.each(ACCEPT)('%s of %s confidence: %s, in its own question and in those it affects', (severity, confidence, verdict) => {
    for (const { id } of QUESTIONS) {
      const other = id === 'auth' ? 'context' : 'auth'
      const given = of({ findings: [finding(id, { severity, confidence, alsoAffects: [other] })] })
      const certain = id === 'retries' && severity === 'warning' && confidence === 'high'
      expect([given[id], given[other]]).toEqual([certain ? 'fail' : verdict, verdict])
      expect(Object.values(given).filter((value) => value === 'pass').length).toBeGreaterThanOrEqual(3)
    }
  })

  it('a repeat that is certain fails its question whatever it costs; one that is not asks for eyes', () => {
    const repeat = (parts: Partial<Finding>) => of({ findings: [finding('retries', { severity: 'warning', ...parts })] }).retries
    expect(repeat({ confidence: 'high' })).toBe('fail')
    expect(repeat({ confidence: 'medium' })).toBe('review')
    expect(repeat({ severity: 'info', confidence: 'high' })).toBe('pass')
    expect(of({ findings: [finding('scaling', { severity: 'warning', alsoAffects: ['retries'] })] }).retries).toBe('review')
  })

  it('the worst finding decides and is named', () => {
    const findings = [finding('session', { severity: 'warning', symbol: 'mild' }), finding('session', { symbol: 'grave' }), finding('session', { symbol: 'grave2' })]
    expect(of({ findings }).session).toBe('fail')
    expect(why('session', { findings })).toBe('in-memory-session: grave (src/sessions/store.ts:3), and 1 more')
  })

  it('n/a where the entries were understood and nothing of the kind exists', () => {
    expect(of({ hasMutatingEntry: false, hasSessionOrLogin: false })).toEqual({ context: 'pass', session: 'n/a', retries: 'n/a', scaling: 'pass', auth: 'n/a' })
    const evidence = [{ question: 'session' as const, message: 'session store: connect-redis', location: SESSION.location }]
    expect(of({ hasSessionOrLogin: false, evidence }).session).toBe('pass')
    expect(of({ hasSessionOrLogin: false, findings: [finding('session', { severity: 'info' })] })).toMatchObject({ session: 'pass', auth: 'n/a' })
  })

  it('without an entry nothing passes and nothing is n/a', () => {
    const nothing = { entriesFound: 0, hasMutatingEntry: false, hasSessionOrLogin: false }
    expect(new Set(Object.values(of(nothing)))).toEqual(new Set(['review']))
    expect(why('context', nothing)).toContain('no entry found')
    expect(of({ ...nothing, findings: [finding('scaling')] })).toMatchObject({ scaling: 'fail', session: 'review' })
    expect(why('context', { filesParsed: 0 })).toBe('no file could be parsed')
  })

  it('evidence is the reason of a pass', () => {
    const evidence = [{ question: 'session' as const, message: 'session store: connect-redis', location: SESSION.location }]
    expect(why('session', { evidence })).toBe('session store: connect-redis, src/sessions/store.ts:3')
    expect(why('context', {})).toBe('nothing found in 12 entries')
    expect(verdicts(input({ evidence }))[1]?.evidence).toEqual([{ message: 'session store: connect-redis', location: SESSION.location }])
  })
})

describe('gaps', () => {
  it('matter from a share of the calls on', () => {
    expect(of({ request: { callsResolved: 90, callsTotal: 100 } }).context).toBe('pass')
    expect(of({ request: { callsResolved: 89, callsTotal: 100 } }).context).toBe('review')
    expect(of({ request: { callsResolved: 2, callsTotal: 4 } }).context).toBe('pass')
    expect(why('context', { request: { callsResolved: 60, callsTotal: 100 } })).toBe('40 of 100 calls on request paths could not be resolved')
  })

  it('an unresolved handler or registration matters always, an unresolved callee alone does not', () => {
    const callee = { reason: 'receiver of unknown type' }
    const handler = { reason: 'handler of unknown origin', symbol: 'handlers[name]', location: SESSION.location }
    expect(of({ gaps: [callee] }).context).toBe('pass')
    expect(of({ gaps: [callee, handler], hasSessionOrLogin: false })).toMatchObject({ context: 'review', session: 'review' })
    expect(of({ gaps: [{ reason: 'computed', kind: 'registration' }] }).auth).toBe('review')
    expect(why('context', { gaps: [handler, handler] })).toBe('handler of unknown origin (handlers[name]), src/sessions/store.ts:3 and 1 more like it')
  })

  it('a gap that names questions matters for these', () => {
    expect(of({ gaps: [{ reason: 'schema not read', question: ['retries'] }] })).toEqual({ context: 'pass', session: 'pass', retries: 'review', scaling: 'pass', auth: 'pass' })
  })

  it('many entries that are asked to change something, and no write seen: how they write is not known', () => {
    const entry = (method: string) => ({ kind: 'route', method, location: SESSION.location }) as const
    const posts = Array.from({ length: 10 }, () => entry('POST'))
    expect(why('retries', { gaps: silentWrites([...posts, entry('GET')], []) })).toBe('no write was seen behind any of the 10 entries that are asked to change something: how they write is not known')
    expect(silentWrites(posts.slice(1), [])).toEqual([])
    const write = { entry: 'POST /', effect: 'insert', location: SESSION.location }
    expect(silentWrites(posts, [write])).toEqual([])
    expect(silentWrites(posts, [], { callsTotal: 4, callsResolved: 4 })).toEqual([])
    expect(silentWrites(posts, [], { callsTotal: 5, callsResolved: 5 })).toHaveLength(1)
    const many = Array.from({ length: 41 }, () => entry('POST'))
    expect(silentWrites(many, [write, write])[0]?.reason).toBe('a write was seen behind 1 of the 41 entries that are asked to change something: how the others write is not known')
    expect(silentWrites(many.slice(20), [write, { ...write, entry: 'PUT /' }])).toEqual([])
  })

  it('a share of calls does not undo n/a', () => {
    expect(of({ hasMutatingEntry: false, request: { callsResolved: 1, callsTotal: 100 } })).toMatchObject({ retries: 'n/a', context: 'review' })
  })

  it('never soften a fail', () => {
    expect(of({ findings: [finding('auth')], gaps: [{ reason: 'handler of unknown origin' }] }).auth).toBe('fail')
  })
})

it('counts the checks that ran and that found nothing worse than an info', () => {
  const findings = [finding('session', { alsoAffects: ['scaling'] }), finding('session', { rule: 'process-cache', severity: 'info' })]
  const [, session, , scaling] = verdicts(input({ findings }))
  expect(session).toMatchObject({ checks: { ran: 2, passed: 1 }, counts: { error: 1, warning: 0, info: 1 } })
  expect(scaling).toMatchObject({ checks: { ran: 3, passed: 2 }, counts: { error: 1, warning: 0, info: 0 } })
})
