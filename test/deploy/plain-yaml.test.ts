import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainYaml } from '../../src/deploy/lex/plain-yaml.js'
import { parseYaml } from '../../src/deploy/lex/yaml.js'
import type { Tree } from '../../src/deploy/tree.js'

const COMPOSE = `# what runs
version: "3.8"
services:
  api: # ours
    build: .
    image: 'a/b:1.2'
    command: ["node", 'x.js', -v, 3]
    ports:
    - "3000:3000"
    - 5432:5432
    environment:
      - URL=redis://cache:6379/0#x
      - name: A
        value: 012
      -
        name: B
    deploy: {}
    empty:
    scale: 1.50   # twice
  db-1:
    privileged: True
    restart: null

volumes:
  data:
---
- a: -no
`

const JSON_TEXT = '\n{ "env": { "A": { "value": "1", "required": true } },\n  "list": [ 1, -2.5, null, {} ],\n  "x": []\n}\n'

/** As readers see it: a place is cut at the end of its first line. */
function seen(tree: Tree, text: string): unknown {
  if (tree.kind === 'scalar') return [tree.value, tree.start, tree.end]
  const lineEnd = text.indexOf('\n', tree.start)
  const span = [tree.start, Math.min(tree.end, lineEnd < 0 ? text.length : lineEnd)]
  return tree.kind === 'list' ? [...span, tree.items.map((item) => seen(item, text))] : [...span, tree.entries.map((entry) => [entry.key, entry.start, entry.end, seen(entry.value, text)])]
}

/** Whether the text is plain, after a comparison with the library. */
function compared(text: string): boolean {
  const plain = plainYaml(text)
  if (!plain) return false
  const { documents, errors } = parseYaml(text)
  expect(errors, text).toEqual([])
  expect(plain.map((tree) => seen(tree, text)), text).toEqual(documents.map((tree) => seen(tree, text)))
  return true
}

describe('plain YAML', () => {
  it('is read as the library reads it', () => {
    for (const text of [COMPOSE, JSON_TEXT, '---\na: b\n', 'a:\n  - - x\n    - y: 1\n']) expect(compared(text), text).toBe(true)
  })

  it('leaves the rest to the library', () => {
    for (const value of ['&x 1', '*x', '!Ref x', '|\n  b', '>\n  b', '"a\\n"', "'it''s'", '0x1f', '1e3', '.inf', 'b\n  c', 'b: c', '- b', '{ b }', '[a, b', '[a,]', '"b" c', '@b', '%b', 'b\n c: d', '"b\n  c"']) expect(plainYaml(`a: ${value}\n`), value).toBeUndefined()
    for (const text of ['a: 1\r\n', 'a:\t1\n', '<<: *x\n', '1: a\n', 'true: a\n', '? a\n', 'a\n', '', '%YAML 1.2\n---\na: b\n', 'a: b\n...\n', '  a: b\nc: d\n', '- a\nb: c\n', 'a: b\n- c\n', '{ "a": 1 } x', '{ "a":\n\n---\n}\n', '[ 1,\n...\n]\n', '{ "a" }', '[1 2', '['.repeat(50_000)]) expect(plainYaml(text), text.slice(0, 20)).toBeUndefined()
  })

  it('reads the YAML of the fixtures as the library does', () => {
    const texts = readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter((file) => /\.ya?ml$/.test(file)).map((file) => readFileSync(`fixtures/${file}`, 'utf8'))
    expect(texts.map(compared).filter(Boolean).length).toBeGreaterThan(texts.length / 2)
  })

  it('reads damaged texts as the library does, or not at all', () => {
    const sign = fc.constantFrom(' ', '  ', '\n', ':', ': ', '- ', '-', '#', ' #', '"', "'", '[', ']', '{', '}', ',', '|', '&a ', '*a', '!', '? ', '0', '~', '\n\n', '---\n', '...', '%', '@', '\n- ', '\n  x: y\n', 'null')
    const damage = fc.tuple(fc.nat(), fc.nat(3), sign)
    fc.assert(fc.property(fc.constantFrom(COMPOSE, JSON_TEXT), fc.array(damage, { minLength: 1, maxLength: 4 }), (text, damages) => {
      compared(damages.reduce<string>((before, [at, cut, put]) => before.slice(0, at % before.length) + put + before.slice((at % before.length) + cut), text))
    }), { numRuns: 1500 })
  })
})
