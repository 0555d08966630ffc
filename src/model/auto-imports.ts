import type { AccessPath } from './catalog.js'

/** Names that a build tool imports by itself into files that use them without an import. */
export interface AutoImportRow {
  /** Package that must be among the dependencies of the nearest package.json (any of). */
  packages: string[]
  /** Globs, relative to the package's folder, of the files that are given the names; all of the package where absent. */
  into?: string[]
  not?: string[]
  /** Globs of the project's modules whose exports are such names; a default export goes by the name of its file. */
  modules?: string[]
  /** Paths (`hub:db#schema`) whose names stand for all exports of one module: the first of these files that is there, relative to the package's folder. */
  gathered?: Record<string, string[]>
  /** What the names stand for, where a framework makes something else of these modules (models of Sails). */
  as?: AccessPath
  /** Members that the framework writes on each: its name, or that in small letters. */
  says?: Record<string, 'name' | 'small'>
  /** Where these stand besides, in small letters. */
  on?: AccessPath
  /** Where the project's `nuxt.config` names further folders of such modules; or another `….config`. */
  configured?: string
  config?: 'nitro'
  /** Module → the names of it, with spaces between. */
  names?: Record<string, string>
}
