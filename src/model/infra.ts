import type { AccessPath, ArgumentPath, OnlyWhen } from './catalog.js'

/** Infrastructure that works inside one process only, unless an option sends it outside. */
export interface InfraModel {
  kind: 'rate-limit' | 'pubsub' | 'socket' | 'scheduler' | 'queue' | 'lock' | 'sequence' | 'cache' | 'auth-store' | 'agent-memory'
  name: string
  /** Options that send it outside when they hold something that is not an in-process store. */
  external?: ArgumentPath[]
  /** Option values that send it outside / keep it inside (`datastore: 'redis'`). */
  driver?: { arg: ArgumentPath; external?: string[]; memory?: string[]; /** what holds when the option is absent */ absent?: 'external' | 'memory' }
  /** A later call on the object that sends it outside: `io.adapter(x)`. */
  externalCall?: string
  /** … where an argument of that call is one of these packages, or its name: `primus.plugin('metroplex', metroplex)`. */
  externalWith?: string[]
  /** It is a part of something that a call of one of these paths sets up: where that is outside, so is this. */
  as?: AccessPath[]
  /** Only where an argument is written and says this (a semaphore of one is a lock). */
  onlyWhen?: OnlyWhen
  /** Only where this option is an object; the finding stands there. */
  when?: ArgumentPath
  /** The call is harmless by itself until one of these members is called on the object (`io.emit`, `wss.clients`). */
  uses?: string[]
  /** … or until one of these paths is called or read anywhere. */
  usesAny?: AccessPath[]
  /** … or until a file imports one of these by its name: what is set up and asked for nowhere does nothing. */
  mentions?: AccessPath[]
  /** … which stands for `uses`: what comes from the object does it (`socket.broadcast`). */
  orUses?: AccessPath[]
  /** … or that the process keeps these connections of it, to be sent to later (`players[id] = socket`). */
  keeps?: AccessPath[]
  /** Members that wait until nothing is left in it: what makes a queue for one piece of work and awaits one of these leaves nothing behind. */
  drainedBy?: string[]
  /** Where the mount of Nitro's storage is named: the configuration may give it a driver that sends it outside. */
  mount?: ArgumentPath
  /** A call of one of these, anywhere in the program, sends it outside. */
  clearedBy?: AccessPath[]
  /** Many calls are one thing: the first is told. */
  once?: true
  /** The callback (argument path) whose effects decide (schedulers). */
  job?: ArgumentPath
  /** What it delivers goes to clients: they miss it. */
  toClients?: true
  /** Right in one process by design: circuit breakers, upstream throttles. */
  acceptable?: true
  /** Right in one process where it stands under one of these options: the stand-in of a shared one. */
  acceptableAs?: string[]
  /** Somebody looked: no option and no call moves its state out. A row with neither this nor an option says only that none is known. */
  confined?: true
  fix: string
}
