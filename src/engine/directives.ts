import { hint } from '../config/suggest.js'
import type { Notice } from '../model/report.js'
import type { Location } from '../model/site.js'

export interface Comment {
  file: string
  line: number
  endLine: number
  text: string
}

/** A comment that asks for silence, understood. */
export interface Directive {
  file: string
  location: Location
  rules: string[]
  reason: string
  wholeFile: boolean
  /** Lines that it speaks for, when not the whole file. */
  lines: { from: number; to: number }
  /** Last line of the comment itself. */
  ownEnd: number
}

const HEAD = /^stateless-audit-ignore(-file)?(?![\w-])\s*/
const UNTIL = /\s+until\s+(\S+)$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The words of a comment without its delimiters: `//`, block and JSX comments, `#`, `<!-- -->`. */
export function words(text: string): string {
  const bare = text.trim().replace(/^\{\s*(\/\*[\s\S]*)\}$/, '$1').trim()
  const inner = bare.replace(/^(\/\/+|\/\*+|#+|<!--)/, '').replace(/(\*+\/|-->)$/, '')
  return inner.split(/\r?\n/).map((line) => line.replace(/^\s*\*\s?/, '').trim()).join(' ').trim()
}

function isDay(text: string): boolean {
  if (!DAY.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

export function placeOf({ file, line, endLine, text }: Comment): Location {
  const last = text.split(/\r?\n/).at(-1) ?? ''
  return { file, line, column: 1, endLine, endColumn: Math.max(2, last.length + 1) }
}

const EXAMPLE = '`stateless-audit-ignore <rule> [until YYYY-MM-DD]: <reason>`'

interface Read {
  directive?: Directive
  notices: Notice[]
}

/** Reads one comment; undefined where it is none of ours. Whatever is wrong with it, it then silences nothing. */
function read(comment: Comment, knownRules: ReadonlySet<string>, today: string): Read | undefined {
  const content = words(comment.text)
  const head = HEAD.exec(content)
  if (!head) return undefined
  const location = placeOf(comment)
  const fail = (id: string, message: string): Read => ({ notices: [{ id, message, location }] })
  const rest = content.slice(head[0].length)
  const colon = rest.indexOf(':')
  const before = (colon < 0 ? rest : rest.slice(0, colon)).trim()
  const reason = colon < 0 ? '' : rest.slice(colon + 1).trim()
  const until = UNTIL.exec(before)?.[1]
  const rules = before.replace(UNTIL, '').split(',').map((rule) => rule.trim()).filter(Boolean)
  if (rules.length === 0) return fail('suppression-without-rule', `the comment names no rule; write ${EXAMPLE}`)
  if (!reason) return fail('suppression-without-reason', `the comment gives no reason and does not count; write ${EXAMPLE}`)
  if (until !== undefined && !isDay(until)) return fail('suppression-bad-date', `'${until}' is not a day; write ${EXAMPLE}`)
  if (until !== undefined && until < today) return fail('suppression-expired', `the comment for ${rules.join(', ')} held until ${until}: mend the finding or set a new day`)
  const notices = rules.filter((rule) => !knownRules.has(rule)).map((rule): Notice => ({ id: 'suppression-unknown-rule', message: `no rule is called '${rule}'${hint(rule, knownRules, '`stateless-audit rules` lists them')}`, location }))
  const known = rules.filter((rule) => knownRules.has(rule))
  const lines = { from: comment.line, to: comment.endLine + 1 }
  return { directive: { file: comment.file, location, rules: known, reason, wholeFile: head[1] !== undefined, lines, ownEnd: comment.endLine }, notices }
}

/** Comments that stand one below the other all speak for the line after the last. */
function reachThrough(directives: Directive[]): Directive[] {
  const starts = new Map(directives.map((one) => [`${one.file}:${one.location.line}`, one]))
  const end = (one: Directive): number => {
    const next = starts.get(`${one.file}:${one.lines.to}`)
    return next ? end(next) : one.lines.to
  }
  return directives.map((one) => ({ ...one, lines: { from: one.lines.from, to: end(one) } }))
}

/** The directives among the comments, and what is wrong with the others. */
export function readDirectives(comments: readonly Comment[], knownRules: ReadonlySet<string>, today: string): { directives: Directive[]; notices: Notice[] } {
  const all = comments.flatMap((comment) => read(comment, knownRules, today) ?? [])
  return {
    directives: reachThrough(all.flatMap(({ directive }) => directive ?? [])),
    notices: all.flatMap(({ notices }) => notices),
  }
}
