import type { Log, Location, Result } from 'sarif'
import { describe, expect, it } from 'vitest'
import { render } from '../../src/report/index.js'
import { OPTIONS, sample, SESSION, STICKY } from './sample.js'

const log = async (report = sample()): Promise<Log> => JSON.parse(await render('sarif', report, OPTIONS))

async function runOf(report = sample()) {
  const [run] = (await log(report)).runs
  if (!run) throw new Error('no run')
  return { run, results: run.results ?? [], driver: run.tool.driver }
}

/** What GitHub asks of a place. */
function checkPlace({ physicalLocation }: Location): void {
  expect(physicalLocation?.artifactLocation?.uri).toMatch(/^(?!\/)[^\s#?[\]\\]+$/)
  expect(physicalLocation?.artifactLocation?.uriBaseId).toBe('%SRCROOT%')
  const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = physicalLocation?.region ?? {}
  expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThan(0)
  expect(endLine > startLine || endColumn >= startColumn).toBe(true)
}

function emptyStrings(value: unknown): unknown[] {
  if (value === '' || value === undefined) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(emptyStrings) : []
}

describe('sarif', () => {
  it('is a 2.1.0 log of one run, without empty texts', async () => {
    const content = await log()
    expect(content).toMatchObject({ version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json' })
    expect(content.runs).toHaveLength(1)
    expect(emptyStrings(content)).toEqual([])
  })

  it('describes each rule as code scanning wants it', async () => {
    const { driver } = await runOf()
    expect(driver).toMatchObject({ name: 'stateless-audit', version: '0.1.0', semanticVersion: '0.1.0' })
    for (const rule of driver.rules ?? []) {
      expect(rule.name?.length).toBeLessThanOrEqual(255)
      for (const text of [rule.shortDescription?.text, rule.fullDescription?.text]) expect(text?.length).toBeLessThanOrEqual(1024)
      expect(rule.help?.text).toContain('Fix: ')
      expect(rule.help?.markdown).toContain('```ts')
      expect(['note', 'warning', 'error']).toContain(rule.defaultConfiguration?.level)
      expect(['high', 'medium', 'low']).toContain(rule.properties?.['precision'])
      expect(['error', 'warning', 'recommendation']).toContain(rule.properties?.['problem.severity'])
      expect(rule.properties).not.toHaveProperty('security-severity')
      expect(rule.properties?.tags).toContain('statelessness')
      expect(rule.properties?.tags?.length).toBeLessThanOrEqual(20)
    }
  })

  it('gives each result a place, a rule, a fingerprint of our own and the way', async () => {
    const { results, driver } = await runOf()
    expect(results.map(({ level }) => level)).toEqual(['error', 'error', 'warning', 'note'])
    for (const result of results) {
      expect(result.locations).toHaveLength(1)
      expect(driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId)
      expect(Object.keys(result.partialFingerprints ?? {})).toEqual(['statelessAudit/v1'])
      placesOf(result).forEach(checkPlace)
    }
    const way = results[0]?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location?.message?.text)
    expect(way).toEqual(['POST /login', 'remember', 'sessions.set'])
  })

  it('links related places in the message, and every link has its place', async () => {
    const { results } = await runOf()
    expect(results[0]?.message.text).toMatch(/^sessions: sessions holds .*\. See \[sessions\.set\]\(1\)\. Fix: /)
    for (const result of results) {
      const ids = (result.relatedLocations ?? []).map(({ id }) => id)
      const linked = [...(result.message.text ?? '').matchAll(/\]\((\d+)\)/g)].map(([, id]) => Number(id))
      expect(linked).toEqual(ids.slice(0, linked.length))
    }
    const tricky = { ...SESSION, message: 'a [b](9) c', trace: [{ message: 'map[key]', location: STICKY.location }] }
    const text = (await runOf(sample({ findings: [tricky] }))).results[0]?.message.text ?? ''
    expect(text).toContain('[map\\[key\\]](1)')
    expect([...text.matchAll(/\]\((\d+)\)/g)].map(([, id]) => id)).toEqual(['1'])
  })

  it('gives URIs from the git root, encoded', async () => {
    const odd = { ...SESSION, trace: [], location: { ...SESSION.location, file: 'app/[id]/a b#c?.ts' } }
    const { results, run } = await runOf(sample({ findings: [odd] }))
    expect(results[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('services/shop/app/%5Bid%5D/a%20b%23c%3F.ts')
    expect(run.automationDetails?.id).toBe('stateless-audit/services/shop/')
    expect((await runOf(sample({ root: '.' }))).run.automationDetails?.id).toBe('stateless-audit/')
  })

  it('links only to pages on the web', async () => {
    const { driver } = await runOf(sample({ rules: sample().rules.map((rule, index) => (index === 0 ? { ...rule, docs: `docs/rules/${rule.id}.md` } : rule)) }))
    expect(driver.rules?.map(({ helpUri }) => helpUri !== undefined)).toEqual([false, true, true, true, true])
  })

  it('carries notices as notifications and says when the run is not complete', async () => {
    const [invocation] = (await runOf(sample({ complete: false }))).run.invocations ?? []
    expect(invocation?.executionSuccessful).toBe(false)
    expect(invocation?.toolExecutionNotifications?.map(({ descriptor }) => descriptor?.id)).toEqual(['parse-error', 'tsconfig-missing-extends'])
  })

  it('keeps the worst 5,000 and says what was cut', async () => {
    const many = Array.from({ length: 5003 }, (_, index) => ({ ...STICKY, location: { ...STICKY.location, line: index + 1 } }))
    const { results, run } = await runOf(sample({ findings: [...many, SESSION] }))
    expect(results).toHaveLength(5000)
    expect(results[0]?.ruleId).toBe('in-memory-session')
    expect(run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toContain('4 further findings')
  })
})

function placesOf({ locations, relatedLocations, codeFlows }: Result): Location[] {
  const flow = (codeFlows ?? []).flatMap(({ threadFlows }) => threadFlows.flatMap(({ locations: steps }) => steps.flatMap(({ location }) => location ?? [])))
  return [...(locations ?? []), ...(relatedLocations ?? []), ...flow]
}
