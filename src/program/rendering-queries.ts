import { MAKES_PAGES, RENDERERS, SERVER_RENDERING } from '../catalog/packages.js'
import type { Unit } from '../link/instances.js'
import type { Expr } from '../model/facts.js'
import type { CellWrite } from '../state/cells.js'
import type { CellView, Program } from './program.js'

/** Questions about code that renders: it runs in browsers, and on the server for each first page. */
export class RenderingQueries {
  private readonly known = new Map<CellView, boolean>()

  constructor(private readonly program: Program) {}

  /** A store of a user interface that lives as long as the process and that serving a page fills. */
  stores(): CellView[] {
    return this.program.cells().filter((cell) => this.isStore(cell) && !this.isBrowsers(cell.home.unit))
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

  /** Where no server could load it, or has a use for it, what a file keeps is the browser's, whatever seems to lead there. */
  isBrowsers(unit: Unit): boolean {
    return needsBrowser(unit) || (COMPONENT.test(unit.path) && !this.rendersComponents(unit))
  }

  private renderers: boolean | undefined
  private rendersComponents({ path }: Unit): boolean {
    const { resolver, units } = this.program.a
    const dependencies = resolver.manifestOf(path)?.dependencies ?? {}
    this.renderers ??= units.some(({ facts }) => facts.specifiers.some((specifier) => RENDERERS.test(specifier)))
    return this.renderers || SERVER_RENDERING.some((name) => name in dependencies)
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

const WINDOW = /^(window|document|localStorage|sessionStorage)$/

/** `window.addEventListener(…)` as a statement of the module, behind no test: to load it anywhere else is an error. */
const needsBrowser = ({ facts }: Unit): boolean =>
  facts.functions[0]?.body.some((s) => s.k === 'expr' && isOfWindow(s.x)) ?? false

const isOfWindow = (x: Expr): boolean => {
  if (x.k === 'set') return x.l.k === 'mem' && isOfWindow(x.l.o)
  if (x.k === 'call') return x.f.k === 'mem' && isOfWindow(x.f.o)
  return x.k === 'mem' ? isOfWindow(x.o) : x.k === 'glob' && WINDOW.test(x.n)
}

const COMPONENT = /\.(vue|svelte)$/
const PAGES = new Set(['page', 'loader'])
