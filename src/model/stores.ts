import type { AccessPath, ArgumentPath } from './catalog.js'

export interface StoreModel {
  kind: 'memory' | 'file' | 'embedded' | 'external'
  /** `redis`, `memcached`, `sql`, `mongodb`, `dynamodb`, `kv`, `s3` … */
  backend?: string
  /** Argument that holds the client it stands on; a `sqlite` client makes it embedded. */
  client?: ArgumentPath
  /** Where it keeps its data when no client is given. */
  alone?: 'memory' | 'file' | 'embedded'
}

export interface DiskModel {
  /** Argument that names the path written, if any. */
  path?: ArgumentPath
  /** `log`: files that nobody misses, unless an entry reads them back. */
  op: 'write' | 'configure' | 'delete' | 'read' | 'serve' | 'log'
  /** `configure` is in force only when this option is there (multer's `dest`). */
  when?: ArgumentPath[]
  /** … or put on what the call makes: `form.uploadDir = './files'`. */
  assigned?: string
  /** … or unless one of these is there, or the path is one of these texts, */
  unless?: ArgumentPath[]
  not?: string[]
  /** … and where one of these is called while serving. */
  usedBy?: AccessPath[]
}

export interface EmbeddedModel {
  name: string
  /** Where the file or url stands; `remote` lists prefixes that mean a server. What nobody can tell is a server too, unless it is `mostlyLocal`. */
  location?: ArgumentPath
  remote?: string[]
  mostlyLocal?: true
  /** Embedded only when an option has one of these values (`dialect: 'sqlite'`). */
  when?: { arg: ArgumentPath; values: string[] }
  /** … or where an address begins so, also one that is only there when nothing else is configured. */
  addresses?: { arg: ArgumentPath; prefixes: string[] }
  /** Options that hold another driver: where that speaks to a server, it is not embedded. */
  store?: ArgumentPath[]
  /** Its tables are those of a Prisma schema in the same package: one database, though both name it. */
  overSchema?: true
  /** It stands for a server in tests: where server code speaks to one through these packages too, it is for nothing else. */
  standsFor?: string[]
  /** It stands in for a server: installed for developers only (`devDependencies`), it is in no build that serves. */
  standIn?: true
  /** Argument that names the database (`default` stands for none): the configuration of Nitro says which connector it has, by default one to a file. */
  connector?: ArgumentPath
  /** What a package opens by it are collections of one database, which the framework keeps. */
  one?: true
}
