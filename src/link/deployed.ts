import type { EntryKind } from '../model/catalog.js'
import type { EntryRecord } from './analysis.js'
import { exportedPlace } from './conventions.js'
import type { DeployedHandler } from '../model/handlers.js'
import type { Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { NOTHING } from './solver.js'
import type { FnValue } from './values.js'

const EXTENSIONS = ['.ts', '.js', '.mjs', '.mts', '.cjs', '.cts', '.tsx', '.jsx', '/index.ts', '/index.js', '/index.mjs']
const KINDS: Record<DeployedHandler['event'], EntryKind> = { http: 'lambda', schedule: 'job', message: 'message', socket: 'socket', other: 'lambda', route: 'route' }
const PARAMS = ['aws-lambda#Event.new', 'aws-lambda#Context.new', '']
const ROUTE_PARAMS = ['express#Request.new', 'express#Response.new', 'express#NextFunction']

/** Makes entries of the functions that deployment files name as handlers. */
export const enterDeployed = (library: Library, handlers: DeployedHandler[]): void => {
  const groups = new Map<string, EntryRecord>()
  for (const handler of handlers) {
    const unit = handler.main ? mainOf(library, handler.file) : EXTENSIONS.map((extension) => library.a.unitOf.get(handler.file + extension)).find((found) => found !== undefined)
    if (unit) enter(library, unit, handler, groups)
  }
}

/** The file that a package gives as its own. */
const mainOf = ({ a }: Library, folder: string): Unit | undefined => {
  const place = `${folder === '' ? '' : `${folder}/`}package.json`
  for (const name of [a.resolver.manifestOf(place)?.main, 'index', 'function']) {
    const to = name === undefined ? undefined : a.resolver.resolve(place, `./${name.replace(/^\.?\//, '')}`)
    const unit = to?.kind === 'file' ? a.unitOf.get(to.file) : undefined
    if (unit) return unit
  }
  return undefined
}

const enter = (library: Library, unit: Unit, handler: DeployedHandler, groups: Map<string, EntryRecord>): void => {
  const { registration } = library
  library.a.evaluateLater(unit)
  const [name = 'default', ...rest] = handler.export.split('.')
  const made: Application = { inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING }
  const node = library.arguments.beyond(library.access.modules.exportNode(unit, name), rest.map((part) => `.${part}`).join(''), made)
  const see = (fn: FnValue): void => {
    const known = handler.group === undefined ? undefined : groups.get(handler.group)
    const record = known ?? registration.record(made, { kind: KINDS[handler.event], ...(handler.method && { method: handler.method }) }, handler.name)
    const at = exportedPlace(unit, name, fn)
    registration.at(record, at.unit, at.start, at.end)
    if (handler.group !== undefined) groups.set(handler.group, record)
    record.site = undefined
    record.deployed = true
    if (handler.path !== undefined) record.route = handler.path
    registration.handle(made, record, fn, registration.params(handler.event === 'route' || handler.main ? ROUTE_PARAMS : PARAMS), record.handlers.length)
  }
  library.functions(node, see)
  // `module.exports = (context, req) => …` of a function that is named all the same.
  if (!unit.facts.exports.some(({ n }) => n === name || n === '*')) library.functions(library.a.field(unit.cjs, 'exports'), (fn) => {
    if (library.a.solver.size(fn.holder.fields.get(name) ?? NOTHING) === 0) see(fn)
  })
}
