import type { Expr, FileFacts, PropFact, Stmt } from '../model/facts.js'
import type { Tree } from './tree.js'

/** Objects of code as the data that YAML would be: literals, constants of the same file, and what a fallback (`x || 'max'`) falls back to. */
export class CodeTrees {
  private readonly constants = new Map<number, Expr>()

  constructor(facts: FileFacts) {
    for (const statement of facts.functions[0]?.body ?? []) this.declare(statement)
  }

  private declare(statement: Stmt): void {
    if (statement.k !== 'var') return
    for (const { t, i } of statement.d) if (t.k === 'bind' && i) this.constants.set(t.b, i)
  }

  /** What is unknown is empty: no reader takes it for a value. */
  of(x: Expr, depth = 0): Tree {
    const span = { start: x.p, end: x.e }
    if (depth > 12) return { kind: 'scalar', value: null, ...span }
    switch (x.k) {
      case 'lit': return { kind: 'scalar', value: x.v, ...span }
      case 'tpl': return { kind: 'scalar', value: x.x.length === 0 && !x.tag ? x.q.join('') : null, ...span }
      case 'un': return x.op === '-' && x.x.k === 'lit' ? { kind: 'scalar', value: -Number(x.x.v), ...span } : { kind: 'scalar', value: null, ...span }
      case 'log': return x.op === '&&' ? { kind: 'scalar', value: null, ...span } : this.of(x.r, depth + 1)
      case 'arr': return { kind: 'list', items: x.x.map((item) => this.of(item, depth + 1)), ...span }
      case 'obj': return { kind: 'map', entries: x.m.flatMap((prop) => this.entries(prop, depth)), ...span }
      case 'ref': return this.constant(x.b, depth) ?? { kind: 'scalar', value: null, ...span }
      default: return { kind: 'scalar', value: null, ...span }
    }
  }

  private constant(binding: number, depth: number): Tree | undefined {
    const made = this.constants.get(binding)
    return made && this.of(made, depth + 1)
  }

  private entries(prop: PropFact, depth: number) {
    if (prop.kind === 'spread') {
      const spread = this.of(prop.v, depth + 1)
      return spread.kind === 'map' ? spread.entries : []
    }
    return prop.n === undefined || prop.kind !== 'init' ? [] : [{ key: prop.n, start: prop.q, end: prop.q + prop.n.length, value: this.of(prop.v, depth + 1) }]
  }
}
