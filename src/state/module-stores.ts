import type { Analysis, LibraryCall } from '../link/analysis.js'
import type { Unit } from '../link/instances.js'
import { requires } from './home-sites.js'

/** Where a package that keeps what it is given within itself (`cache.put(key, value)`) gets its name in a file. */
export class ModuleStores {
  private readonly named = new Map<string, number | undefined>()

  constructor(private readonly a: Analysis) {}

  /** The package that a call puts something into, or asks, without an object of ours. */
  storeOf({ recv, path, row }: LibraryCall): string | undefined {
    const module = recv === undefined && row?.access && row.access.target === undefined ? path.slice(0, path.indexOf('#')) : ''
    return module !== '' && path.indexOf('.', module.length) < 0 && this.keeps(module) ? module : undefined
  }

  /** The import in the file of a call, else in the first file that has one: a project's own wrapper. */
  placeOf({ inst }: LibraryCall, module: string): { unit: Unit; binding: number } | undefined {
    for (const unit of [inst.unit, ...this.a.units]) {
      const binding = this.nameIn(unit, module)
      if (binding !== undefined) return { unit, binding }
    }
    return undefined
  }

  private readonly keeping = new Map<string, boolean>()
  private keeps(module: string): boolean {
    let known = this.keeping.get(module)
    if (known === undefined) this.keeping.set(module, (known = ['put', 'set', 'store'].some((name) => this.a.catalog.row(`${module}#${name}`)?.container !== undefined)))
    return known
  }

  private nameIn(unit: Unit, module: string): number | undefined {
    const key = `${unit.index} ${module}`
    if (!this.named.has(key)) this.named.set(key, this.find(unit, module))
    return this.named.get(key)
  }

  private find(unit: Unit, module: string): number | undefined {
    for (const { s, names } of unit.facts.imports) if (s === module && names[0]) return names[0].b
    return requires(unit.facts.functions[0]?.body ?? [], module)
  }
}
