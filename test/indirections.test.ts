import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const rows = readFileSync(new URL('../docs/indirections.md', import.meta.url), 'utf8').split('\n').filter((line) => line.startsWith('| ')).slice(1).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))

/** The lines of a fixture that hold a text. */
const linesOf = (cell: string): string[] => {
  const [file = '', text = ''] = cell.replace(/^missing: /, '').split(' · ')
  return readFileSync(new URL(`../fixtures/rules/module-mutable-state/${file}`, import.meta.url), 'utf8').split('\n').filter((line) => line.includes(text))
}

it.each(rows)('%s: a fixture that fires and one that does not', (_name, fires = '', silent = '') => {
  const expected = fires.startsWith('missing: ') ? '// missing ' : '// want '
  expect(linesOf(fires).some((line) => line.includes(expected)), `${fires} carries an expectation`).toBe(true)
  expect(linesOf(silent).length, `${silent} is there`).toBeGreaterThan(0)
  expect(linesOf(silent).some((line) => /\/\/ (want|missing|spurious) /.test(line)), `${silent} carries none`).toBe(false)
})
