import type { Instance } from '../link/instances.js'

/** What was found for an invocation, by how far calls may still be followed. */
export class ByDepth<T> {
  private readonly known: Map<Instance, T>[] = []

  of(inst: Instance, depth: number, find: () => T): T {
    const memo = (this.known[depth] ??= new Map())
    let found = memo.get(inst)
    if (found === undefined) memo.set(inst, (found = find()))
    return found
  }
}
