import type { Finding, QuestionId } from '../model/finding.js'

/**
 * Questions that a certain warning answers. Whether a retry is safe is a yes or a no; the severity of a repeat says what it costs (money, or a row too many),
 * not whether it happens. In other questions a warning is something that may be well as it is.
 */
const ANSWERED_BY_WARNINGS: ReadonlySet<QuestionId> = new Set(['retries'])

/** Does this finding alone answer a question that it bears on with no? ([decision 0006](../../docs/decisions/0006-a-certain-repeat-fails.md)) */
export const saysNo = ({ question, severity, confidence }: Pick<Finding, 'question' | 'severity' | 'confidence'>, id: QuestionId): boolean =>
  severity === 'error' ? confidence !== 'low' : severity === 'warning' && confidence === 'high' && question === id && ANSWERED_BY_WARNINGS.has(id)
