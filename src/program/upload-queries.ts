import type { Expr, FileFacts } from '../model/facts.js'
import type { Entry } from '../flow/entries.js'
import { eachExpression } from '../link/shape.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue, Value } from '../link/values.js'
import type { LibraryUse } from './libraries.js'
import type { Program } from './program.js'

const MAKES_UP = /^(uuid|uuidv4|v1|v4|v7|nanoid|ulid|cuid|createId|randomUUID|randomBytes|randomInt|random|now|pseudoRandomBytes|generate\w*|shortid)$/

/** Stores of uploads in front of a handler that give each file a new name: a repeat leaves another file. */
export class UploadQueries {
  private stores: LibraryUse[] | undefined

  constructor(private readonly program: Program) {}

  of(entry: Entry): LibraryUse[] {
    this.stores ??= this.program.diskWrites().flatMap(({ use, configured }) => (configured ? [use] : []))
    if (this.stores.length === 0) return []
    const given = entry.records.flatMap((record) => (record.given ?? []).flatMap((ref) => this.program.a.of(ref)))
    const parsers = [...given, ...entry.handlers.flatMap((inst) => this.calledIn(inst))].flatMap((value) => (value.kind === 'object' && value.path === 'multer#Upload.new' && value.recv ? [value.recv] : []))
    return this.stores.filter((use) => parsers.some((parser) => this.standsOn(parser, use)) && this.makesUp(use))
  }

  /** `receive(req, res, (error) => …)` in the handler itself, where `receive = upload.single('image')`. */
  private calledIn(inst: Instance): Value[] {
    const found: Value[] = []
    eachExpression(inst.fn.body, (x) => { if (x.k === 'call' && x.a.length > 1 && (x.f.k === 'ref' || x.f.k === 'call')) found.push(...this.program.look.values(inst, x.f)) })
    return found
  }

  /** `multer({ dest })`, or `multer({ storage })` where the store is made elsewhere. */
  private standsOn(parser: ObjectValue, { call }: LibraryUse): boolean {
    if (parser.site === call.site) return true
    const options = this.program.a.of(parser.args?.[0] ?? -1).flatMap((value) => (value.kind === 'object' ? [value] : []))
    return options.some((option) => this.program.a.of(option.holder.fields.get('storage') ?? -1).some((value) => value.kind === 'object' && value.site === call.site))
  }

  /** Names are random where no function gives them. */
  private makesUp(use: LibraryUse): boolean {
    const given = this.program.libraries.options(use, '0.filename').flatMap((value) => (value.kind === 'fn' ? [value] : []))
    return given.length === 0 || given.some(({ unit, fn }) => drawsIn(unit.facts, fn.body))
  }
}

const drawsIn = (facts: FileFacts, body: Parameters<typeof eachExpression>[0]): boolean => {
  let draws = false
  eachExpression(body, (x) => {
    if (x.k === 'new' && x.a.length === 0 && x.f.k === 'glob' && x.f.n === 'Date') draws = true
    if (x.k === 'call' && MAKES_UP.test(calleeName(facts, x.f))) draws = true
    if (x.k === 'fn' && drawsIn(facts, facts.functions[x.f]?.body ?? [])) draws = true
  })
  return draws
}

const calleeName = (facts: FileFacts, f: Expr): string => (f.k === 'mem' ? f.n : f.k === 'ref' ? facts.bindings[f.b]?.n ?? '' : f.k === 'glob' ? f.n : '')
