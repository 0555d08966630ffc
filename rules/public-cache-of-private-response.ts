import { defineRule } from '../src/rule.js'

/** Responses that depend on the caller and that shared caches may keep for everybody. */
export const rule = defineRule({
  id: 'public-cache-of-private-response',
  question: 'context',
  alsoAffects: ['session'],
  severity: 'error',
  summary: 'A response that depends on the caller is marked as publicly cacheable',
  why: 'A CDN or proxy keeps the answer that one caller got and gives it to the next: the context of the request is not part of its key.',
  fix: 'Send `Cache-Control: private` (or `no-store`), or leave out of the response what depends on the caller; `Vary` by the header that decides is the last resort.',
  example: {
    bad: "app.get('/me', (req, res) => res.set('Cache-Control', 'public, max-age=60').json(req.user))",
    good: "app.get('/me', (req, res) => res.set('Cache-Control', 'private, max-age=60').json(req.user))",
  },
  messages: {
    kept: '{entry} depends on who asks, and {header} keeps its answer for everybody: its key does not say who',
    shared: '{entry} depends on who asks and sets {header} so that shared caches keep its answer for everybody',
  },
  *check(program) {
    for (const { at, header, entry, identity, trace, kept } of program.sharedPrivate()) {
      yield { at, symbol: entry, message: kept ? 'kept' : 'shared', data: { entry, header }, confidence: 'medium', trace, related: [{ message: 'reads who the caller is', site: identity }] }
    }
  },
})
