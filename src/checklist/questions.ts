import type { QuestionId } from '../model/finding.js'

export interface Question {
  number: 1 | 2 | 3 | 4 | 5
  id: QuestionId
  title: string
}

/** The checklist, in the order in which it is asked. */
export const QUESTIONS: readonly Question[] = [
  { number: 1, id: 'context', title: 'Is all required context included in each request?' },
  { number: 2, id: 'session', title: 'Is session data stored externally?' },
  { number: 3, id: 'retries', title: 'Are retries idempotent and safe?' },
  { number: 4, id: 'scaling', title: 'Is horizontal scaling supported without session stickiness?' },
  { number: 5, id: 'auth', title: 'Is authentication stateless?' },
]
