import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cacheSalt, factsKey, factsOnDemand, openCache } from '../../src/cache/index.js'
import { extractFacts, extractHead } from '../../src/syntax/index.js'

let dir = ''
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'facts-')) })
afterEach(() => { rmSync(dir, { recursive: true, force: true }) })

const salt = cacheSalt('1.0.0')
const text = "export const a = new Map<string, 'ü\u2028'>()"
const head = extractHead('a.ts', text)
const facts = extractFacts('a.ts', text)
const key = factsKey('a.ts', text)

function open(options: Partial<Parameters<typeof openCache>[0]> = {}) {
  return openCache({ dir, salt, ...options })
}

function store(keys: string[], options: Partial<Parameters<typeof openCache>[0]> = {}): void {
  const cache = open(options)
  for (const one of keys) cache.set(one, head, facts)
  cache.close()
}

function pack(): string {
  return join(dir, readdirSync(dir).find(name => name.endsWith('.facts')) ?? '')
}

/** Keys as long as real ones. */
function keyOf(name: string): string {
  return name.repeat(40).slice(0, 40)
}

describe('cache of facts', () => {
  it('gives back what a cold run made', () => {
    store([key])
    expect(open().get(key)?.head).toStrictEqual(head)
    expect(open().get(key)?.body?.()).toStrictEqual(facts)
    expect(open().get(keyOf('0'))).toBeUndefined()
  })

  it('keys by language and text, not by place', () => {
    expect(factsKey('x/b.mts', text)).toBe(key)
    expect(factsKey('a.tsx', text)).not.toBe(key)
    expect(factsKey('a.js', text)).toBe(factsKey('a.cjs', text))
    expect(factsKey('a.ts', `${text} `)).not.toBe(key)
  })

  it('is empty for another version or another project', () => {
    store([key])
    expect(open({ salt: cacheSalt('1.0.1') }).get(key)).toBeUndefined()
    expect(open({ project: '/elsewhere' }).get(key)).toBeUndefined()
  })

  it('writes only when something is new, and leaves no temporary file', () => {
    store([key])
    writeFileSync(pack(), readFileSync(pack()))
    const before = readFileSync(pack())
    const cache = open()
    cache.get(key)
    writeFileSync(pack(), 'untouched')
    cache.close()
    expect(readFileSync(pack(), 'utf8')).toBe('untouched')
    expect(before.length).toBeGreaterThan(0)
    expect(readdirSync(dir)).toHaveLength(1)
  })

  it('keeps unused entries while there is room, then drops them', () => {
    store([keyOf('a'), keyOf('b')])
    store([keyOf('c')])
    expect(['a', 'b', 'c'].filter(name => open().get(keyOf(name)) !== undefined)).toEqual(['a', 'b', 'c'])
    store([keyOf('d')], { maxBytes: 1.5 * (JSON.stringify(facts).length + 60) })
    expect(['a', 'b', 'c', 'd'].filter(name => open().get(keyOf(name)) !== undefined)).toEqual(['d'])
  })

  it('keeps the head of a file that nobody read', () => {
    const cache = open()
    cache.set(key, head)
    cache.close()
    expect(open().get(key)).toStrictEqual({ head })
    const again = open()
    again.set(key, head, facts)
    again.close()
    expect(open().get(key)?.body?.()).toStrictEqual(facts)
  })

  it('reads facts once, when more than the head is asked for', () => {
    let reads = 0
    const lazy = factsOnDemand(head, () => { reads++; return facts })
    expect([lazy.specifiers, lazy.lines, lazy.comments, lazy.unread, reads]).toEqual([[], 1, [], true, 0])
    expect([lazy.functions, lazy.bindings]).toEqual([facts.functions, facts.bindings])
    expect([lazy.unread, reads]).toEqual([false, 1])
  })

  it('takes damage for a miss', () => {
    store([keyOf('a'), keyOf('b')])
    const bytes = readFileSync(pack())
    bytes[bytes.indexOf('"n":"a"') + 5] = 0x62
    writeFileSync(pack(), bytes)
    expect(open().get(keyOf('a'))).toBeUndefined()
    expect(open().get(keyOf('b'))?.body?.()).toStrictEqual(facts)
    writeFileSync(pack(), bytes.subarray(0, bytes.length - 10))
    expect(open().get(keyOf('b'))).toBeUndefined()
    for (const garbage of ['', '\n', `${salt}\nx\n\n`, '\0\0\0']) {
      writeFileSync(pack(), garbage)
      expect(open().get(key)).toBeUndefined()
    }
    store([key])
    expect(open().get(key)?.body?.()).toStrictEqual(facts)
  })

  it('is no cache where the folder cannot be used', () => {
    const file = join(dir, 'file')
    writeFileSync(file, '')
    const cache = open({ dir: join(file, 'below') })
    cache.set(key, head, facts)
    expect(() => { cache.close() }).not.toThrow()
    expect(open({ dir: join(file, 'below') }).get(key)).toBeUndefined()
  })
})
