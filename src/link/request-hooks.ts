import type { CallbackModel, EntryModel } from '../model/catalog.js'
import type { EntryRecord } from './analysis.js'
import type { MergedRow } from './catalog-index.js'
import type { Instance } from './instances.js'
import type { Application, Library } from './library.js'

const HOOK: EntryModel = { kind: 'hook' }
const NAMED = /[.]([A-Za-z]\w*)$/

/** What a library asks in each request and what it was given where the server starts (`createContext`, `keyGenerator`): no call of the project leads there, so it is an entry. */
export class RequestHooks {
  private readonly known = new Map<object, Map<string, EntryRecord>>()

  constructor(private readonly library: Library) {}

  /** Rows that register it as something else, and not what it gives, do so themselves; validators and functions that a chain is given belong to the route that they stand in. */
  begins(made: Application, model: CallbackModel, row: MergedRow): boolean {
    if (model.when !== 'request' || made.inst.phase !== 'startup' || row.validates !== undefined || (row.returns === 'this' && !NAMED.test(model.fn))) return false
    return !row.entries.some(({ kind, madeAnew }) => (kind === 'hook' || kind === 'middleware') && !madeAnew)
  }

  begin(made: Application, { fn }: CallbackModel, instance: Instance): void {
    const records = this.known.get(made.site) ?? new Map<string, EntryRecord>()
    this.known.set(made.site, records)
    const record = records.get(fn) ?? this.library.registration.record(made, HOOK, NAMED.exec(fn)?.[1])
    records.set(fn, record)
    if (!record.handlers.some((one) => one.instance === instance)) record.handlers.push({ instance, order: 0 })
  }
}
