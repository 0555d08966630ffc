import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rules } from '../rules/index.js'
import { generated, registryText } from '../scripts/generate.js'

describe('what is generated is fresh (npm run generate)', () => {
  it('rules/index.ts lists every rule', () => {
    expect(readFileSync('rules/index.ts', 'utf8')).toBe(registryText())
  })

  it.each([...generated(rules)])('%s', (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('docs/rules has no page of a rule that is gone', () => {
    const pages = readdirSync('docs/rules').filter((name) => name !== 'README.md').sort()
    expect(pages).toEqual(rules.map((rule) => `${rule.id}.md`).sort())
  })
})
