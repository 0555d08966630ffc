import type { Expr } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import type { Ref } from '../link/solver.js'
import type { Home, ObjectValue } from '../link/values.js'

/** A change of a cell while requests are served or in the background. */
export interface CellWrite {
  inst: Instance
  site: Expr
  /** `assign`: the slot itself; `update`: `++`, `+=`; `member`: something inside; `mutator`: a method; `delete`. */
  kind: 'assign' | 'update' | 'member' | 'mutator' | 'delete'
  op: string
  key: Ref
  keyExpr: Expr | undefined
  value: Ref
  valueExpr: Expr | undefined
  /** Changes something that the cell holds, not the cell. */
  inner?: true
  /** The changed thing was made while serving. */
  filling?: true
  /** In a file that has nothing else to do with the cell: it may well be something else that is changed there. */
  aside?: true
  /** Loads what is missing, and gives back what is there. */
  loads?: true
}

export interface CellRead {
  inst: Instance
  site: Expr
  op: 'slot' | 'read' | 'has' | 'size' | 'iterate'
}

/** A piece of process memory that requests or timers change. */
export interface Cell {
  home: Home
  writes: CellWrite[]
  reads: CellRead[]
  /** Containers that are the cell's content. */
  contents: Set<ObjectValue>
  /** Values ever put in the slot (bindings and fields). */
  slots: Set<number>
}
