import type { EffectKind } from '../model/catalog.js'
import type { TableFact } from '../model/schema.js'
import { findTables, naturalKeys } from '../schema/index.js'
import type { ReachedEffect } from './retry-queries.js'
import type { Program } from './program.js'
import type { RepeatRule } from './repeats.js'

/** What these rules say themselves is more exact than what a library could. */
const OWN = new Set<RepeatRule>(['key-ignored', 'key-in-memory', 'key-not-atomic', 'consumer-without-dedupe', 'webhook-without-dedupe', 'effect-in-retried-transaction'])
const ROWS = new Set<EffectKind>(['insert', 'upsert'])
/** The column that a schema would have to be given. */
const REQUEST_KEY = ['requestKey']

/** Fixes that name what the project has: the unique columns of its schema, and the store that all its replicas share. */
export class Fixes {
  private shared: string | undefined

  constructor(private readonly program: Program, private readonly tables: TableFact[]) {}

  /** Undefined where the rule's own text says it best. */
  of(rule: RepeatRule, effect: ReachedEffect): string | undefined {
    const model = effect.call.row?.effect
    if (OWN.has(rule) || !model) return undefined
    if (ROWS.has(effect.kind)) return model.fix === undefined ? undefined : this.onSchema(model.fix, effect)
    if (model.key || model.fix === undefined) return model.fix
    return `${model.fix}; or claim an \`Idempotency-Key\` first, ${this.claim()}`
  }

  /** `<unique column>` by its name, and where that is said. */
  private onSchema(fix: string, { model, by }: ReachedEffect): string {
    const table = model === undefined || !PLACE.test(fix) ? undefined : findTables(this.tables, model)[0]
    if (!table) return fix
    const [key] = naturalKeys(table)
    const named = filled(fix, key ?? REQUEST_KEY, by)
    const { file } = table.source
    return key ? `${named}; \`${key.join(', ')}\` is unique in ${file}: give it a value that a repeat has too` : `${named}; \`${table.model ?? table.name}\` (${file}) has nothing unique yet: add a column for the key of the request`
  }

  private claim(): string {
    return (this.shared ??= this.findShared())
  }

  /** The Redis that the project connects to, or else a table beside its others. */
  private findShared(): string {
    const { a } = this.program
    const redis = a.objects.filter(({ path }) => path !== undefined && a.catalog.row(`${path}.set`)?.guard?.kind === 'external-claim').map(({ unit }) => unit.path).sort()[0]
    if (redis !== undefined) return `with \`SET <key> 1 NX EX 86400\` in the Redis that ${redis} connects to`
    const [table] = this.tables
    return table ? `by an insert into a table with a unique column, beside those of ${table.source.file}` : 'where all replicas look: a table with a unique column, or Redis with `NX`'
  }
}

const PLACE = /<unique (column|field|key)>/

const filled = (fix: string, names: string[], by: string): string => {
  const quoted = names.map((name) => `'${name}'`).join(', ')
  return fix
    .replace(/\['<unique column>'\]/g, `[${quoted}]`)
    .replace(/'<unique column>'/g, names.length > 1 ? `[${quoted}]` : quoted)
    .replace(/\{ <unique field> \}/g, by === 'prisma' && names.length > 1 ? `{ ${names.join('_')}: { ${names.join(', ')} } }` : `{ ${names.join(', ')} }`)
    .replace(/<unique (column|field|key)>/g, names.join(', '))
}
