/** What was found on disk. Paths are relative to the audited root, with `/`, sorted. */
export interface InputFiles {
  /** Absolute path of the audited root. Never printed. */
  root: string
  /** Path of the root relative to the git root (`.` at the top or outside git). */
  fromGitRoot: string
  /** Source files to audit. */
  sources: string[]
  /** Texts of the sources that were read on the way: a reader takes them away. */
  texts?: Map<string, string>
  /** What was left out and why: `test`, `build output`, `vendored`, `generated`, `minified`, `declaration`, `ignored by git`, `excluded by config`, `too large`. */
  skipped: { reason: string; count: number }[]
  manifests: Manifest[]
  /** Deployment files (compose, Kubernetes, Dockerfile, nginx, Terraform …), by path. */
  deployment: string[]
  /** Schema files: `schema.prisma` and its siblings, `.sql` migrations. */
  schemas: string[]
  /** Committed environment files (`.env`, `.env.example`, `.env.production` …). */
  environments: string[]
  /** Database migrations and seeds written in JS or TS: no sources, but they say which columns are unique. */
  migrations?: string[]
  /** Files that describe routes: `route.json` beside the modules that answer, API descriptions that name them. */
  routeFiles?: string[]
  /** Sources that pages of the project load: a browser runs them. */
  pageScripts?: string[]
  /** Folders of libraries that are kept as sources (`libs/memorystore`). */
  vendored?: string[]
  /** Folders of scripts that are compiled from sources of the tree and kept beside them. */
  built?: { out: string; from: string }[]
  /** `tsconfig*.json` and `jsconfig*.json`. */
  tsconfigs?: string[]
  notices: { id: string; message: string; file?: string }[]
}

/** A package.json of the audited tree. */
export interface Manifest {
  /** Folder of the package, `.` at the root. */
  dir: string
  name?: string
  type?: 'module' | 'commonjs'
  /** dependencies + devDependencies + peer + optional: name → range. */
  dependencies: Record<string, string>
  /** Names under devDependencies only. */
  devDependencies: string[]
  scripts: Record<string, string>
  main?: string
  bin: string[]
  /** Raw JSON for what else a reader may need (exports, imports, workspaces). */
  json: Record<string, unknown>
  /** Import map of a Deno project: what names and beginnings of names stand for, relative to the folder. */
  imports?: Record<string, string>
}

export type Resolution =
  | { kind: 'file'; file: string }
  | { kind: 'package'; name: string; /** after the package name, without leading slash */ subpath?: string }
  | { kind: 'builtin'; /** canonical, with prefix: `node:fs/promises` */ name: string }
  /** An asset, style, JSON or other file that is there but is no source. */
  | { kind: 'asset'; file: string }
  | { kind: 'unresolved'; reason: string }

export interface Resolver {
  /** `from` and the result are relative to the root. Answers from a table: no disk access beyond what the resolver caches. */
  resolve(from: string, specifier: string): Resolution
  /** Source files in a folder (not below it unless `deep`), for directory loading; `dir` relative to the root. */
  filesIn(dir: string, deep?: boolean): string[]
  /** Nearest package.json above a file. */
  manifestOf(file: string): Manifest | undefined
  /** Is the version of a package that a file's project gets in this range (`<3`, `>=5 <6`)? By package.json, or else the lockfile; undefined where neither tells. */
  isVersion(file: string, name: string, range: string): boolean | undefined
  /** What a file of JSON holds; undefined where it is not there, or no JSON. */
  settings(file: string): unknown
  notices: { id: string; message: string; file?: string }[]
}
