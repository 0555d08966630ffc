import { describe, expect, it } from 'vitest'
import { conventions, entryRows } from '../../src/catalog/entries/index.js'
import type { CatalogRow } from '../../src/model/catalog.js'

const accessPath = /^(?:@[\w.-]+\/)?[\w.:@/#$-]+?#[\w$@*<>-]+(?:\(register\))?(?:\.[\w$*-]+|\.\[\]|\(\))*(?:\(register\))?$/
const option = /^(?:this|last|made\.\d+|\d+)(?:\.\.)?(?:\.[\w$-]+|\.@built(?=\[=)|\.@\d|\.\{@\}|\[(?:=\d+|\w+=\d+\|\w+)?\]|\{(?:!?[\w,*]+)?\}|\(\))*$/
const pathsOf = (row: CatalogRow): string[] => (Array.isArray(row.path) ? row.path : [row.path])
const argumentsOf = (row: CatalogRow): string[] => [
  ...(row.entry?.handlers ?? []), row.entry?.path, row.entry?.methodFrom, row.entry?.onlyWhen?.arg, row.prefix, row.mount?.path, ...(row.mount?.children ?? []), row.loads?.dir,
  ...(row.run ?? []).flatMap(callback => [callback.fn, callback.onlyWhen?.arg]), row.component?.scopeFrom?.arg, row.access?.key, row.access?.value,
  ...(row.returns?.startsWith('arg:') ? [row.returns.slice(4)] : []),
].filter(path => path !== undefined)

const rowsAt = new Map<string, CatalogRow[]>()
for (const row of entryRows) for (const path of pathsOf(row)) rowsAt.set(path, [...(rowsAt.get(path) ?? []), row])

describe('rows of entries', () => {
  it('have well-formed access paths', () => {
    const paths = entryRows.flatMap(row => [...pathsOf(row), ...(row.entry?.params ?? []), ...(row.mount?.params ?? []), ...(row.run ?? []).flatMap(callback => callback.params ?? [])])
    const wrong = paths.filter(path => path !== '' && path !== 'this' && path !== 'element' && path !== 'result' && !path.startsWith('arg:') && !accessPath.test(path))
    expect(wrong).toEqual([])
  })

  it('have well-formed argument paths', () => {
    const wrong = entryRows.flatMap(argumentsOf).filter(path => !path.split('~').every(part => option.test(part)))
    expect(wrong).toEqual([])
  })

  it('never name a member of a default export, which is an export', () => {
    expect([...rowsAt.keys()].filter(path => /#default\.(?!new\b)/.test(path))).toEqual([])
  })

  it('agree on what one path yields', () => {
    const unlike = [...rowsAt].filter(([, rows]) => new Set(rows.flatMap(row => row.returns ?? [])).size > 1).map(([path]) => path)
    expect(unlike).toEqual([])
  })

  it('agree on whose a value is', () => {
    const unlike = [...rowsAt].filter(([, rows]) => new Set(rows.flatMap(row => row.owned ?? [])).size > 1 || new Set(rows.flatMap(row => row.identity ?? [])).size > 1).map(([path]) => path)
    expect(unlike).toEqual([])
  })

  it('follow aliases to an end', () => {
    const endless = [...rowsAt.keys()].filter((start) => {
      let path = start
      for (let hops = 0; hops < 5; hops++) {
        const next = rowsAt.get(path)?.find(row => row.returns?.includes('#') && (path.endsWith('.new') || path.endsWith(')') || row.property))?.returns
        if (next === undefined) return false
        path = next
      }
      return true
    })
    expect(endless).toEqual([])
  })

  it('say what they know: every row has a facet', () => {
    expect(entryRows.filter(row => Object.keys(row).length < 2)).toEqual([])
  })
})

describe('conventions', () => {
  it('name packages, files and exports', () => {
    expect(conventions.filter(row => row.packages.length === 0 || row.files.length === 0 || Object.keys(row.exports).length === 0)).toEqual([])
  })

  it('name exports well', () => {
    const names = conventions.flatMap(row => Object.keys(row.exports))
    expect(names.filter(name => !/^(?:\*|<body>|<classes>|<operations>|[\w$]+(?:\.[\w$]+|\{\}|\[\]|\(\))*)$/.test(name))).toEqual([])
  })
})
