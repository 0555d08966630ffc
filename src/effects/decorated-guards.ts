import type { Entry } from '../flow/entries.js'
import type { Instance } from '../link/instances.js'
import type { ClassFact } from '../model/facts.js'
import { classesGiven, decoratorsAt } from '../program/decorators.js'
import type { Program } from '../program/program.js'
import type { Claim, Claims } from './claims.js'

/** Name of the method that says whether a request may go on. */
const PERMITS = 'canActivate'

/** What guards say of rows that decorators put in front of a handler or its class: `@UseGuards(NotSetUpYet)`. */
export class DecoratedGuards {
  private byClass: Map<ClassFact, Instance[]> | undefined

  constructor(private readonly program: Program, private readonly claims: Claims) {}

  passed(entry: Entry): Claim[] {
    this.byClass ??= this.find()
    if (this.byClass.size === 0) return []
    const classes = entry.records.flatMap((record) => decoratorsAt(record).flatMap(({ x }) => classesGiven(this.program, record.inst, x)))
    return [...new Set(classes)].flatMap((cls) => this.byClass?.get(cls) ?? []).flatMap((inst) => this.claims.permitting(inst))
  }

  private find(): Map<ClassFact, Instance[]> {
    const found = new Map<ClassFact, Instance[]>()
    for (const { kind, handlers } of this.program.entries) {
      for (const inst of kind === 'middleware' ? handlers : []) {
        const cls = inst.fn.n === PERMITS && inst.fn.cls !== undefined ? inst.unit.facts.classes[inst.fn.cls] : undefined
        if (cls) found.set(cls, [...(found.get(cls) ?? []), inst])
      }
    }
    return found
  }
}
