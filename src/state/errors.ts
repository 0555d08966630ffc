import type { Analysis } from '../link/analysis.js'
import type { ClassValue, ObjectValue } from '../link/values.js'

const ERROR = /(?:Error|Exception)(?:\.new)?$/

/** Errors go to whoever catches them and are gone: what is written on one is nobody else's, wherever it was made. */
export class Errors {
  private readonly known = new Map<ClassValue, boolean>()

  constructor(private readonly a: Analysis) {}

  has({ cls, path }: ObjectValue): boolean {
    return cls ? this.isOne(cls) : path !== undefined && ERROR.test(path)
  }

  private isOne(cls: ClassValue): boolean {
    const known = this.known.get(cls)
    if (known !== undefined) return known
    this.known.set(cls, false)
    const isOne = this.a.of(cls.parent).some((parent) => (parent.kind === 'class' ? this.isOne(parent) : parent.kind === 'lib' && ERROR.test(parent.path)))
    this.known.set(cls, isOne)
    return isOne
  }
}
