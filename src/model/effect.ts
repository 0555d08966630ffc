import type { AccessPath, ArgumentPath } from './catalog.js'

export type EffectKind =
  | 'insert' | 'upsert' | 'update' | 'relative-update' | 'delete' | 'sql' | 'payment' | 'mail' | 'sms' | 'push' | 'publish' | 'enqueue'
  | 'http-post' | 'http' | 'object-put' | 'file-write' | 'append' | 'create-remote'

export interface EffectModel {
  kind: EffectKind
  /** Name of what is called, for people: `prisma`, `stripe`. */
  by: string
  /** Where the table/model/queue/topic is named: argument path, `member:-1` (the member before the method in the path), `handle:2.collection` (what holds the rows stands there), `receiver`. */
  model?: string
  /** Where the written data stands; `where` the condition of an update or upsert. */
  data?: ArgumentPath
  where?: ArgumentPath
  /** What an upsert writes where the row is there, if it stands apart from `data`. */
  again?: ArgumentPath
  /** It adds to what is there where an argument says one of these words; `alone`: and does nothing elsewhere. */
  addsWhere?: { arg: ArgumentPath; words: string[]; alone?: true }
  /** A function there is handed what is stored, and gives back what is stored instead. */
  turns?: ArgumentPath
  /** Text of a script in Lua. */
  script?: ArgumentPath
  /** Text of an update in DynamoDB's language. */
  expression?: ArgumentPath
  /** Name of a procedure that the database runs: it may say that something is counted. */
  procedure?: ArgumentPath
  /** Of members under any name, those that begin so: the rest names what is made (`createPost`). */
  makes?: string
  /** A list of operations by name: `insertOne` among them makes a row. */
  operations?: ArgumentPath
  /** The text of kind `sql` is Cypher. */
  cypher?: true
  /** SQL text (for kind `sql`). */
  sql?: ArgumentPath
  /** URL and method of an outbound request (kind `http`: an effect only where the method is POST/PATCH…). */
  url?: ArgumentPath
  method?: ArgumentPath
  /** Option that makes a repeat harmless when its value outlives the attempt. */
  key?: ArgumentPath[]
  /** Options/chained calls that clear it: conflict clauses. Chained calls are member names on the result (`onConflictDoNothing`). */
  clearedBy?: { arg?: ArgumentPath; call?: string; /** where the conflict target stands in that call */ target?: ArgumentPath; /** what the call sets in the row that is there: added to, it is no repeat without effect */ sets?: ArgumentPath }[]
  /** Parts that stand in other calls of the same chain, before or after this one, as `<method>:<argument path>` (`values:0`, `where:0`); `()` is a plain call (`knex('users')`). First that is there. */
  chain?: { model?: string[]; data?: string[]; where?: string[] }
  /** The data may hold rows of other models that are made along: `posts: { create: … }`. */
  nested?: true
  /** An upsert that goes by the primary key where no other is named: rows that lack it are new ones. */
  byPrimary?: true
  /** The store keeps rows apart by this field: where the row brings a value for it, a second one is refused. */
  primary?: string
  /** What it puts there gets a name of its own where it was made by this call with no more arguments than these (`collection.doc()`). */
  unnamed?: { call: string; args: number }
  /** Under a key that is made up in the call it puts something new there, unless one of these words says when that goes. */
  anew?: { under: ArgumentPath; expires?: { arg: ArgumentPath; words: string[] } }
  /** An upsert that meets no row but by what the schema keeps unique. */
  byConflict?: true
  /** Nothing happens where it is only given to one of these, as a command that is signed and not sent. */
  notGivenTo?: AccessPath[]
  /** What is stored gets a name of the service's own making, where this option is on: by default in these versions of the package. */
  ownName?: { option: ArgumentPath; byDefault?: string }
  /** Tried again by the library itself where one of these options, of the call or of its client, has one of these values. */
  retried?: { args: ArgumentPath[]; values: string[] }
  /** Of what it names this can be done once: a second time is refused, unless this argument is there. */
  once?: true | { unless: ArgumentPath }
  /** Makes something that may be paid, and takes nothing by itself, unless this argument is there. */
  opens?: true | { unless: ArgumentPath }
  /** There is one of it for each user: a key made of the user alone is right. */
  ofUser?: true
  /** An effect only where this argument is an object that was made here (`collection.add(new Book())`). */
  ofMade?: ArgumentPath
  /** An effect only where this argument is absent, or 0 (`process.exit()`). */
  ofNone?: ArgumentPath
  /** A command that only asks, by the name that comes first in its object: `{ ping: 1 }`. */
  asking?: { command: ArgumentPath; names: string[] }
  /** An effect only where its receiver was made beforehand, at start-up or once for all: what is made on the way is told where it is made. */
  ofStartup?: true
  /** What is sent is an operation of GraphQL, whose text says whether it asks; `told`: only where the text is at hand does it count. */
  operation?: true | 'told'
  /** It waits for an answer: a reading request may only want to know. */
  answered?: true
  /** The query runs only when one of these members is called or it is awaited; `where-run`: what is put by for later is told there. */
  lazy?: true | 'where-run'
  /** What a reader should do instead, exact for this library. */
  fix?: string
}
