import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue, Value } from '../link/values.js'
import type { LibraryUse } from './libraries.js'
import type { Program } from './program.js'

/** What an upload parser calls the file that it wrote. */
const UPLOADED = /^(path|filepath|tempFilePath)$/
const MOVE = /[#.](rename|move)(Sync)?$/

/** What becomes of files that an upload parser has written. */
export class Uploads {
  private readonly known = new Map<Expr, boolean>()

  constructor(private readonly program: Program) {}

  /** Do the handlers beside an upload parser, or beside those who use it in other files, delete or move on the files that it wrote? */
  isMovedOn({ call }: LibraryUse): boolean {
    let found = this.known.get(call.site)
    if (found === undefined) this.known.set(call.site, (found = this.findMovedOn(call)))
    return found
  }

  private findMovedOn(call: LibraryCall): boolean {
    const { a, reach } = this.program
    const users = this.users(call)
    const units = new Set([call.inst.unit, ...users.map(({ inst }) => inst.unit)])
    const handlers = a.entries.filter(({ unit }) => units.has(unit)).flatMap((entry) => entry.handlers.map(({ instance }) => instance))
    const serving = users.flatMap(({ inst }): Instance[] => (inst.phase === 'request' ? [outermost(inst)] : []))
    for (const inst of reach.forward([...handlers, ...serving])) for (const other of this.program.callsOf(inst)) if (takesUpload(other)) return true
    return false
  }

  /** Calls of the parser (`upload.single('picture')`), and what registers handlers behind what such a call gives. */
  private users(call: LibraryCall): LibraryCall[] {
    const isIt = (value: Value | undefined): boolean => value?.kind === 'object' && (this.isMadeWith(value, call) || (value.recv !== undefined && this.isMadeWith(value.recv, call)))
    return this.program.a.calls.filter(({ recv, row, args }) => isIt(recv) || (row?.entry !== undefined && args.some((arg) => this.program.a.of(arg).some(isIt))))
  }

  /** `multer({ storage })`: the parser that a call makes, or that is made with what it makes. */
  private isMadeWith({ site, args, path }: ObjectValue, call: LibraryCall): boolean {
    if (site === call.site) return true
    if (path === undefined || packageOf(path) !== packageOf(call.path)) return false
    const { a } = this.program
    const isIt = (value: Value): boolean => value.kind === 'object' && value.site === call.site
    return (args ?? []).some((arg) => a.of(arg).some((value) => value.kind === 'object' && [...value.holder.fields.values()].some((field) => a.of(field).some(isIt))))
  }
}

const packageOf = (path: string): string => path.slice(0, path.indexOf('#'))

const takesUpload = ({ row, path, site }: LibraryCall): boolean => {
  if (row?.disk?.op !== 'delete' && !MOVE.test(path)) return false
  const source = site.k === 'call' ? site.a[0] : undefined
  return source !== undefined && isUpload(source)
}

/** `file.path`: where an upload parser has put it. */
export const isUpload = (x: Expr): boolean => x.k === 'mem' && UPLOADED.test(x.n)

/** The outermost function around an invocation that serves the same request: handlers, not the plugin that registers them. */
export const outermost = (inst: Instance): Instance => {
  let at = inst
  while (at.env && at.env.phase === inst.phase && at.env.fn.owner !== -1) at = at.env
  return at
}
