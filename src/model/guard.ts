import type { ArgumentPath } from './catalog.js'

/** What makes a repeat harmless, or says whose request it is. */
export interface GuardModel {
  /** `look-up`: reads by a key from a store outside, and claims nothing. `rows`: looks rows up, of the table that `key` names. */
  kind: 'idempotency-middleware' | 'external-claim' | 'look-up' | 'rows' | 'lock' | 'verify-signature' | 'transaction' | 'dedupe'
  /** Where the key stands. */
  key?: ArgumentPath
  /** What rows are looked up by: an object of fields, or the one that stands there. */
  by?: ArgumentPath
  /** Option that holds its store; in-process when absent. */
  store?: ArgumentPath[]
  default?: 'memory' | 'external'
  /** Conditions for it to be a claim (`SET k v NX`: one of the arguments is 'NX'). */
  when?: { arg: ArgumentPath; values: string[] }
}
