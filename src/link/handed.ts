import type { Expr } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Instance } from './instances.js'
import type { Library } from './library.js'
import type { Ref } from './solver.js'
import type { Value } from './values.js'

interface Construction {
  inst: Instance
  x: Expr & { k: 'new' }
  callee: Ref
  args: Ref[]
  result: number
}

/** Constructions of classes that are not here, such as stubs that a build generates: what they are handed may say what they are (credentials of gRPC). */
export class Handed {
  private readonly open: Construction[] = []

  constructor(private readonly a: Analysis, private readonly library: () => Library) {}

  /** Asked once nothing else leads anywhere: what the class is may only not be known yet. */
  see(made: Construction): void {
    if (made.args.length === 0) return
    if (this.open.length === 0) this.a.undecided.push(() => this.decide())
    this.open.push(made)
  }

  private decide(): void {
    for (const made of this.open.splice(0)) {
      if (!this.a.of(made.callee).every((value) => this.isUnknown(value))) continue
      const path = this.saidBy(made.args)
      if (path) this.library().construct(made.inst, made.x, this.a.library(path), made.args, made.result)
    }
  }

  private isUnknown(callee: Value): boolean {
    return callee.kind === 'lib' && !/^(?:global#|node:)/.test(callee.path) && !this.a.catalog.knows(callee.path.slice(0, callee.path.indexOf('#')))
  }

  private saidBy(args: Ref[]): string | undefined {
    for (const arg of args) {
      for (const value of this.a.of(arg)) {
        const path = value.kind === 'lib' || value.kind === 'object' ? value.path : undefined
        const taker = path === undefined ? undefined : this.a.catalog.row(path)?.handedTo
        if (taker) return taker
      }
    }
    return undefined
  }
}
