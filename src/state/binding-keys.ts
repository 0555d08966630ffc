import type { Analysis } from '../link/analysis.js'
import type { Unit } from '../link/instances.js'
import type { Modules } from '../link/modules.js'

const MOST_BARRELS = 8
/** A file has fewer bindings than this. */
const MOST_BINDINGS = 2 ** 20
export const keyOfBinding = (unit: Unit, binding: number): number => unit.index * MOST_BINDINGS + binding

/** Key of the binding that a file exports under a name, where it is one of its own. */
export const exportedKey = (unit: Unit, name: string): number | undefined => {
  const own = unit.facts.exports.find((fact) => fact.n === name)
  return own?.b === undefined ? undefined : keyOfBinding(unit, own.b)
}

/** Which binding a name means, whatever files it came through. */
export class BindingKeys {
  private readonly imported = new Map<number, number>()

  constructor(private readonly a: Analysis, private readonly modules: Modules) {}

  /** Key of a binding; an imported name is the exporting module's own (`export let`). */
  of(unit: Unit, binding: number): number {
    const own = keyOfBinding(unit, binding)
    if (unit.facts.bindings[binding]?.kind !== 'import') return own
    let key = this.imported.get(own)
    if (key === undefined) {
      const imported = this.modules.importFact(unit, binding)
      this.imported.set(own, (key = (imported && this.exportKey(unit, imported.specifier, imported.name, 0)) ?? own))
    }
    return key
  }

  /** Key of the binding that an import leads to, through any number of barrels. */
  private exportKey(from: Unit, specifier: string, name: string, depth: number): number | undefined {
    const to = this.a.resolver.resolve(from.path, specifier)
    const target = to.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
    if (!target || depth > MOST_BARRELS) return undefined
    const fact = target.facts.exports.find(({ n }) => n === name)
    if (fact?.b !== undefined) return this.of(target, fact.b)
    if (fact?.from !== undefined && fact.i !== undefined) return this.exportKey(target, fact.from, fact.i, depth + 1)
    for (const { n, from: other } of target.facts.exports) {
      const key = n === '*' && other !== undefined ? this.exportKey(target, other, name, depth + 1) : undefined
      if (key !== undefined) return key
    }
    return undefined
  }
}
