import type { AccessPath, EntryKind, EntryModel } from './catalog.js'

/** `app/service/shop/orders.js` is `ctx.service.shop.orders`: what modules of a folder export are members of what the framework hands around. */
export interface HangModel {
  on: AccessPath[]
  /** The names begin below the first of these that holds; without it what is exported brings the members itself. */
  below?: string[]
  /** Folders that give no name, and an ending of the file's name that is no part of it. */
  drop?: string[]
  ending?: string
  /** One name, as the path is written: `upload/qiniu`. A folder of `below` may hold a `*`. */
  written?: true
  /** The last name begins with a capital letter. */
  capital?: true
  /** Of a class an instance is meant, which lives as long as its request. */
  as?: 'instance'
  /** A function that is exported is called once, with these: what it gives is what is meant. */
  given?: AccessPath[]
  /** A member of it that is called in its place: `createOne.with({ … })`. */
  called?: string
}

/** File-system routes and other conventions: exports of matching files that a framework calls. */
export interface ConventionRow {
  /** A constant that the file exports, or the nearest of these above it, and that keeps all of it in the browser where it is false. */
  inBrowser?: { unless: string; said: string[]; above: string[] }
  /** Package that must be among the dependencies of the nearest package.json (any of). */
  packages: string[]
  /** Or one of these files must stand beside the package.json: a framework's own configuration (`wrangler.toml`). */
  beside?: string[]
  /** A file of settings beside the package.json may turn it off: the path of a member that is `false` there. */
  unless?: { settings: string; at: string }
  /** Where neither is there, functions of these names whose first parameters are called like this are taken for such exports (`event|evt`). */
  takes?: string[]
  /** Globs relative to the package's folder. */
  files: string[]
  not?: string[]
  /**
   * Exported name (`default`, `GET`, `loader`) → the entry it is, with the rest of an argument path where the handler lies deeper (`default.fetch`, `default.actions{}`,
   * `default()`). `*` = every exported function, `<operations>` = exported functions that a GraphQL schema names, `<body>` = the module's body itself, which runs at each rendering (frontmatter, `<script setup>`).
   */
  exports: Record<string, { kind: EntryKind; method?: string; params?: AccessPath[]; /** access path of `this` inside */ thisIs?: AccessPath; /** members of the exported object that are handlers (`actions.default`) */ members?: true; /** called once when the server starts */ startup?: true; /** operations of GraphQL: those that schema texts in this folder of the package name, with the method that they say */ sdl?: string; /** keys are routes (`'POST /orders'`), values may name handlers below these folders */ keyed?: true; named?: string[]; /** rendering that browsers run too */ isomorphic?: true; /** exported classes that the platform makes as if they extended this one */ classes?: AccessPath; /** what stands there is of one of these packages, and answers by this name */ orLibrary?: string[]; name?: string; /** it is known by the name of its file */ ofFile?: true; /** what the functions are given that the key calls (`default()`) */ handed?: AccessPath[]; does?: EntryModel['does']; /** others call it by the text that lies there in the export, a dot and its own name */ under?: string; /** the framework reads it: as if this were called with it, and with what this other file exports by the same name */ configures?: { path: AccessPath; or?: string; /** a function that is exported is called with these: what it gives are the settings */ given?: AccessPath[] }; /** a class, made for each request: methods with this ending serve paths of the folders and names below this folder, and a method runs before each of them; members of `this` that say the verb of an action, first what tells most, and the folder of classes whose method of the same name sets a member to it */ actions?: { ending: string; below: string; before?: string; verbs?: [verb: string, members: string[]][]; allowed?: { folder: string; member: string } }; /** it hangs on an object of the framework, under the names of its folder and file */ hangs?: HangModel; /** the framework calls this function of its own with it */ calls?: AccessPath }>
  /** How the route is made from the file's path: strip this prefix and the extension, drop `(groups)`, `index`, `route`, `page`… */
  route?: { strip: string[]; dropSegments?: string[]; flatDots?: true; /** `@name` folders are slots of a page, no part of its path */ slots?: true; /** ending of the file's name before its extension that is no part of the route (`.get`) */ stripSuffix?: string }
  /** Endings that the package's own configuration asks of such files (`pageExtensions: ['page.tsx']` of `next.config.js`); none said, none asked. */
  endings?: { config: string; at: string }
  /** Folder whose `routes.ts` may name the route modules: the row holds where it does (`named`), or where it does not. */
  routes?: { folder: string; named?: true }
  /** Only where the file (or function) has this directive. */
  directive?: 'use server' | 'use client'
  /** Export is found inside this call (`defineEventHandler(fn)`): argument path of the function. Usually the catalog's `run`/`entry` does it. */
  version?: string
}
