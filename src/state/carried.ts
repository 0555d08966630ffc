import type { Analysis } from '../link/analysis.js'
import type { Value } from '../link/values.js'

/** What a request brings or carries along: `res.locals`, `ctx.state`, `req.body`. What is set on it is rarely set on anything else that may stand there too. */
export const isCarried = ({ catalog }: Pick<Analysis, 'catalog'>, value: Value): boolean =>
  value.kind === 'object' ? value.shape === 'bag' && value.phase === 'request' : value.kind === 'lib' && catalog.row(value.path)?.owned === 'request'

/** Data taken for what a request carries, where much flows into one place. */
export const isMadeAtStart = (value: Value): boolean => value.kind === 'object' && value.shape === 'object' && !value.cls && value.phase === 'startup'
