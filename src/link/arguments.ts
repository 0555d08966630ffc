import type { ArgumentPath } from '../model/catalog.js'
import type { Access } from './access.js'
import type { Analysis } from './analysis.js'
import { type Ref, constant } from './solver.js'
import type { FnValue, ObjectValue } from './values.js'

/** What an argument path is asked of: a call's arguments and receiver. */
export interface Given {
  args: Ref[]
  recv?: ObjectValue | FnValue | undefined
}

interface Parsed {
  base: 'this' | 'last' | number
  rest: boolean
  steps: string[]
}

const parsed = new Map<string, Parsed>()

const parse = (path: string): Parsed => {
  const known = parsed.get(path)
  if (known) return known
  const head = /^(this|last|\d+)(\.\.)?/.exec(path)
  const base = head?.[1] ?? '0'
  const steps = path.slice(head?.[0].length ?? 0).match(/\[\]|\{\}|[^.[\]{}]+/g) ?? []
  const made: Parsed = { base: base === 'this' || base === 'last' ? base : Number(base), rest: head?.[2] !== undefined, steps }
  parsed.set(path, made)
  return made
}

/** Resolves argument paths (`1.store`, `last`, `0{}`, `2~1`) to places. */
export class Arguments {
  constructor(private readonly a: Analysis, private readonly access: Access) {}

  /** All places that a path names; several for `1..`. */
  refs(path: ArgumentPath, given: Given): Ref[] {
    for (const option of path.split('~')) {
      const found = this.some(parse(option), given)
      if (found.length > 0) return found
    }
    return []
  }

  ref(path: ArgumentPath, given: Given): Ref | undefined {
    return this.refs(path, given)[0]
  }

  private some(path: Parsed, given: Given): Ref[] {
    return this.bases(path, given).map((base) => path.steps.reduce((at, step) => this.step(at, step), base))
  }

  private bases(path: Parsed, { args, recv }: Given): Ref[] {
    if (path.base === 'this') return recv ? [constant(recv.id)] : []
    if (path.base === 'last') return args.slice(-1)
    if (path.rest) return args.slice(path.base)
    const arg = args[path.base]
    return arg === undefined ? [] : [arg]
  }

  private step(at: Ref, step: string): Ref {
    if (step === '[]') return this.access.iterated(at)
    if (step === '{}') return this.access.anyField(at)
    return this.access.load(at, step)
  }

  /** Texts that a place may hold, once all is known. */
  texts(ref: Ref | undefined): string[] {
    if (ref === undefined) return []
    return this.a.of(ref).flatMap((v) => (v.kind === 'lit' && typeof v.value === 'string' ? [v.value] : []))
  }
}
