import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { render } from '../../src/report/index.js'
import { OPTIONS, sample } from './sample.js'
import { type Element, parseXml } from './xml.js'

// Copies of the schemas that consumers publish (test/schemas/README.md says whence).
const read = (file: string): string => readFileSync(new URL(`../schemas/${file}`, import.meta.url), 'utf8')
const out = (format: string, report = sample()): Promise<string> => render(format, report, OPTIONS)
const EMPTY = sample({ findings: [], suppressed: [], baselined: [], statefulByDesign: [], notices: [] })

/** The schemas are of draft 04 in name only: nothing in them means another thing in draft 07. */
function accepts(file: string): (value: unknown) => boolean {
  const { $schema: _, ...schema } = JSON.parse(read(file)) as Record<string, unknown>
  return new Ajv({ strict: false }).compile(schema)
}

const all = (at: Element, name: string): Element[] => [...at.children.filter((one) => one.name === name), ...at.children.flatMap((one) => all(one, name))]

/** What the XSD says of its elements: attributes, those that must be there, and children. */
function elementsOf(xsd: string): Map<string, { attributes: string[]; required: string[]; children: string[] }> {
  const schema = parseXml(xsd.replace(/<!--[^]*?-->/g, '').replace(/^<\?xml[^>]*\?>\s*/, ''))
  return new Map(schema.children.filter(({ name }) => name === 'xs:element').map((element) => {
    const attributes = all(element, 'xs:attribute').map((one) => one.attributes)
    const names = attributes.map(({ name = '' }) => name)
    return [element.attributes['name'] ?? '', { attributes: names, required: attributes.filter(({ use }) => use === 'required').map(({ name = '' }) => name), children: all(element, 'xs:element').flatMap((one) => one.attributes['ref'] ?? []) }]
  }))
}

/** Where a report leaves the schema. */
function strayed(element: Element, known: ReturnType<typeof elementsOf>): string[] {
  const { name, children } = element
  const rule = known.get(name)
  if (!rule) return [`<${name}>`]
  const given = Object.keys(element.attributes)
  return [
    ...given.filter((key) => !rule.attributes.includes(key)).map((key) => `${name}@${key}`), ...rule.required.filter((key) => !given.includes(key)).map((key) => `${name} without ${key}`),
    ...children.filter((child) => !rule.children.includes(child.name)).map((child) => `${name}/${child.name}`), ...children.flatMap((child) => strayed(child, known)),
  ]
}

describe('schemas that consumers publish', () => {
  it('rdjson: the schema of reviewdog', async () => {
    const valid = accepts('reviewdog-DiagnosticResult.json')
    const text = await out('rdjson')
    expect([text, await out('rdjson', EMPTY)].map((one) => valid(JSON.parse(one)))).toEqual([true, true])
    for (const spoiled of [text.replace('"ERROR"', '"FATAL"'), text.replace(/"line": (\d+)/, '"line": "$1"')]) expect(valid(JSON.parse(spoiled))).toBe(false)
  })

  it('gitlab: the schema that GitLab asks of each issue', async () => {
    const valid = accepts('gitlab-codeclimate.json')
    const issues = JSON.parse(await out('gitlab')) as Record<string, unknown>[]
    expect(issues.length).toBeGreaterThan(0)
    expect(issues.filter((issue) => !valid(issue))).toEqual([])
    for (const key of ['description', 'fingerprint', 'severity', 'location']) expect(valid({ ...issues[0], [key]: undefined })).toBe(false)
    expect(JSON.parse(await out('gitlab', EMPTY))).toEqual([])
  })

  it('junit: the schema of the xunit plugin of Jenkins', async () => {
    const known = elementsOf(read('jenkins-junit-10.xsd'))
    expect(known.get('testsuite')?.required).toEqual(['name', 'tests', 'failures', 'errors'])
    const text = await out('junit')
    for (const one of [text, await out('junit', EMPTY)]) expect(strayed(parseXml(one), known)).toEqual([])
    expect(strayed(parseXml(text.replace('<testcase classname=', '<testcase class=')), known)).toEqual(['testcase@class'])
    expect(strayed(parseXml(text.replace(/ errors="0"/g, '')), known)).toContain('testsuite without errors')
  })
})
