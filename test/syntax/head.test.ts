import { describe, expect, it } from 'vitest'
import { extractHead } from '../../src/syntax/index.js'

const head = (text: string, path = 'a.ts') => extractHead(path, text)

describe('heads of files', () => {
  it('names what a file imports in any way, and nothing that comments or texts say', () => {
    const text = `// import a from 'commented'
/* require('commented') */
import b from 'b'
import * as c from "c"
import 'd'
export { e } from 'e'
export * from 'f'
const g = require('g'), h = import('h'), text = "import x from 'quoted'"
const tpl = \`require('inside')\`
export * as n from 'i'
function late() { return require('./late') }
${'const filler = 1\n'.repeat(100)}`
    expect(head(text, 'a.js').specifiers).toEqual(['b', 'c', 'd', 'e', 'f', 'g', 'h', './late', 'i'])
  })

  it('tells imports of types from those of values', () => {
    const of = head(`import type { A } from 'a'
import { type B, c } from 'b'
export type { D } from 'd'
import type E from 'both'
import { e } from 'both'
type from = 'x'`)
    expect(of.specifiers).toEqual(['a', 'b', 'd', 'both'])
    expect(of.typeSpecifiers).toEqual(['a', 'd'])
  })

  it('finds the last specifier behind comments, brackets and line breaks', () => {
    const of = head(`import a from 'a'\nconst b = 1\nrequire(\n  /* here */ // there\n  'c')\ndeclare module 'd' { }\nconst from = require, e = 'import'`)
    expect(of.specifiers).toEqual(['a', 'c', 'd'])
    expect(head(`import('x')${'/* from */ '.repeat(20000)}`).specifiers).toEqual(['x'])
    expect(head(`${'from\n'.repeat(20000)}import 'y'`).specifiers).toEqual(['y'])
  })

  it('reads directives before the first statement alone', () => {
    expect(head(`#!/usr/bin/env node\n/* licence */\n// note\n'use strict'; "use client"\nimport 'x'\n'late'`).directives).toEqual(['use strict', 'use client'])
    expect(head(`'a'.length\n'use client'`).directives).toEqual([])
    expect(head(`'a' +\n'b'`).directives).toEqual([])
  })

  it('reads past long beginnings of comments in no time', () => {
    expect(head(`${'/* a */ // b\n\n'.repeat(5000)}'use client'\n${'\n'.repeat(5000)}export * as x from 'x'`)).toMatchObject({ directives: ['use client'], specifiers: ['x'] })
  })

  it('reads the scripts of component files', () => {
    expect(head(`<template>import 'no'</template>\n<script setup lang="ts">\nimport { ref } from 'vue'\n</script>`, 'a.vue')).toMatchObject({ specifiers: ['vue'], lines: 4 })
  })

  it('says whether comments may speak to the tool', () => {
    expect(head('// stateless-audit-ignore x: y').speaks).toBe(1)
    expect('speaks' in head('// nothing')).toBe(false)
  })
})
