import { describe, expect, it } from 'vitest'
import { exitCode, type ExitOptions } from '../../src/engine/exit.js'
import { globMatcher } from '../../src/engine/globs.js'
import { locator } from '../../src/engine/locate.js'
import { CACHE, sample, STICKY } from '../report/sample.js'

const OPTIONS: ExitOptions = { failOn: 'error', minConfidence: 'medium' }

describe('exit codes', () => {
  const coverage = sample().coverage
  it('1 for findings at or above the threshold, 0 otherwise', () => {
    expect(exitCode(sample(), OPTIONS)).toBe(1)
    expect(exitCode(sample({ findings: [STICKY] }), OPTIONS)).toBe(0)
    expect(exitCode(sample({ findings: [STICKY] }), { ...OPTIONS, failOn: 'warning' })).toBe(1)
    expect(exitCode(sample(), { ...OPTIONS, failOn: 'never' })).toBe(0)
  })

  it('findings below the confidence do not count', () => {
    expect(exitCode(sample({ findings: [CACHE] }), { ...OPTIONS, failOn: 'info' })).toBe(0)
    expect(exitCode(sample({ findings: [CACHE] }), { failOn: 'info', minConfidence: 'low' })).toBe(1)
  })

  it('max-warnings and gates fail a run on their own', () => {
    const warned = sample({ findings: [STICKY] })
    expect(exitCode(warned, { ...OPTIONS, failOn: 'never', maxWarnings: 0 })).toBe(1)
    expect(exitCode(warned, { ...OPTIONS, maxWarnings: 1 })).toBe(0)
    expect(exitCode(warned, { ...OPTIONS, gate: { scaling: 'pass' } })).toBe(1)
    expect(exitCode(warned, { ...OPTIONS, gate: { scaling: 'review', context: 'pass', auth: 'pass' } })).toBe(0)
    expect(exitCode(warned, { ...OPTIONS, gate: { session: 'review' } })).toBe(1)
  })

  it('2 before 3 before 1', () => {
    expect(exitCode(sample({ complete: false, coverage: { ...coverage, files: 0 } }), OPTIONS)).toBe(2)
    expect(exitCode(sample({ coverage: { ...coverage, files: 0, parsed: 0 } }), OPTIONS)).toBe(3)
    expect(exitCode(sample({ coverage: { ...coverage, files: 4, parsed: 0 } }), OPTIONS)).toBe(2)
    expect(exitCode(sample({ findings: [] }), { ...OPTIONS, strict: true })).toBe(2)
    expect(exitCode(sample({ findings: [], notices: [], coverage: { ...coverage, parsed: coverage.files } }), { ...OPTIONS, strict: true })).toBe(0)
  })
})

describe('places', () => {
  const text = 'ab\r\ncd\nef\rgh'
  const reads: string[] = []
  const locate = locator((file) => {
    reads.push(file)
    return text
  })
  const at = (start: number, end: number) => {
    const { line, column, endLine, endColumn } = locate({ file: 'a.ts', start, end })
    return [line, column, endLine, endColumn]
  }

  it('knows LF, CR LF and CR, and reads a file once', () => {
    expect(at(0, 2)).toEqual([1, 1, 1, 3])
    expect(at(text.indexOf('cd'), text.indexOf('cd') + 2)).toEqual([2, 1, 2, 3])
    expect(at(text.indexOf('d'), text.indexOf('f'))).toEqual([2, 2, 3, 2])
    expect(at(text.indexOf('h'), text.length)).toEqual([4, 2, 4, 3])
    expect(reads).toEqual(['a.ts'])
  })

  it('stays inside of the file', () => {
    expect(at(-3, 999)).toEqual([1, 1, 4, 3])
    expect(locator(() => '')({ file: 'empty.ts', start: 0, end: 5 })).toEqual({ file: 'empty.ts', line: 1, column: 1, endLine: 1, endColumn: 1 })
  })
})

describe('globs', () => {
  it('are anchored at the root, know braces and exceptions, and take folders whole', () => {
    const matches = globMatcher(['src/{game,rooms}/**', './lib', '*.mjs', '!src/game/lobby.ts'])
    expect(['src/game/a.ts', 'src/rooms/x/y.ts', 'lib/deep/z.ts', 'top.mjs'].map(matches)).toEqual([true, true, true, true])
    expect(['src/game/lobby.ts', 'other/lib/z.ts', 'deep/top.mjs', 'src/gameplay.ts'].map(matches)).toEqual([false, false, false, false])
    expect(globMatcher(['**/*.gen.ts'])('a/b/c.gen.ts')).toBe(true)
    expect(globMatcher(['**'])('a/b.ts')).toBe(true)
  })
})
