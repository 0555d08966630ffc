import type { Site } from '../model/site.js'
import type { Way } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'
import { Cells, type CellWrite } from '../state/cells.js'
import type { Homes } from '../state/homes.js'
import { isReset } from '../state/patterns.js'
import { type RoledCell, Roles } from '../state/roles.js'
import { isMerged } from './merged-calls.js'
import type { Program } from './program.js'

/** A cell as rules see it. */
export interface CellView extends RoledCell {
  symbol: string
  site: Site
  /** Entries that change it, by name. */
  writers: string[]
  readers: string[]
  /** The shortest way to a change; absent where no entry or timer leads to one. */
  way: Way | undefined
  /** The change that the way leads to. */
  write: CellWrite | undefined
}

/** The cells of a program, with their roles, ways and entries. */
export const viewsOf = (program: Program, homes: Homes): CellView[] => {
  const roles = new Roles(program.a, program.look)
  return new Cells(program.a, homes, program.library, (made) => program.libraries.isOutside(made)).all.map((cell) => viewOf(program, roles.of(cell)))
}

const viewOf = (program: Program, cell: RoledCell): CellView => {
  const best = bestWrite(program, cell.writes)
  const near = entryNames(program, cell.writes.filter(({ aside }) => !aside).map((w) => w.inst))
  return {
    ...cell, symbol: cell.home.name, site: { file: cell.home.unit.path, start: cell.home.start, end: cell.home.end },
    writers: near.length > 0 ? near : entryNames(program, cell.writes.map((w) => w.inst)), readers: entryNames(program, cell.reads.map((r) => r.inst)),
    way: best?.way, write: best?.write,
  }
}

/** Who is shown how something is filled wants to see what fills it. */
const takesAway = (write: CellWrite): boolean => write.kind === 'delete' || write.op === 'clear' || write.op === 'splice' || (write.kind === 'assign' && isReset(write))

const bestWrite = ({ reach }: Program, writes: CellWrite[]): { way: Way; write: CellWrite } | undefined => {
  let best: { way: Way; write: CellWrite; cost: number } | undefined
  const ways = new Map<Instance, Way | undefined>()
  for (const write of writes) {
    if (!ways.has(write.inst)) ways.set(write.inst, reach.way(write.inst))
    const way = ways.get(write.inst)
    if (!way) continue
    const cost = way.calls.length + (way.entry ? (way.entry.model.kind === 'middleware' ? 20 : 0) : 100) + (takesAway(write) ? 40 : 0) + (write.aside ? 60 : 0) + (way.calls.some(isMerged) ? 50 : 0)
    if (!best || cost < best.cost) best = { way, write, cost }
  }
  return best
}

/** Names of the entries that lead to one of these. */
export const entryNames = ({ reach, entryList }: Program, insts: Instance[]): string[] => {
  const names = new Set<string>()
  for (const record of reach.entriesOfAll(new Set(insts))) {
    const entry = entryList.byRecord.get(record)
    if (entry) names.add(entry.symbol)
  }
  return [...names].sort()
}
