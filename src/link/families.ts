import type { Analysis } from './analysis.js'
import type { ClassValue } from './values.js'

/** Classes below a class: asked for at each place whose annotation names one, in programs of thousands of classes. */
export class Families {
  private readonly below = new Map<ClassValue, ClassValue[]>()
  private readonly known = new Map<ClassValue, ClassValue[]>()
  private classes = -1
  private steps = -1

  constructor(private readonly a: Analysis) {}

  /** A class and all below it, in the order in which they were found. */
  of(cls: ClassValue): ClassValue[] {
    this.renew()
    let family = this.known.get(cls)
    if (!family) {
      const found = new Set([cls])
      for (const one of found) for (const child of this.below.get(one) ?? []) found.add(child)
      this.known.set(cls, (family = [...found].sort((a, b) => a.id - b.id)))
    }
    return family
  }

  /** What a class extends changes only while the solver runs. */
  private renew(): void {
    const { classes, solver } = this.a
    if (this.classes === classes.length && this.steps === solver.steps) return
    this.classes = classes.length
    this.steps = solver.steps
    this.known.clear()
    this.below.clear()
    for (const cls of classes) for (const parent of this.a.of(cls.parent)) if (parent.kind === 'class') this.enter(cls, parent)
  }

  private enter(cls: ClassValue, parent: ClassValue): void {
    const children = this.below.get(parent)
    if (children) children.push(cls)
    else this.below.set(parent, [cls])
  }
}
