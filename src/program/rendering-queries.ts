import { MAKES_PAGES } from '../catalog/packages.js'
import type { CellWrite } from '../state/cells.js'
import type { CellView, Program } from './program.js'

/** Questions about code that renders: it runs in browsers, and on the server for each first page. */
export class RenderingQueries {
  private readonly known = new Map<CellView, boolean>()

  constructor(private readonly program: Program) {}

  /** A store of a user interface that lives as long as the process and that serving a page fills. */
  stores(): CellView[] {
    return this.program.cells().filter((cell) => this.isStore(cell))
  }

  isStore(cell: CellView): boolean {
    let known = this.known.get(cell)
    if (known === undefined) this.known.set(cell, (known = this.renders() && !cell.background && cell.way?.entry !== undefined && this.holdsStore(cell) && this.isFilled(cell)))
    return known
  }

  private rendering: boolean | undefined
  /** Does the program make pages at all? Where it does not, a store of such a library is one like any other. */
  private renders(): boolean {
    const { entries, units } = this.program.a
    return (this.rendering ??= entries.some(({ model }) => model.isomorphic === true || PAGES.has(model.kind)) || units.some(({ path, facts }) => COMPONENT.test(path) || facts.specifiers.some((specifier) => MAKES_PAGES.test(specifier))))
  }

  /** Changed by components alone: on the server most such code never runs, so only what is sure to be a leak counts. */
  isRendered(cell: CellView): boolean {
    return cell.writes.every((write) => this.inRendering(write))
  }

  /** Filled with what one request brought, or by code that runs on the server alone. */
  private isFilled(cell: CellView): boolean {
    return this.isPersonal(cell) || cell.writes.some((write) => write.inst.phase === 'request' && this.program.reach.entries(write.inst).size > 0 && !this.inRendering(write))
  }

  /** Does a change put data of the request into it? */
  isPersonal(cell: CellView): boolean {
    return cell.writes.some((write) => write.inst.phase === 'request' && write.kind !== 'delete' && this.program.taints.of(write.inst, write.valueExpr, write.value).request)
  }

  private inRendering({ inst }: CellWrite): boolean {
    if (inst.phase === 'startup') return false
    const entries = [...this.program.reach.entries(inst)]
    return entries.length > 0 ? entries.every(({ model }) => model.isomorphic) : inst.phase === 'request' && COMPONENT.test(inst.unit.path)
  }

  private holdsStore(cell: CellView): boolean {
    if (cell.home.local) return false
    const kept = [...cell.slots].flatMap((slot) => this.program.a.of(slot))
    return [...cell.contents, ...kept].some((value) => value.kind === 'object' && value.path !== undefined && value.phase === 'startup' && this.program.a.catalog.row(value.path)?.container?.kind === 'store')
  }
}

const COMPONENT = /\.(vue|svelte)$/
const PAGES = new Set(['page', 'loader'])
