import type { Location } from '../model/site.js'
import { clean } from './text.js'

export interface Mark {
  location: Location
  label: string
  /** The place of the finding itself; others belong to its story. */
  primary: boolean
}

export interface FramePaint {
  dim(text: string): string
  primary(text: string): string
  secondary(text: string): string
}

const TAB = '  '
/** Marked lines this near to each other are shown with what is between them. */
const BRIDGE = 3

interface Line {
  number: number
  text: string
  marks: Mark[]
}

function expand(text: string): string {
  return clean(text.replaceAll('\t', TAB))
}

/** Lines to show of one file; `undefined` stands for a jump. */
function linesOf(marks: Mark[], text: string): (Line | undefined)[] {
  const source = text.split(/\r\n|\n|\r/)
  const wanted = [...new Set(marks.map(({ location }) => location.line))].sort((a, b) => a - b).filter((line) => line <= source.length)
  const lines: (Line | undefined)[] = []
  let last: number | undefined
  for (const number of wanted) {
    const near = last !== undefined && number - last <= BRIDGE
    if (last !== undefined && !near && number > last + 1) lines.push(undefined)
    for (let between = near && last !== undefined ? last + 1 : number; between <= number; between++) {
      const at = marks.filter(({ location }) => location.line === between).sort((a, b) => b.location.column - a.location.column)
      lines.push({ number: between, text: source[between - 1] ?? '', marks: at })
    }
    last = number
  }
  return lines
}

/** Where a long line is cut so that its first mark stays visible. */
function windowOf({ text, marks }: Line, room: number): { shown: string; shift: number } {
  const full = expand(text)
  const column = marks.length > 0 ? Math.min(...marks.map((mark) => columnsBefore(text, mark.location.column))) : 0
  const indent = full.length - full.trimStart().length
  if (full.length <= room) return { shown: full, shift: 0 }
  if (column < room - 10) return { shown: `${full.slice(0, room - 1)}…`, shift: 0 }
  const start = Math.max(indent, column - Math.floor(room / 3))
  const rest = full.slice(start + 1)
  return { shown: `…${rest.length > room - 1 ? `${rest.slice(0, room - 2)}…` : rest}`, shift: start }
}

function columnsBefore(text: string, column: number): number {
  return expand(text.slice(0, column - 1)).length
}

/** Carets are not cut below this. */
const FEWEST_CARETS = 12

/** The carets under a mark and its label: right of them, left of them where it fits only there, else below, cut only where a whole line is too short. */
function underline(line: Line, mark: Mark, shift: number, room: number): { pad: string; text: string }[] {
  const { location, label } = mark
  const start = Math.max(0, columnsBefore(line.text, location.column) - shift)
  const lastColumn = location.endLine === location.line ? location.endColumn : line.text.length + 1
  const end = Math.max(start + 1, columnsBefore(line.text, lastColumn) - shift)
  const shown = clean(label)
  // A mark over a whole line gives way to its label: what it is says more than how far it goes.
  const most = Math.max(FEWEST_CARETS, room - start - shown.length - 1)
  const length = Math.max(1, Math.min(end, room, start + most) - start)
  const carets = (mark.primary ? '^' : '~').repeat(length)
  const pad = ' '.repeat(Math.min(start, room))
  if (start + length + 1 + shown.length <= room) return [{ pad, text: shown ? `${carets} ${shown}` : carets }]
  if (shown.length + 1 < start) return [{ pad: ' '.repeat(start - shown.length - 1), text: `${shown} ${carets}` }]
  const below = shown.length > room ? `${shown.slice(0, room - 1)}…` : shown
  return [{ pad, text: carets }, { pad: ' '.repeat(Math.min(start, Math.max(0, room - below.length))), text: below }]
}

function fileFrame(marks: Mark[], text: string, gutter: number, room: number, paint: FramePaint): string[] {
  const rule = paint.dim('│')
  return linesOf(marks, text).flatMap((line) => {
    if (!line) return [paint.dim(`${' '.repeat(gutter - 1)}⋮`)]
    const { shown, shift } = windowOf(line, room)
    const code = `${paint.dim(String(line.number).padStart(gutter))} ${rule} ${shown}`.trimEnd()
    const below = line.marks.flatMap((mark) => {
      const color = mark.primary ? paint.primary : paint.secondary
      return underline(line, mark, shift, room).map(({ pad, text: marked }) => `${' '.repeat(gutter)} ${rule} ${pad}${color(marked)}`)
    })
    return [code, ...below]
  })
}

function samePlace(a: Location, b: Location): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column
}

/**
 * Shows the marked lines of one or more files, the finding's own first. Marks without source text are left out;
 * of several marks at one place the first stays.
 */
export function frame(marks: readonly Mark[], sources: ReadonlyMap<string, string>, width: number, paint: FramePaint): string[] {
  const kept = marks.filter((mark, index) => sources.has(mark.location.file) && marks.findIndex((other) => samePlace(other.location, mark.location)) === index)
  const files = [...new Set(kept.map(({ location }) => location.file))]
  const gutter = Math.max(3, ...kept.map(({ location }) => String(location.line).length))
  const room = Math.max(20, width - gutter - 3)
  return files.flatMap((file) => {
    const own = kept.filter(({ location }) => location.file === file)
    const lines = fileFrame(own, sources.get(file) ?? '', gutter, room, paint)
    return lines.length > 0 ? [paint.dim(`${' '.repeat(gutter)} ┌ ${clean(file)}`), ...lines] : []
  })
}
