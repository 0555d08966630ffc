import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const base = fileURLToPath(new URL('..', import.meta.url))
const programs = join(base, 'fixtures/entries')
const SOURCE = /\.([cm]?[jt]sx?|vue|svelte|astro)$/

const filesBelow = (dir: string): string[] => readdirSync(dir).flatMap((name) => (statSync(join(dir, name)).isDirectory() ? filesBelow(join(dir, name)) : [join(dir, name)]))

/** Rows of the table of frameworks: what, which program, which entry. */
const rows = readFileSync(join(base, 'docs/entries.md'), 'utf8').split('## Every framework and form of wiring')[1]?.split('\n## ')[0]
  ?.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| framework')).map((line) => line.split('|').slice(1, 4).map((cell) => cell.trim()) as [string, string, string]) ?? []

const symbolsIn = (dir: string): string[] => filesBelow(dir).flatMap((file) => readFileSync(file, 'utf8').split('\n').flatMap((line) => / entry (.+?)(?: -->)?$/.exec(line)?.[1]?.split(' ; ') ?? []))

describe('every framework has a program with routes across files', () => {
  it('lists them', () => expect(rows.length).toBeGreaterThan(70))

  it.each(rows)('%s', (_, program, entry) => {
    const dir = join(programs, program)
    expect(existsSync(dir), dir).toBe(true)
    expect(filesBelow(dir).filter((file) => SOURCE.test(file)).length).toBeGreaterThan(1)
    expect(symbolsIn(dir).some((symbol) => symbol === entry || symbol.startsWith(`${entry} `)), `${entry} in ${program}`).toBe(true)
  })

  it('leaves no program out', () => {
    const listed = new Set(rows.map(([, program]) => program))
    const all = readdirSync(programs).flatMap((framework) => readdirSync(join(programs, framework)).map((name) => `${framework}/${name}`))
    expect(all.filter((program) => !listed.has(program))).toEqual([])
  })
})
