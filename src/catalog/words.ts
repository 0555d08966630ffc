/**
 * Words by which people name things, where nothing else tells one from the other. They decide between two readings of the same code, and never find
 * anything by themselves.
 */

/** In the address of a request: it orders, pays, sends or makes something, rather than asks or exchanges a code. */
export const ORDERS = /order|payment|charge|capture|invoice|checkout|subscri|message|mail|notif|send|create|publish|upload|webhook|hooks\b/i

/** What is kept of log-ins: made anew at each of them, as it should. */
export const LOGINS = /token|session|otp|code|login|nonce|state|challenge|captcha|attempt|pending/i

/** A table of log-ins, and the entry at which people log out. */
export const SESSIONS = /^sessions?$/i
export const LOGS_OUT = /log-?out|sign-?out/i

/** Members of a request under which authentication leaves who asks. */
export const CALLER = /^(current|auth(enticated)?|logged_?in)?_?(user|account|member|admin|customer|viewer)$/i

/** What people collect in a session; where they have been is none of it, nor what it comes to. */
export const SESSION_ROWS = /cart|basket|wish|order|^(my)?(items|products|bag|list|favou?rites|score|points|balance)$/i
export const SESSION_TRAILS = /total|viewed|recent|visited|history|last|sort|(by|id)$/i

/** What browsers are sent to, by GET, by somebody else. */
export const CALLED_BACK = /callback|oauth|log-?out|sign-?out|verify|confirm/i

/** Functions and modules that report what happened: what they write or post is nobody's work. */
export const REPORTS = /audit|telemetry|analytics|metric|track|posthog|sentry|logger|logging|notif/i

/** Those that only keep who did and saw what. */
export const AUDITS = /audit|telemetry|analytics|metrics/i

/** Addresses of services that count and watch: visits, events, errors, logs. */
export const REPORTED_TO = /^https?:\/\/([\w-]+\.)*(amplitude\.com|mixpanel\.com|segment\.(io|com)|google-analytics\.com|googletagmanager\.com|posthog\.com|plausible\.io|usefathom\.com|simpleanalytics\.com|heapanalytics\.com|heap\.io|keen\.io|graphjson\.com|statsig\.com|rudderstack\.com|sentry\.io|bugsnag\.com|rollbar\.com|newrelic\.com|nr-data\.net|datadoghq\.(com|eu)|honeycomb\.io|loggly\.com|logz\.io|logtail\.com|axiom\.co|papertrailapp\.com|betterstack\.com|logdna\.com)(?![\w.-])/i

/** Parameters that are called when the work is done or has failed. */
export const CONTINUES = /^_?(a?cb|a?callback|on_?(success|error|fail(ure)?|done|complete[d]?|finish(ed)?|end|result|ready)|success|failure)$/i

/** Options that hold something with methods: what is read from a file is never it. */
export const MADE_BY_CODE = /^(store|adapter|sessionStore)$/

/** What a handler answers through. */
export const ANSWERS = /^(res|response|reply|next|resolve|reject|done|cb|callback|ctx|context|fulfill|observer|subscriber|controller|socket|ws|stream)$/

/** Events of an object's own life, and of files: nothing that somebody sends. */
export const OF_LIFE = /^(ready|open(ed)?|(re|dis)?connect(ed|ing|ion_?error)?|error|close[dr]?|end(ed)?|exit|finish(ed)?|drain|listening|start(ed|up)?|stop(ped)?|init\w*|load(ed)?|warn(ing)?|debug|log|info|change[ds]?|add(Dir)?|unlink(Dir)?|all|raw|rename|done|complete[d]?|timeout|idle|result|progress|online|offline|shutdown|SIG\w+)$/i

/** Headers that say who comes from where. */
export const VISITOR_HEADERS = /^(user-agent|referr?er|x-forwarded-for|x-real-ip|accept-language|cf-ipcountry|cf-connecting-ip)$/i
/** Members of a request that say so. */
export const VISITOR = /^(ip|ips|userAgent|ua|headers|hostname|geo)$/

/** How databases say that a row is there already. */
export const DUPLICATES = new Set<unknown>(['23505', 'P2002', 'ER_DUP_ENTRY', 1062, 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT', 11_000, 'unique_violation', 'duplicate key', 'E11000', 'SequelizeUniqueConstraintError'])

/** Rows that are money, or stand for it: a second one is paid for. */
export const MONEY = /^(orders?|payments?|transactions?|invoices?|wallets?|balances?|charges?|refunds?|payouts?|purchases?|deposits?|withdrawals?|transfers?|billings?)$/i

/** Functions of packages that make an identifier: another one each time. */
export const MAKES_IDS = /^(generate(Random)?(Id(FromEntropySize)?|ID|Uuid|UUID|String|Token|Code|Secret|Otp|OTP|ApiKey)|(create|make|new|random|unique)_?(Id|ID|Uuid|UUID)|nanoid|cuid2?|ulid|uuid(v?[47])?|uid|guid)$/

/** Functions of RxJS: streams of what they are given, or of all that; steps that hand on what comes, and those that turn it into what their function gives. */
export const STREAMS_OF = /^(from|of|forkJoin|combineLatest|zip)$/
export const HANDS_ON = /^(tap|filter|catchError|finalize|delay|delayWhen|take|takeWhile|takeUntil|first|last|share|shareReplay|retry|timeout|throwIfEmpty|distinctUntilChanged|startWith|debounceTime|skip)$/
export const TURNS_INTO = /^(map|mergeMap|switchMap|concatMap|exhaustMap|flatMap)$/

/** Calls of the platform that only say something. */
export const SAYS = /^global#console\./

/** A job whose result is waited for is a question to another process: what it does is told there. */
export const AWAITED_JOB = /\.(waitUntilFinished|finished)$/
