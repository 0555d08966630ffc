import type { Finding } from '../model/finding.js'
import type { Notice, Suppressed } from '../model/report.js'
import { type Comment, placeOf, words } from './directives.js'

/** An entry that the config calls safe to repeat. */
export interface DeclaredEntry {
  entry: string
  reason: string
}

interface Mark {
  comment: Comment
  reason: string
}

/** A GET that changes data is not made right by being repeatable. */
const READING = 'unsafe-get'
const MARK = /(?:^|\s)@idempotent(?![\w-])\s*(.*?)(?=\s@\w|$)/

/** Entries that are repeated on purpose: `@idempotent <reason>` at the handler or its registration, and `idempotent` in the config. */
export class Intent {
  private readonly marks: Mark[]
  private readonly used = new Set<Mark | DeclaredEntry>()

  constructor(comments: readonly Comment[], private readonly declared: readonly DeclaredEntry[]) {
    this.marks = comments.flatMap((comment) => {
      const found = MARK.exec(words(comment.text))
      return found ? [{ comment, reason: (found[1] ?? '').trim() }] : []
    })
  }

  match(finding: Finding): Suppressed | undefined {
    if (finding.question !== 'retries' || finding.rule === READING) return undefined
    const mark = this.marks.find((one) => one.reason !== '' && speaksFor(one.comment, finding))
    if (mark) {
      this.used.add(mark)
      return { finding, reason: mark.reason, by: 'comment', location: placeOf(mark.comment) }
    }
    const row = this.declared.find(({ entry }) => entry === finding.symbol)
    if (!row) return undefined
    this.used.add(row)
    return { finding, reason: row.reason, by: 'config' }
  }

  /** Marks without a reason, and those that nothing was found for. */
  notices(ran: boolean): Notice[] {
    const bare = this.marks.filter(({ reason }) => reason === '').map(({ comment }): Notice => ({
      id: 'idempotent-without-reason', message: '`@idempotent` gives no reason and does not count; write `@idempotent <reason>`', location: placeOf(comment),
    }))
    if (!ran) return bare
    const marks = this.marks.filter((one) => one.reason !== '' && !this.used.has(one)).map(({ comment }): Notice => ({
      id: 'idempotent-unused', message: '`@idempotent` stands at nothing that a repeat would repeat: remove it, or put it above the handler', location: placeOf(comment),
    }))
    const rows = this.declared.filter((row) => !this.used.has(row)).map(({ entry }): Notice => ({
      id: 'idempotent-unused', message: `the config calls ${entry} idempotent, of which no repeat was found: remove the row, or name it as \`stateless-audit entries\` does`,
    }))
    return [...bare, ...marks, ...rows]
  }
}

/** At the registration, or at the handler where it stands elsewhere. */
const speaksFor = ({ file, line, endLine }: Comment, { location, related }: Finding): boolean =>
  [location, ...related.map((step) => step.location)].some((place) => place.file === file && place.line >= line && place.line <= endLine + 1)
