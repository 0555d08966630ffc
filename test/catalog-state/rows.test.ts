import { describe, expect, it } from 'vitest'
import * as effects from '../../src/catalog/effects/index.js'
import * as entries from '../../src/catalog/entries/index.js'
import { stateRows } from '../../src/catalog/state/index.js'
import type { CatalogRow } from '../../src/model/catalog.js'

const pathsOf = (row: CatalogRow): string[] => [row.path].flat()
const facets = (row: CatalogRow): [string, unknown][] => Object.entries(row).filter(([name]) => name !== 'path')

const MODULE = /^(#[a-z]+|(node:|bun:|cloudflare:)?(@[\w.-]+\/)?[\w.-]+(\/[\w.$@:-]+)*)$/
const EXPORT = /^([\w$]+|\*)(\(register\)|\(\)|\.[\w$*-]+)*$/
const ARGUMENT = /^(this|last|\d+)(\.\.|\.[\w$-]+(\(\))?|\[\]|\{\})*$/

const wellFormed = (path: string): boolean => {
  const hash = path.lastIndexOf('#')
  return hash > 0 && MODULE.test(path.slice(0, hash)) && EXPORT.test(path.slice(hash + 1)) && !/#default\.(?!new\b)/.test(path)
}

const argumentFields = new Set(['target', 'key', 'value', 'arg', 'location', 'client', 'fn', 'job', 'where', 'data'])
const argumentLists = new Set(['store', 'external', 'when', 'unless', 'bounded', 'ttl'])

/** Argument paths anywhere inside a facet; the `path` of a facet is one too. */
function argumentPaths(value: unknown, field = ''): string[] {
  if (typeof value === 'string') return argumentFields.has(field) || argumentLists.has(field) || field === 'path' ? [value] : []
  if (Array.isArray(value)) return value.flatMap(item => argumentPaths(item, field))
  if (value === null || typeof value !== 'object') return []
  // the lists of a driver are values of its option
  const inner = Object.entries(value).filter(([name]) => !('arg' in value) || name === 'arg')
  return inner.flatMap(([name, part]) => argumentPaths(part, name))
}

/** Lumps of small packages and facilities of frameworks: that they name no option says only that none is known. */
const NOT_LOOKED_AT = ['a worker that sticky sessions keep', 'cron decorator', 'crossws', 'in-process lock', 'in-process queue', 'in-process semaphore', 'lock file', 'lodash uniqueId',
  'micro-ratelimit', 'nitro task', 'p-mutex', 'sails sockets', 'scheduled cron', 'server-sent events hub', 'snowflake']

const MODELS = ['access', 'session', 'infra', 'disk', 'embedded', 'memo', 'setsGlobal', 'container']

function argumentsOf(row: CatalogRow): string[] {
  const found = MODELS.flatMap(facet => argumentPaths((row as unknown as Record<string, unknown>)[facet]))
  const client = row.store?.client === undefined ? [] : [row.store.client]
  const runs = (row.run ?? []).map(run => run.fn)
  return [...found, ...client, ...runs]
}

/** Facets by path, without a closing call: a call is looked up both ways. */
function merged(rows: CatalogRow[]): Map<string, Map<string, unknown>> {
  const byPath = new Map<string, Map<string, unknown>>()
  for (const row of rows) for (const path of pathsOf(row)) {
    const known = byPath.get(path) ?? new Map<string, unknown>()
    for (const [name, value] of facets(row)) known.set(name, value)
    byPath.set(path, known)
  }
  return byPath
}

describe('rows of state', () => {
  it('have well-formed paths', () => {
    expect(stateRows.flatMap(pathsOf).filter(path => !wellFormed(path))).toEqual([])
  })

  it('say something', () => {
    expect(stateRows.filter(row => facets(row).length === 0 || pathsOf(row).length === 0)).toEqual([])
  })

  it('have well-formed argument paths', () => {
    const wrong = stateRows.flatMap(argumentsOf).filter(path => !path.split('~').every(option => ARGUMENT.test(option)))
    expect([...new Set(wrong)]).toEqual([])
  })

  it('are plain data', () => {
    expect(JSON.parse(JSON.stringify(stateRows))).toEqual(stateRows)
  })

  it('name an option, or say that there is none, or that none is known', () => {
    const ways = ['external', 'driver', 'externalCall', 'clearedBy', 'as', 'mount', 'store'] as const
    const both = stateRows.filter(({ infra, session }) => [infra, session].some(model => model?.confined && ways.some(way => way in model)))
    expect(both.flatMap(pathsOf)).toEqual([])
    // What nobody has looked at yet: it grows by decision only.
    const open = stateRows.filter(({ infra, session }) => (infra && !infra.confined && !infra.acceptable && !ways.some(way => way in infra))
      || ((session?.default === 'memory' || session?.default === 'file') && !session.confined && !ways.some(way => way in session)))
    expect(open.map(row => row.infra?.name ?? row.session?.name).sort()).toEqual(NOT_LOOKED_AT)
  })

  it('do not contradict each other', () => {
    const seen = new Map<string, string>()
    const wrong: string[] = []
    for (const row of stateRows) for (const path of pathsOf(row)) for (const [name, value] of facets(row)) {
      const key = `${path.replace(/\(\)$/, '')} ${name}`
      const text = JSON.stringify(value)
      if ((seen.get(key) ?? text) !== text) wrong.push(key)
      seen.set(key, text)
    }
    expect([...new Set(wrong)]).toEqual([])
  })

  it('do not contradict rows of entries and effects', () => {
    const mine = merged(stateRows)
    const rows = [...Object.values(entries), ...Object.values(effects)].flatMap(value => (Array.isArray(value) ? (value as CatalogRow[]) : [])).filter(row => row.path !== undefined)
    const wrong = rows.flatMap(row => pathsOf(row).flatMap(path => facets(row).filter(([name]) => name !== 'client').flatMap(([name, value]) => {
      const own = mine.get(path)?.get(name)
      return own === undefined || JSON.stringify(own) === JSON.stringify(value) ? [] : [`${path} ${name}`]
    })))
    expect(wrong).toEqual([])
  })
})
