import type { FileFacts } from '../model/facts.js'
import type { Instance, Unit } from './instances.js'
import type { ObjectValue } from './values.js'

/** A source file. Its module and its `module.exports` are made when something asks for them: many files are for browsers only. */
export class SourceUnit implements Unit {
  readonly exports = new Map<string, number>()
  evaluated = false
  private ownModule: Instance | undefined = undefined
  private ownCjs: ObjectValue | undefined = undefined

  constructor(
    readonly index: number,
    readonly path: string,
    readonly facts: FileFacts,
    private readonly makeModule: (unit: Unit) => Instance,
    private readonly makeExports: (unit: Unit) => ObjectValue,
  ) {}

  get module(): Instance {
    return (this.ownModule ??= this.makeModule(this))
  }

  get cjs(): ObjectValue {
    return (this.ownCjs ??= this.makeExports(this))
  }
}
