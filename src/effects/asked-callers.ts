import type { Callers } from '../flow/reach.js'
import type { CallEdge, Instance } from '../link/instances.js'

type Answer = CallEdge | boolean | undefined

/** A question, and what comes next by its answer: another question, or what was found out. */
type Node<Found> = { inst: Instance; asksEdge: boolean; next: Map<Answer, Node<Found>> } | { found: Found }

interface Asked {
  inst: Instance
  asksEdge: boolean
  answer: Answer
}

/** What is asked, in its order, each once. */
const noting = (callers: Callers, asked: Asked[]): Callers => {
  const has = new Set<Instance>()
  const edges = new Set<Instance>()
  const note = (once: Set<Instance>, one: Asked): void => {
    if (once.has(one.inst)) return
    once.add(one.inst)
    asked.push(one)
  }
  return {
    size: callers.size,
    has: (inst) => {
      const answer = callers.has(inst)
      note(has, { inst, asksEdge: false, answer })
      return answer
    },
    get: (inst) => {
      const answer = callers.get(inst)
      note(edges, { inst, asksEdge: true, answer })
      return answer
    },
  }
}

/**
 * What is found out of something goes by how it was reached in parts only: it is the same for all entries that give the same answers. The first
 * question is always the same, and each further one goes by the answers before it.
 */
export class ByCallers<Of, Found> {
  private readonly known = new Map<Of, Node<Found>>()
  private readonly ofNone = new Map<Of, Node<Found>>()

  of(what: Of, callers: Callers, find: (callers: Callers) => Found): Found {
    const roots = callers.size === 0 ? this.ofNone : this.known
    const known = this.lookUp(roots.get(what), callers)
    if (known) return known.found
    const asked: Asked[] = []
    const found = find(noting(callers, asked))
    roots.set(what, entered(roots.get(what), asked, found))
    return found
  }

  private lookUp(root: Node<Found> | undefined, callers: Callers): { found: Found } | undefined {
    let at = root
    while (at && !('found' in at)) at = at.next.get(at.asksEdge ? callers.get(at.inst) : callers.has(at.inst))
    return at
  }
}

/** A tree of questions with one more way through it. */
const entered = <Found>(root: Node<Found> | undefined, asked: Asked[], found: Found): Node<Found> => {
  let at = root
  for (let i = 0; i < asked.length; i++) {
    const { inst, asksEdge, answer } = asked[i] as Asked
    // Asked otherwise than before: what was found goes by more than was noted.
    if (!at || 'found' in at || at.inst !== inst || at.asksEdge !== asksEdge) return wayTo(asked, found)
    const next = at.next.get(answer)
    if (!next) {
      at.next.set(answer, wayTo(asked.slice(i + 1), found))
      return root as Node<Found>
    }
    at = next
  }
  return root ?? { found }
}

const wayTo = <Found>(asked: Asked[], found: Found): Node<Found> => asked.reduceRight<Node<Found>>((next, { inst, asksEdge, answer }) => ({ inst, asksEdge, next: new Map([[answer, next]]) }), { found })
