import { defineRule } from '../src/rule.js'

/** A reading request that changes something. */
export const rule = defineRule({
  id: 'unsafe-get',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'A GET request changes data',
  why: 'Browsers, crawlers and proxies repeat and prefetch GET requests freely: each delivery changes something.',
  fix: 'Make it a POST, or move the change out of the reading path.',
  messages: { changes: '{entry} {does}; browsers and proxies repeat and prefetch it freely' },
  *check(program) {
    for (const one of program.repeatedEffects()) {
      if (!one.reading || one.entry.kind === 'job' || one.entry.kind === 'message' || one.entry.kind === 'socket') continue
      const effects = program.changing(one)
      const [worst] = effects
      if (!worst) continue
      yield {
        at: one.entry.site, symbol: one.entry.symbol, message: 'changes', data: { entry: one.entry.symbol, does: program.repeatText(effects, true) },
        trace: worst.trace, severity: one.calledBack || /nextauth/i.test(one.entry.symbol) ? 'info' : 'warning', confidence: 'high',
      }
    }
  },
})
