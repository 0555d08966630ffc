import type { Finding, Location, QuestionId, Report, RuleSummary, Verdict } from '../../src/model/report.js'

const SOURCES = {
  'src/sessions/store.ts': `import type { User } from '../users.js'

export const sessions = new Map<string, { user: User; seen: number }>()

export function remember(token: string, user: User): void {
\tsessions.set(token, { user, seen: Date.now() })
}
`,
  'src/routes/login.ts': `import { Router } from 'express'
import { remember } from '../sessions/store.js'

export const login = Router()
login.post('/login', async (req, res) => {
  const user = await check(req.body)
  remember(newToken(), user)
  res.json({ ok: true })
})
`,
  'src/routes/orders.ts': `import { Router } from 'express'

export const orders = Router()
orders.post('/orders', requireUser, async (req, res) => {
  const order = await prisma.order.create({ data: { ...req.body, userId: req.user.id, status: 'placed', placedAt: new Date() } })
  await stripe.charges.create({ amount: order.total, currency: 'eur', customer: req.user.customer })
  res.status(201).json(order)
})
`,
  'src/prices.ts': `const prices = new Map<string, number>()
export async function priceOf(sku: string): Promise<number> {
  const known = prices.get(sku)
  if (known !== undefined) return known
  prices.set(sku, await load(sku))
  return priceOf(sku)
}
`,
}

function find(file: keyof typeof SOURCES, word: string): Location {
  const text = SOURCES[file]
  const at = text.indexOf(word)
  const before = text.slice(0, at).split('\n')
  const line = before.length
  const column = (before.at(-1) ?? '').length + 1
  return { file, line, column, endLine: line, endColumn: column + word.length }
}

function finding(parts: Pick<Finding, 'rule' | 'question' | 'severity' | 'message' | 'symbol' | 'location' | 'fix' | 'fingerprint'> & Partial<Finding>): Finding {
  return {
    alsoAffects: [], confidence: 'high', trace: [], related: [], causes: [], scope: '<module>',
    docs: `https://example.org/stateless-audit/rules/${parts.rule}`,
    ...parts,
  }
}

export const SESSION = finding({
  rule: 'in-memory-session', question: 'session', alsoAffects: ['scaling', 'auth'], severity: 'error', symbol: 'sessions',
  message: 'sessions holds who is logged in, in the memory of one process: a request that reaches the other replica, or comes after a restart, finds nobody',
  location: find('src/sessions/store.ts', 'sessions'),
  trace: [
    { message: 'POST /login', location: find('src/routes/login.ts', "login.post('/login'") },
    { message: 'remember', location: find('src/routes/login.ts', 'remember(newToken') },
    { message: 'sessions.set', location: find('src/sessions/store.ts', 'sessions.set') },
  ],
  fix: 'keep sessions in a store that all replicas share (Redis, the database), or sign them into the token',
  fingerprint: '0a'.repeat(16),
})

export const ORDER = finding({
  rule: 'non-idempotent-post', question: 'retries', severity: 'error', confidence: 'medium', symbol: 'POST /orders',
  message: 'a repeated POST /orders places a second order and charges the customer twice: no key of the request is read, and no column is unique',
  location: find('src/routes/orders.ts', "orders.post('/orders'"),
  trace: [
    { message: 'POST /orders', location: find('src/routes/orders.ts', "orders.post('/orders'") },
    { message: 'payment: stripe.charges.create', location: find('src/routes/orders.ts', 'stripe.charges.create') },
  ],
  related: [{ message: 'insert: prisma.order.create', location: find('src/routes/orders.ts', 'prisma.order.create') }],
  causes: ['payment-without-key'],
  fix: 'read an Idempotency-Key header, store it with a unique constraint in the transaction of the order, and pass it on to Stripe as idempotencyKey',
  fingerprint: '0b'.repeat(16),
})

export const CACHE = finding({
  rule: 'process-cache', question: 'session', alsoAffects: ['scaling'], severity: 'info', confidence: 'low', symbol: 'prices', scope: 'priceOf',
  message: 'prices is a cache of one process: after a change two replicas answer differently until both restart',
  location: find('src/prices.ts', 'prices'),
  trace: [
    { message: 'GET /orders/:id', location: { file: 'src/routes/orders.ts', line: 4, column: 1, endLine: 4, endColumn: 12 } },
    { message: 'prices.set', location: find('src/prices.ts', 'prices.set') },
  ],
  fix: 'give the entries a short life, or cache in Redis',
  fingerprint: '0c'.repeat(16),
})

export const STICKY = finding({
  rule: 'sticky-routing', question: 'scaling', severity: 'warning', symbol: 'ingress/shop',
  message: 'the ingress pins each client to one replica: when it goes, so does what it remembers, 100% of it',
  location: { file: 'deploy/ingress.yaml', line: 9, column: 5, endLine: 9, endColumn: 44 },
  fix: 'remove the affinity annotation once sessions are shared',
  fingerprint: '0d'.repeat(16),
})

function rule(id: string, question: QuestionId, severity: RuleSummary['severity'], alsoAffects: QuestionId[] = []): RuleSummary {
  return {
    id, question, severity, alsoAffects, title: `${id.replaceAll('-', ' ')} found`,
    why: 'Two replicas do not share memory.', fix: 'Keep it outside of the process.',
    help: `## ${id}\n\nBad:\n\n\`\`\`ts\nconst sessions = new Map()\n\`\`\`\n`,
    docs: `https://example.org/stateless-audit/rules/${id}`,
  }
}

function question(number: Verdict['number'], id: QuestionId, title: string, parts: Partial<Verdict>): Verdict {
  return { number, id, title, verdict: 'pass', why: '', checks: { ran: 6, passed: 6 }, evidence: [], counts: { error: 0, warning: 0, info: 0 }, ...parts }
}

const questions: Verdict[] = [
  question(1, 'context', 'Is all required context included in each request?', { why: 'nothing found in 34 entries' }),
  question(2, 'session', 'Is session data stored externally?', {
    verdict: 'fail', checks: { ran: 5, passed: 4 }, counts: { error: 1, warning: 0, info: 1 },
    why: 'in-memory-session: sessions (src/sessions/store.ts:3)',
  }),
  question(3, 'retries', 'Are retries idempotent and safe?', {
    verdict: 'fail', checks: { ran: 4, passed: 3 }, counts: { error: 1, warning: 0, info: 0 },
    why: 'non-idempotent-post: POST /orders (src/routes/orders.ts:4)',
    evidence: [{ message: 'PUT /orders/:id writes by its key', location: { file: 'src/routes/orders.ts', line: 4, column: 1, endLine: 4, endColumn: 2 } }],
  }),
  question(4, 'scaling', 'Is horizontal scaling supported without session stickiness?', {
    verdict: 'review', checks: { ran: 9, passed: 8 }, counts: { error: 0, warning: 1, info: 0 }, why: 'sticky-routing: ingress/shop (deploy/ingress.yaml:9)',
  }),
  question(5, 'auth', 'Is authentication stateless?', {
    verdict: 'n/a', checks: { ran: 3, passed: 3 }, why: 'no session and no login found',
    evidence: [{ message: 'access tokens: jsonwebtoken with a key from the environment' }],
  }),
]

/** A report as a small shop would get it, with something in every part. */
export function sample(parts: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'stateless-audit', version: '0.1.0' },
    root: 'services/shop',
    complete: true,
    coverage: {
      files: 120, parsed: 119, entries: 34, request: { callsResolved: 812, callsTotal: 860 },
      gaps: [
        { reason: 'receiver of unknown type', location: find('src/routes/orders.ts', 'requireUser'), symbol: 'requireUser' },
        { reason: 'receiver of unknown type', location: find('src/routes/login.ts', 'check'), symbol: 'check' },
        { reason: 'computed member', symbol: 'handlers[name]' },
      ],
      skipped: [{ reason: 'test', count: 41 }, { reason: 'build output', count: 12 }],
    },
    questions,
    findings: [SESSION, ORDER, CACHE, STICKY],
    suppressed: [{ finding: { ...CACHE, fingerprint: '0e'.repeat(16), symbol: 'rates' }, reason: 'rates never change', by: 'comment', location: { file: 'src/prices.ts', line: 9, column: 1, endLine: 9, endColumn: 60 } }],
    baselined: [{ ...ORDER, fingerprint: '0f'.repeat(16), symbol: 'POST /refunds' }],
    statefulByDesign: [{ finding: { ...SESSION, fingerprint: '10'.repeat(16), symbol: 'rooms' }, reason: 'the game server is sharded by room', by: 'stateful' }],
    notices: [
      { id: 'parse-error', message: "',' expected <here> & \"there\"", location: { file: 'src/broken.ts', line: 3, column: 9, endLine: 3, endColumn: 10 } },
      { id: 'tsconfig-missing-extends', message: 'tsconfig.json extends @acme/tsconfig, which is not installed: the rest holds' },
    ],
    entries: [{ kind: 'route', method: 'POST', path: '/orders', location: ORDER.location }, { kind: 'job', name: 'cleanup', location: CACHE.location }],
    state: [{ symbol: 'sessions', role: 'store', lifetime: 'process', location: SESSION.location, writers: ['POST /login'], readers: [], shouldLive: 'Redis' }],
    effects: [{ entry: 'POST /orders', effect: 'payment', location: ORDER.location }],
    rules: [
      rule('in-memory-session', 'session', 'error', ['scaling', 'auth']), rule('non-idempotent-post', 'retries', 'error'),
      rule('process-cache', 'session', 'info', ['scaling']), rule('sticky-routing', 'scaling', 'warning'), rule('shared-client-identity', 'context', 'error'),
    ],
    sources: new Map(Object.entries(SOURCES)),
    ...parts,
  }
}

export const OPTIONS = { width: 80, color: false, links: false, verbose: false, quiet: false, failOn: 'error' } as const
