import { describe, expect, it } from 'vitest'
import { parseHcl, walkHcl } from '../../src/deploy/lex/hcl.js'
import { wordLines } from '../../src/deploy/lex/lines.js'
import { parseNginx, walkNginx } from '../../src/deploy/lex/nginx.js'
import { blankTemplate } from '../../src/deploy/lex/template.js'
import { parseToml } from '../../src/deploy/lex/toml.js'
import { parseYaml } from '../../src/deploy/lex/yaml.js'
import { entryAt, itemsAt, textAt, valueAt } from '../../src/deploy/tree.js'

/** `2:5` of an offset. */
function place(text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

describe('nginx', () => {
  it('keeps names, arguments, blocks and places', () => {
    const text = 'http {\n  # upstream x { }\n  upstream a { hash "$remote_addr;{" consistent; }\n}\n'
    const found = [...walkNginx(parseNginx(text).directives)].map(({ directive, holders }) => `${'.'.repeat(holders.length)}${directive.name} ${place(text, directive.start)}-${place(text, directive.end)}`)
    expect(found).toEqual(['http 1:1-1:5', '.upstream 3:3-3:13', '..hash 3:16-3:48'])
    const hash = parseNginx(text).directives[0]?.block?.[0]?.block?.[0]
    expect(hash?.args.map((arg) => arg.text)).toEqual(['$remote_addr;{', 'consistent'])
  })

  it('names what is unbalanced and keeps the rest', () => {
    const { directives, errors } = parseNginx('a 1;\n}\nb { c 2;')
    expect(errors.map((error) => error.message)).toEqual(['unexpected }', 'missing }'])
    expect(directives.map((directive) => directive.name)).toEqual(['a', 'b'])
  })
})

describe('HCL', () => {
  it('keeps blocks, labels, attributes and places', () => {
    const text = 'resource "aws_lb" "a" {\n  x = [\n    1,\n  ]\n  y = "v${f("q")}" # c\n  inner { z = true }\n  doc = <<EOT\nq { =\nEOT\n}\n'
    const { root, errors } = parseHcl(text)
    expect(errors).toEqual([])
    const found = [...walkHcl(root)].map(({ block }) => [block.type, block.labels.join(), place(text, block.start), block.attributes.map((row) => `${row.name}@${place(text, row.start)}`).join()])
    expect(found).toEqual([['resource', 'aws_lb,a', '1:1', 'x@2:3,y@5:3,doc@7:3'], ['inner', '', '6:3', 'z@6:11']])
    expect(root.blocks[0]?.attributes[1]?.value).toBe('"v${f("q")}"')
  })

  it('goes on after what it does not know', () => {
    const { root, errors } = parseHcl('???\nresource "a" "b" { c = 1 }\n}')
    expect(errors).toHaveLength(2)
    expect(root.blocks[0]?.attributes[0]?.value).toBe('1')
  })
})

describe('TOML', () => {
  it('keeps tables, arrays of tables, inline values and places', () => {
    const text = 'a = 1 # c\n[x.y]\nb = "q#"\n[[s]]\nl = [ "p",\n  "q" ]\n  [[s.t]]\n  i = { k = true }\n[[s]]\nd."e f" = \'z\'\n'
    const { root, errors } = parseToml(text)
    expect(errors).toEqual([])
    expect([textAt(root, 'a'), textAt(root, 'x', 'y', 'b')]).toEqual(['1', 'q#'])
    const [first, second] = itemsAt(root, 's')
    expect(itemsAt(first, 'l').map((item) => textAt(item))).toEqual(['p', 'q'])
    expect(textAt(itemsAt(first, 't')[0], 'i', 'k')).toBe('true')
    expect(textAt(second, 'd', 'e f')).toBe('z')
    expect(place(text, entryAt(root, 'x', 'y', 'b')?.start ?? 0)).toBe('3:1')
    expect(place(text, second?.start ?? 0)).toBe('9:1')
  })

  it('names a bad line and goes on', () => {
    const { root, errors } = parseToml('a\nb = 2\n')
    expect(errors).toHaveLength(1)
    expect(textAt(root, 'b')).toBe('2')
  })
})

describe('YAML', () => {
  it('keeps places through anchors, merges, tags and documents', () => {
    const text = 'a: &x\n  k: 1\n  l: 2\nb:\n  <<: *x\n  l: !Sub 3\n---\nc: [true]\n'
    const { documents, errors } = parseYaml(text)
    expect(errors).toEqual([])
    expect([textAt(documents[0], 'b', 'k'), textAt(documents[0], 'b', 'l')]).toEqual(['1', '3'])
    expect(place(text, entryAt(documents[0], 'b', 'k')?.start ?? 0)).toBe('2:3')
    expect(place(text, entryAt(documents[1], 'c')?.start ?? 0)).toBe('8:1')
  })

  it('shares the tree of an alias, so that nested aliases stay small', () => {
    const bomb = ['a0: &a0 [x]', ...Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)].join('\n')
    expect(valueAt(parseYaml(bomb).documents[0], 'a40')?.kind).toBe('list')
  })
})

describe('lines and templates', () => {
  it('splits words with their places; comments end a line', () => {
    const text = 'a  "b c" # d\n\n  e\n'
    expect(wordLines(text).map((line) => line.words.map((word) => `${word.text}@${place(text, word.start)}`))).toEqual([['a@1:1', 'b c@1:4'], ['e@3:3']])
  })

  it('blanks actions and keeps every offset', () => {
    const text = '{{- if .a }}\nname: {{ .b }}-x\n{{/* two\nlines */}}\nkey: v'
    const blank = blankTemplate(text)
    expect(blank.length).toBe(text.length)
    expect(blank.split('\n').map((line) => line.trim())).toEqual(['', 'name: ________-x', '', '', 'key: v'])
  })
})
