import type { Analysis } from '../link/analysis.js'
import type { ClassValue, ObjectValue, Value } from '../link/values.js'

/** A member that holds objects. */
export interface Part {
  name: string
  objects: readonly ObjectValue[]
}

const NONE: readonly Part[] = []
const NO_OBJECTS: readonly ObjectValue[] = []

/** Members of the objects of a linked program that hold other objects, a third of all: who looks for what lives on goes through them time and again. */
export class Parts {
  private readonly known = new Map<ObjectValue | ClassValue, readonly Part[]>()

  constructor(private readonly a: Analysis) {}

  of(holder: ObjectValue | ClassValue): readonly Part[] {
    let parts = this.known.get(holder)
    if (!parts) this.known.set(holder, (parts = this.find(holder)))
    return parts
  }

  /** Objects that a place holds. */
  at(node: number): readonly ObjectValue[] {
    return this.a.solver.some(node, this.isObjectId) ? this.a.of(node).filter(isObject) : NO_OBJECTS
  }

  private readonly isObjectId = (id: number): boolean => isObject(this.a.value(id))

  private find({ holder: { fields } }: ObjectValue | ClassValue): readonly Part[] {
    let parts: Part[] | undefined
    for (const [name, node] of fields) {
      const objects = this.at(node)
      if (objects.length > 0) (parts ??= []).push({ name, objects })
    }
    return parts ?? NONE
  }
}

const isObject = (value: Value): value is ObjectValue => value.kind === 'object'
