import { describe, expect, it } from 'vitest'
import { frame } from '../../src/report/frame.js'
import { render } from '../../src/report/index.js'
import type { RenderOptions } from '../../src/report/options.js'
import { CACHE, OPTIONS, ORDER, sample, SESSION, STICKY } from './sample.js'

const show = (options: Partial<RenderOptions> = {}, report = sample()) => render('terminal', report, { ...OPTIONS, ...options })
const lines = async (options: Partial<RenderOptions> = {}, report = sample()) => (await show(options, report)).split('\n')
const NO_PAINT = { dim: (text: string) => text, primary: (text: string) => text, secondary: (text: string) => text }

describe('terminal', () => {
  it('starts with the checklist, with verdicts that need no colour and no score', async () => {
    const text = await show()
    const head = text.slice(0, text.indexOf('──'))
    for (const mark of ['✔ pass', '✖ fail', '? review', '– n/a', '4 of 5 checks passed · in-memory-session: sessions']) expect(head).toContain(mark)
    expect(head).not.toMatch(/\d%|score/i)
  })

  it('puts the worst last, before evidence, coverage, notices and the summary', async () => {
    const text = await show()
    const order = ['sticky-routing · high', 'non-idempotent-post · medium', 'in-memory-session · high', '\nEvidence', '\nCoverage', '\nNotices', '✖ 2 errors'].map((part) => text.lastIndexOf(part))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order).not.toContain(-1)
    expect(text.trimEnd().split('\n').at(-1)).toBe('✖ 2 errors, 1 warning, 1 info in 120 files')
  })

  it('shows declaration and write, the way, the fix, the link and the causes', async () => {
    const text = await show()
    expect(text).toMatch(/3 │ export const sessions = .*\n +│ +\^{8} sessions/)
    expect(text).toMatch(/6 │ {3}sessions\.set\(token.*\n +│ {3}~{12} sessions\.set/)
    expect(text).toMatch(/way +POST \/login +src\/routes\/login\.ts:5:1\n +→ remember +src\/routes\/login\.ts:7:3/)
    for (const part of ['causes payment-without-key', 'fix    keep sessions', '`stateless-audit explain in-memory-session`']) expect(text).toContain(part)
  })

  it.each([80, 120])('keeps to %i columns', async (width) => {
    for (const verbose of [false, true]) expect((await lines({ width, verbose })).filter((line) => line.length > width)).toEqual([])
  })

  it('paints nothing without colour and links nothing without links', async () => {
    expect(await show()).not.toContain('\u001b')
    expect(await show({ color: true })).toContain('\u001b[31m')
    const linked = await show({ links: true })
    expect(linked).toContain('\u001b]8;;https://example.org/stateless-audit/rules/in-memory-session\u0007')
    expect(linked).not.toContain('\nRules\n')
    const own = sample({ findings: [{ ...SESSION, docs: 'https://unpkg.com/stateless-audit@1.2.3/docs/rules/in-memory-session.md' }] })
    expect(await show({ links: true, docsBase: 'file:///package/' }, own)).toContain('\u001b]8;;file:///package/docs/rules/in-memory-session.md\u0007')
    expect(await show({ links: true, docsBase: 'javascript:' }, own)).not.toContain('\u001b]')
    const twice = sample({ findings: [...own.findings, ...own.findings.map((finding) => ({ ...finding, symbol: 'again' }))] })
    expect((await show({}, twice)).split('\n').filter((line) => line.includes('http'))).toEqual(['  https://unpkg.com/stateless-audit@1.2.3/docs/rules/in-memory-session.md'])
  })

  it('is the same text with and without colour', async () => {
    // eslint-disable-next-line no-control-regex
    expect((await show({ color: true })).replace(/\u001b\[\d+m/g, '')).toBe(await show())
  })

  it('folds infos to a few lines, and shows them in full when verbose', async () => {
    const folded = await show()
    expect(folded).toMatch(/info process-cache · 1 finding\n {4}prices is a cache[^─]*\(src\/prices\.ts:1:7\)\n/)
    expect(folded).not.toContain('prices.set')
    const text = await show({ verbose: true, width: 120 })
    expect(text).toContain('fix    give the entries a short life')
    expect(text).toContain('process-cache rates at src/prices.ts:1: suppressed by comment: rates never change')
    expect(text).toContain('src/routes/orders.ts:4:24 requireUser')
  })

  it('shows the worst ten in full, three of a rule at most, 50 in all, and says how many more', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ ...STICKY, location: { ...STICKY.location, line: index + 1 } }))
    const report = sample({ findings: [...many, SESSION] })
    const text = await show({}, report)
    expect(text.match(/sticky-routing · high/g)).toHaveLength(3)
    expect(text).toContain('warning sticky-routing · 46 findings')
    expect(text.match(/fix {4}remove the affinity/g)).toHaveLength(4)
    expect(text).toContain('in-memory-session · high')
    expect(text).toContain('11 more not shown; --verbose shows all')
    expect((await show({}, sample({ findings: [...many, SESSION], baselined: [] }))).replace(/\s+/g, ' ')).toContain('`stateless-audit baseline write` accepts')
    expect((await show({ verbose: true }, report)).match(/sticky-routing · high/g)).toHaveLength(60)
  })

  it('a folded finding with a fix of its own keeps it', async () => {
    const two = [{ ...CACHE, fix: 'one' }, { ...CACHE, fix: 'two', location: { ...CACHE.location, line: 9 } }]
    expect(await show({}, sample({ findings: two }))).toMatch(/fix +two[\s\S]*fix +one/)
  })

  it('quiet: verdicts and what fails the run, no more', async () => {
    const text = await show({ quiet: true })
    expect(text).not.toMatch(/sticky-routing|process-cache|Coverage|Evidence|Notices/)
    expect(text).toContain('in-memory-session')
    expect(await show({ quiet: true, failOn: 'never' })).not.toContain('in-memory-session')
  })

  it('audited code cannot steer the screen', async () => {
    const evil = { ...SESSION, symbol: '\u001b[2J', message: 'a\u0007b\u202e', trace: [], location: { ...SESSION.location, file: 'src/\u001b]0;x.ts' } }
    const sources = new Map([[evil.location.file, 'a\nb\nexport const \u001b[31m = 1']])
    // eslint-disable-next-line no-control-regex
    expect(await show({ verbose: true }, sample({ findings: [evil], sources }))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })

  it('says so when nothing was found and when the run is not complete', async () => {
    expect(await show({}, sample({ findings: [] }))).toContain('✔ no findings in 120 files (1 suppressed, 1 baselined, 1 stateful by design)')
    expect(await show({}, sample({ complete: false }))).toContain('the run is not complete')
  })
})

describe('code frames', () => {
  it('show places in different files, the own first, and join near lines', () => {
    const end = SESSION.trace.at(-1)
    const marks = [{ location: CACHE.location, label: 'here', primary: true }, { location: ORDER.location, label: 'there', primary: false }, ...(end ? [{ location: end.location, label: 'write', primary: false }] : [])]
    expect(frame(marks, sample().sources, 76, NO_PAINT)).toEqual([
      '    ┌ src/prices.ts',
      '  1 │ const prices = new Map<string, number>()',
      '    │       ^^^^^^ here',
      '    ┌ src/routes/orders.ts',
      "  4 │ orders.post('/orders', requireUser, async (req, res) => {",
      '    │ ~~~~~~~~~~~~~~~~~~~~~ there',
      '    ┌ src/sessions/store.ts',
      '  6 │   sessions.set(token, { user, seen: Date.now() })',
      '    │   ~~~~~~~~~~~~ write',
    ])
  })

  it('put a label where it fits whole: right of the mark, left of it, or below', () => {
    const at = (column: number, length: number) => ({ file: 'a.ts', line: 1, column, endLine: 1, endColumn: column + length })
    const drawn = (column: number, length: number, label: string) => frame([{ location: at(column, length), label, primary: true }], new Map([['a.ts', 'x'.repeat(40)]]), 46, NO_PAINT).slice(2)
    expect(drawn(3, 4, 'short')).toEqual(['    │   ^^^^ short'])
    expect(drawn(30, 4, 'deletes the row')).toEqual(['    │              deletes the row ^^^^'])
    expect(drawn(12, 8, 'writes what all the others read')).toEqual(['    │            ^^^^^^^^', '    │          writes what all the others read'])
    expect(drawn(12, 8, 'x'.repeat(60))[1]).toBe(`    │ ${'x'.repeat(39)}…`)
  })

  it('cut long lines around the mark, and miss nothing on lines that are not there', () => {
    const text = `${'x'.repeat(300)}MARK${'y'.repeat(300)}`
    const location = { file: 'a.ts', line: 1, column: 301, endLine: 1, endColumn: 305 }
    const [, code = '', carets = ''] = frame([{ location, label: 'm', primary: true }], new Map([['a.ts', text]]), 60, NO_PAINT)
    expect(code.length).toBeLessThanOrEqual(60)
    expect(code.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('MARK')
    expect(frame([{ location: { ...location, line: 9 }, label: '', primary: true }], new Map([['a.ts', text]]), 60, NO_PAINT)).toEqual([])
    expect(frame([{ location, label: '', primary: true }], new Map(), 60, NO_PAINT)).toEqual([])
  })
})
