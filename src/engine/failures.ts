import type { QuestionId } from '../model/finding.js'
import type { Gap, Notice } from '../model/report.js'

/** A rule, or a part of the report, that threw: the report stands without it, and says so. */
export interface Failure {
  /** `rule process-cache`, `the evidence`. */
  part: string
  /** Id of the rule, where it was one. */
  rule?: string
  /** First line of the error. */
  message: string
  /** Questions that cannot be answered with a clear conscience now. */
  questions: QuestionId[]
}

/** No failure: what was asked needs something that is loaded only now, and all is asked again. */
export class StartAgain extends Error {}

/** What one study asks for, and what failed of it. */
export class Attempts {
  readonly failures: Failure[] = []

  /** The answer; where asking throws, `otherwise`. `StartAgain` is thrown on. */
  of<T>(part: Omit<Failure, 'message'>, ask: () => T, otherwise: T): T {
    try {
      return ask()
    } catch (error) {
      if (error instanceof StartAgain) throw error
      this.failures.push({ ...part, message: firstLine(error) })
      return otherwise
    }
  }
}

const firstLine = (error: unknown): string => {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.split(/\r?\n/)[0]?.trim() ?? ''
}

const textOf = ({ part, message }: Failure): string => `${part} failed (${message})`

export const failureNotice = (failure: Failure): Notice => ({
  id: 'rule-failed',
  message: `${textOf(failure)}: what it would have said is missing${failure.rule === undefined ? '' : `; turn it off under \`rules\` to do without it`}`,
})

export const failureGap = (failure: Failure): Gap & { question: QuestionId[] } => ({ reason: textOf(failure), question: failure.questions })
