import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachInside } from '../link/shape.js'
import type { LibraryUse } from './libraries.js'
import type { Program } from './program.js'

const DEEPEST = 4
/** What says only that a path is put together. */
const JOINS = /^(path|join|resolve|os|tmpdir|toString|normalize)$/

/** Files in the folder for temporary ones that one request leaves for another: chunks of an upload, and who merges them. */
export class HandedOver {
  private reads: Map<string, LibraryCall[]> | undefined

  constructor(private readonly program: Program) {}

  /** Does another entry read, in the same file, what is named alike? */
  isReadByOthers({ call }: LibraryUse, written: Expr | undefined): boolean {
    const names = written && this.namesIn(call.inst, written)
    if (!names) return false
    const { reach } = this.program
    return this.readsIn(call.inst.unit.path).some((read) => {
      // What the same function reads and writes it makes of something else.
      if (read.inst.fn === call.inst.fn) return false
      const asked = read.site.k === 'call' && read.site.a[0] ? [...this.namesIn(read.inst, read.site.a[0])] : []
      if (asked.length === 0 || !asked.every((name) => names.has(name))) return false
      const writers = reach.entries(call.inst)
      return [...reach.entries(read.inst)].some((reader) => !writers.has(reader))
    })
  }

  private readsIn(file: string): LibraryCall[] {
    if (!this.reads) {
      this.reads = new Map()
      for (const call of this.program.a.calls) {
        if (call.row?.disk?.op !== 'read' || call.inst.phase !== 'request') continue
        const list = this.reads.get(call.inst.unit.path)
        if (list) list.push(call)
        else this.reads.set(call.inst.unit.path, [call])
      }
    }
    return this.reads.get(file) ?? []
  }

  /** Names and texts that a path is made of, through locals. */
  private namesIn(inst: Instance, path: Expr): Set<string> {
    const names = new Set<string>()
    const visit = (x: Expr, depth: number): void => eachInside(x, (part) => {
      const made = part.k === 'ref' && depth < DEEPEST ? this.program.look.definition(inst, part.b) : undefined
      const name = part.k === 'ref' ? inst.unit.facts.bindings[part.b]?.n : part.k === 'mem' ? part.n : part.k === 'lit' ? String(part.v) : undefined
      if (name && !JOINS.test(name)) names.add(name)
      if (made) visit(made, depth + 1)
    })
    visit(path, 0)
    return names
  }
}
