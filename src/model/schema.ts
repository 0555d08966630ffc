import type { Site } from './site.js'

/** What a schema file, a migration or code that declares tables says about uniqueness. */
export interface SchemaFacts {
  tables: TableFact[]
  /** Databases that a schema names (`sqlite` is one in this process). */
  providers: { site: Site; provider: string; /** in a configuration file, for this environment */ configured?: true; environment?: string; /** a data source of LoopBack, by its name */ datasource?: string }[]
  notices: { id: string; message: string; site?: Site }[]
}

export interface TableFact {
  /** Name in the database, or the nearest thing that is known. */
  name: string
  /** Name in code: model, class or constant. */
  model?: string
  /** The constant that holds it, where it has another name: `UserSchema`. */
  held?: string
  source: Site
  columns: ColumnFact[]
  /** Every set of columns that can occur once, single columns and primary keys included; names as in `columns`. */
  uniques: string[][]
}

export interface ColumnFact {
  /** Name that code writes. */
  name: string
  /** Name in the database, where it differs. */
  column?: string
  unique?: true
  /** Unique, but a row may do without: any number of rows that do. */
  optional?: true
  primary?: true
  /** The value is made when none is given: a repeat gets another one. */
  generated?: 'increment' | 'uuid' | 'default'
  /** A primary key that nothing makes: every row must bring it. */
  brought?: true
  /** It stands for rows of another model, whose key is in these columns. */
  relation?: { model: string; many?: true; columns?: string[] }
}
