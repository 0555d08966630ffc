import type { FnFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Instance, Unit } from './instances.js'
import type { Library } from './library.js'
import { type Shaped, setsUp, shapesIn } from './registration-shapes.js'
import type { Ref } from './solver.js'
import { Uncalled } from './uncalled.js'
import type { ObjectValue } from './values.js'

/** What an application is taken for, by the package that is there; Express where none is. */
const ROUTERS: [string, string][] = [
  ['express', 'express#Express.new'], ['fastify', 'fastify#FastifyInstance.new'], ['restify', 'restify#Server.new'], ['@koa/router', '@koa/router#default.new'], ['koa-router', '@koa/router#default.new'], ['hono', 'hono#Hono.new'],
]

/**
 * Last resort for registrations that no known application reaches: hooks of plugin systems, exported functions that nobody
 * calls, receivers that nothing is known of. What looks like `app.post('/x', fn)` is taken for it, and marked as guessed.
 */
export class Guessed {
  private readonly shapes = new Map<FnFact, Shaped[]>()
  private readonly roots = new Set<Instance>()
  private readonly objects = new Set<ObjectValue>()
  private readonly seeded = new Set<Ref>()
  private readonly uncalled: Uncalled

  constructor(private readonly library: Library) {
    this.uncalled = new Uncalled(library, { registers: (unit, fn) => this.shaped(unit, fn).some(({ plugin }) => !plugin || !this.uncalled.serves(unit)), setsUp: (unit, fn) => setsUp(unit, fn, this.a) })
  }

  private get a(): Analysis {
    return this.library.a
  }

  /** Runs functions that register something, or set up a session, a limiter or a socket server, and that nothing calls; says whether there were any. */
  runUncalled(): boolean {
    const started = this.uncalled.run()
    for (const inst of started) this.roots.add(inst)
    return started.length > 0
  }

  /** Gives receivers that nothing is known of what they look like; says whether there were any. */
  seedReceivers(): boolean {
    let any = false
    for (const inst of this.a.instances.slice()) {
      if (inst.phase !== 'startup') continue
      for (const shape of this.shaped(inst.unit, inst.fn)) any = this.seed(inst, shape) || any
    }
    return any
  }

  private seed(inst: Instance, { root, path }: Shaped): boolean {
    if (root.k === 'ref') return this.fill(inst, this.library.ev.bindingAt(inst, root.b, root.p), path)
    if (root.o.k !== 'ref') return root.o.k === 'this' && this.seedMember(inst, this.library.ev.self(inst), root.n, path)
    const base = this.library.ev.bindingAt(inst, root.o.b, root.o.p)
    if (this.a.solver.size(base) > 0) return this.seedMember(inst, base, root.n, path)
    const holder = this.a.object({ unit: inst.unit, site: undefined, phase: 'startup', env: inst, shape: 'object' })
    this.a.solver.add(base, holder.id)
    return this.fill(inst, this.a.field(holder, root.n), path)
  }

  private seedMember(inst: Instance, of: Ref, name: string, path: string | undefined): boolean {
    let any = false
    for (const value of this.a.of(of)) if (value.kind === 'object' && (value.shape === 'object' || value.shape === 'instance')) any = this.fill(inst, this.a.field(value, name), path) || any
    return any
  }

  private fill(inst: Instance, node: number, path = this.routerOf(inst.unit)): boolean {
    if (this.a.solver.size(node) > 0 || this.seeded.has(node)) return false
    this.seeded.add(node)
    const made = this.a.object({ unit: inst.unit, site: undefined, phase: 'startup', env: undefined, shape: 'library', path })
    this.objects.add(made)
    this.a.solver.add(node, made.id)
    return true
  }

  private routerOf(unit: Unit): string {
    const dependencies = this.a.resolver.manifestOf(unit.path)?.dependencies ?? {}
    return ROUTERS.find(([name]) => name in dependencies)?.[1] ?? 'express#Express.new'
  }

  /** Marks the entries that rest on a guess. */
  mark(): void {
    for (const record of this.a.entries) {
      if ((record.recv && this.objects.has(record.recv)) || this.within(record.inst)) record.guessed = true
    }
  }

  private within(inst: Instance | undefined): boolean {
    for (let at = inst; at; at = at.env) if (this.roots.has(at)) return true
    return false
  }

  private shaped(unit: Unit, fn: FnFact): Shaped[] {
    let found = this.shapes.get(fn)
    if (!found) this.shapes.set(fn, (found = shapesIn(unit, fn)))
    return found
  }
}
