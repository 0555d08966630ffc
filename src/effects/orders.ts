import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { EffectModel } from '../model/catalog.js'
import { type Callers, callsTo } from '../flow/reach.js'
import type { Entry } from '../flow/entries.js'
import type { CellView, Program } from '../program/program.js'
import type { CellWrite } from '../state/cells.js'
import type { Effect } from './effects.js'
import { asCall, MEMORY } from './memory.js'

/** Words by which a path gives an order. */
const ORDERS = /^(start|stop|restart|reboot|terminate|kill|shutdown|delete|remove|clear|reset|destroy|purge|flush|pause|resume|toggle|enable|disable|turn|switch|cancel|abort|create|add|update|set|save|restore|install|uninstall|ban|unban|kick|mute|unmute|trigger|rename|move|disconnect|join|leave|vote|skip)$/i
/** Path segments that are looked at, from the end. */
const LAST = 3
/** Calls between the handler and the change. */
const FARTHEST = 3
/** What somebody may have asked to be changed; caches, counts and the like are the process's own. */
const KEEPING = new Set(['store', 'registry', 'queue', 'flag', 'setting', 'request-data'])
const MODEL: EffectModel = { kind: 'update', by: MEMORY }

/** `GET /rooms/:id/close`, `GET /delete_backup`: a reading request whose path says that it does something. */
export const isOrder = ({ kind, path }: Entry): boolean => {
  if (kind !== 'route') return false
  const all = (path ?? '').split('/').filter((part) => part !== '')
  // A path of which nothing but the name in the code is known is shown as a parameter.
  const segments = all.length === 1 ? all : all.filter((part) => !/^[:*[{$]/.test(part)).slice(-LAST)
  return segments.some((segment) => ORDERS.test(/^[A-Za-z][a-z]*/.exec(segment.replace(/^[^A-Za-z]+/, ''))?.[0] ?? ''))
}

/** What requests change in process memory, by function, as far as somebody may have asked for it. */
export class Orders {
  private list: Map<Instance, { cell: CellView; write: CellWrite }[]> | undefined

  constructor(private readonly program: Program) {}

  of(inst: Instance, parents: Callers): Effect[] {
    this.list ??= this.find()
    if (!this.list.has(inst) || callsTo(parents, inst).length > FARTHEST) return []
    return (this.list.get(inst) ?? []).map(({ cell, write }) => ({ call: asCall(write, cell.symbol, MODEL), kind: 'update', model: cell.symbol, by: MEMORY, guard: undefined, weak: false }))
  }

  private find(): Map<Instance, { cell: CellView; write: CellWrite }[]> {
    const found = new Map<Instance, { cell: CellView; write: CellWrite }[]>()
    for (const cell of this.program.cells()) {
      if (!KEEPING.has(cell.role)) continue
      for (const write of cell.writes) {
        if (write.inst.phase !== 'request' || write.filling || write.aside) continue
        const list = found.get(write.inst)
        if (list) list.push({ cell, write })
        else found.set(write.inst, [{ cell, write }])
      }
    }
    return found
  }
}

/** Files that such a request deletes or writes for later ones are what it was asked to change. */
export const markOrdered = (effects: readonly Effect[], isKept: (call: LibraryCall) => boolean): void => {
  for (const effect of effects) {
    if (effect.by !== 'file system' || (effect.kind !== 'delete' && !isKept(effect.call))) continue
    effect.asked = true
    if (effect.kind === 'file-write') effect.kind = 'upsert'
  }
}
