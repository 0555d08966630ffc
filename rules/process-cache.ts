import { defineRule } from '../src/rule.js'

/** A cache of what could be fetched or computed again. */
export const rule = defineRule({
  id: 'process-cache',
  question: 'session',
  alsoAffects: ['scaling'],
  severity: 'info',
  summary: 'A cache in process memory',
  why: 'Each replica caches for itself: after a change, one answers with the new value and another with the old, until its copy expires.',
  fix: 'Accept the staleness and bound it with a short expiry, or share the cache (Redis) and invalidate it there.',
  messages: {
    memo: '`{cell}` remembers results in this process; replicas can answer differently until it expires',
    filled: '`{cell}` caches in this process ({entry}); replicas can answer differently until it expires',
    library: '{cell} keeps its entries in the memory of this process; replicas can answer differently until they expire',
    route: 'answers of `{cell}` are kept in this process: the cache of Nitro is in memory unless its storage has a driver',
    refreshed: '`{cell}` is refreshed in the background of each process; replicas can answer differently between refreshes',
  },
  *check(program) {
    for (const cell of program.stateOf(['cache'])) {
      yield { ...program.cellDraft(cell), message: cell.background ? 'refreshed' : 'filled', severity: cell.bounded ? 'info' : 'warning' }
    }
    for (const memo of program.memos()) yield { at: memo.site, symbol: memo.symbol, message: 'memo', data: { cell: memo.symbol }, confidence: 'medium' }
    for (const use of program.infra('cache')) {
      if (!use.row.container && use.choice.kind === 'memory' && use.phase !== 'request') yield { ...program.useDraft(use, use.infra.name), message: 'library', data: { cell: use.infra.name }, fix: use.fix }
    }
    for (const { site, pattern } of program.keptRoutes()) yield { at: site, symbol: pattern, message: 'route', data: { cell: pattern } }
  },
})
