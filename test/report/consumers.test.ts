import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { render } from '../../src/report/index.js'
import { OPTIONS, sample } from './sample.js'
import { type Element, parseXml } from './xml.js'

// What consumers accept, written down from what they publish (docs/formats.md names the sources). Strict: an unknown field is refused, too.
const out = (format: string): Promise<string> => render(format, sample(), OPTIONS)
const whole = z.number().int()
const text = z.string().min(1)
const path = text.refine((file) => !file.startsWith('/') && !file.startsWith('./') && !file.includes('\\'), 'a path from the root of the repository')

const GITLAB = z.array(z.strictObject({
  description: text, check_name: text, fingerprint: text, severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
  location: z.strictObject({ path, lines: z.strictObject({ begin: whole.min(1), end: whole.min(1).optional() }) }),
}))

const position = z.strictObject({ line: whole.min(1), column: whole.min(1).optional() })
const rdPlace = z.strictObject({ path, range: z.strictObject({ start: position, end: position.optional() }).optional() })
const RDJSON = z.strictObject({
  source: z.strictObject({ name: text, url: text.optional() }), severity: z.enum(['ERROR', 'WARNING', 'INFO']).optional(),
  diagnostics: z.array(z.strictObject({
    message: text, location: rdPlace, severity: z.enum(['ERROR', 'WARNING', 'INFO']), code: z.strictObject({ value: text, url: text.optional() }),
    related_locations: z.array(z.strictObject({ message: text, location: rdPlace })).optional(),
  })),
})

const range = z.strictObject({ startLine: whole.min(1), endLine: whole.min(1).optional(), startColumn: whole.min(0).optional(), endColumn: whole.min(0).optional() })
  .refine(({ startLine, endLine = startLine, startColumn, endColumn }) => endLine > startLine || startColumn === undefined || endColumn === undefined || endColumn > startColumn, 'an empty range is refused by the scanner')
const sonarPlace = z.strictObject({ message: text, filePath: path, textRange: range.optional() })
const SONAR = z.strictObject({
  rules: z.array(z.strictObject({
    id: text, name: text, description: text.optional(), engineId: text,
    cleanCodeAttribute: z.enum(['FORMATTED', 'CONVENTIONAL', 'IDENTIFIABLE', 'CLEAR', 'LOGICAL', 'COMPLETE', 'EFFICIENT', 'FOCUSED', 'DISTINCT', 'MODULAR', 'TESTED', 'LAWFUL', 'TRUSTWORTHY', 'RESPECTFUL']),
    type: z.enum(['BUG', 'VULNERABILITY', 'CODE_SMELL', 'SECURITY_HOTSPOT']).optional(), severity: z.enum(['BLOCKER', 'CRITICAL', 'MAJOR', 'MINOR', 'INFO']).optional(),
    impacts: z.array(z.strictObject({ softwareQuality: z.enum(['MAINTAINABILITY', 'RELIABILITY', 'SECURITY']), severity: z.enum(['BLOCKER', 'HIGH', 'MEDIUM', 'LOW', 'INFO']) })).min(1),
  })),
  issues: z.array(z.strictObject({ ruleId: text, effortMinutes: whole.min(0).optional(), primaryLocation: sonarPlace, secondaryLocations: z.array(sonarPlace).optional() })),
})

/** How the runner reads a line: `@actions/toolkit` writes them, the runner's ActionCommand takes them apart. */
const command = (line: string): { name: string; properties: Record<string, string>; message: string } | undefined => {
  const [, name = '', given = '', message = ''] = /^::(error|warning|notice)(?: (.*?))?::(.*)$/.exec(line) ?? []
  const plain = (value: string): string => value.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%25/g, '%')
  return name === '' ? undefined : { name, properties: Object.fromEntries(given.split(',').filter(Boolean).map((pair) => [pair.slice(0, pair.indexOf('=')), plain(pair.slice(pair.indexOf('=') + 1))])), message: plain(message) }
}

const all = (at: Element, name: string): Element[] => [...at.children.filter((one) => one.name === name), ...at.children.flatMap((one) => all(one, name))]

describe('what consumers accept', () => {
  it.each([['gitlab', GITLAB], ['rdjson', RDJSON], ['sonar', SONAR]] as [string, z.ZodType][])('%s', async (format, accepted) => {
    const given = JSON.parse(await out(format))
    expect(accepted.safeParse(given).error?.issues ?? []).toEqual([])
    expect(accepted.safeParse(JSON.parse(JSON.stringify(given).replace(/"(path|filePath)":"/, '"$1":"/'))).success).toBe(false)
  })

  it('sonar: every issue names a rule that is described', async () => {
    const { rules, issues } = JSON.parse(await out('sonar')) as z.infer<typeof SONAR>
    for (const { ruleId } of issues) expect(rules.map(({ id }) => id)).toContain(ruleId)
  })

  it('github: each line that is a command has a place, a title and a message', async () => {
    const commands = (await out('github')).split('\n').flatMap((line) => command(line) ?? [])
    expect(commands.length).toBeGreaterThan(0)
    for (const { name, properties, message } of commands) {
      expect(message).not.toBe('')
      expect(Object.keys(properties).filter((key) => !['file', 'line', 'endLine', 'col', 'endColumn', 'title'].includes(key))).toEqual([])
      if (name === 'error') expect(properties).toMatchObject({ file: expect.stringMatching(/^[^/]/) as string, line: expect.stringMatching(/^\d+$/) as string, title: expect.any(String) as string })
    }
  })

  it('checkstyle: what its readers ask for', async () => {
    const top = parseXml(await out('checkstyle'))
    const errors = all(top, 'file').flatMap((file) => file.children.map((error) => ({ file: file.attributes['name'], ...error.attributes })))
    expect(errors.length).toBeGreaterThan(0)
    const accepted = z.strictObject({ file: path, line: z.string().regex(/^[1-9]\d*$/), column: z.string().regex(/^[1-9]\d*$/).optional(), severity: z.enum(['error', 'warning', 'info']), message: text, source: text.optional() })
    for (const error of errors) expect(accepted.safeParse(error).error?.issues ?? []).toEqual([])
  })

  it('junit: counts are those of the cases, and each case is named', async () => {
    const top = parseXml(await out('junit'))
    for (const suite of all(top, 'testsuite')) {
      const counted = [suite.children.filter(({ name }) => name === 'testcase').length, all(suite, 'failure').length]
      expect([Number(suite.attributes['tests']), Number(suite.attributes['failures'])]).toEqual(counted)
      for (const { attributes } of all(suite, 'testcase')) expect(attributes).toMatchObject({ name: expect.any(String) as string, classname: expect.any(String) as string })
    }
  })
})
