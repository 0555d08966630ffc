/** A half-open span of offsets (UTF-16 code units) in one file. `file` is relative to the audited root, with `/`. */
export interface Site {
  readonly file: string
  readonly start: number
  readonly end: number
}

/** Order of files, then of places in them. */
export const bySite = (a: Site, b: Site): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start)

/** 1-based line of an offset. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** A place for people: 1-based lines and columns, `endColumn` exclusive. */
export interface Location {
  file: string
  line: number
  column: number
  endLine: number
  endColumn: number
}
