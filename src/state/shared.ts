import type { Analysis } from '../link/analysis.js'
import type { Value } from '../link/values.js'

/** `app.reviews = …`: all values that stand for the application of a library share its members, and one thing stands for them all. */
export const sharedBy = (a: Analysis, value: Value): Value =>
  value.kind === 'object' && value.shape === 'library' && value.path !== undefined && a.catalog.row(value.path)?.bag ? a.bag(value.path) : value
