import type { AutoImportRow } from '../model/auto-imports.js'
import type { CatalogRow, ConventionRow } from '../model/catalog.js'
import type { FileFacts } from '../model/facts.js'
import type { DeployedHandler } from '../model/handlers.js'
import type { Resolver } from '../model/input.js'
import { Access } from './access.js'
import { Analysis } from './analysis.js'
import { AutoImports } from './auto-imports.js'
import { CalledBack } from './called-back.js'
import { Calls } from './calls.js'
import { CatalogIndex } from './catalog-index.js'
import { Conventions } from './conventions.js'
import { enterDeployed } from './deployed.js'
import { Evaluator } from './evaluator.js'
import { Guessed } from './guessed.js'
import type { Instance } from './instances.js'
import { Library } from './library.js'
import { Modules } from './modules.js'
import { OwnRouters } from './own-routers.js'
import { isScript } from './scripts.js'
import { Seeds } from './seeds.js'
import { startPlugins } from './started-plugins.js'
import { runGiven } from './unknown-callees.js'

/** Work that a program should take: much more than those of its size that were seen. Beyond it the linker gets less precise, and at last stops and says so. */
const budgetOf = (analysis: Analysis): number => 600_000 + 60 * analysis.units.reduce((sum, unit) => sum + (unit.evaluated ? unit.facts.functions.length : 0), 0)
const MOST_ROUNDS = 5

export interface LinkInput {
  files: { path: string; facts: FileFacts }[]
  /** Paths of code that only a browser runs: nothing starts there. */
  client: ReadonlySet<string>
  resolver: Resolver
  rows: CatalogRow[]
  conventions: ConventionRow[]
  /** Names that build tools import by themselves. */
  autoImports?: AutoImportRow[]
  /** Functions that deployment files name as handlers. */
  handlers?: DeployedHandler[]
  /** Files whose exports are entries because the user's config says so. */
  hints?: ConventionRow[]
}

/** Links the facts of all files into one program: who calls whom with what, in which phase, and what they touch. */
export const link = (input: LinkInput): { analysis: Analysis; library: Library; complete: boolean } => {
  const analysis = new Analysis(input.files, input.resolver, new CatalogIndex(input.rows), input.conventions)
  const library = wire(analysis, input.autoImports ?? [])
  const { ev } = library
  const seeds = new Seeds(analysis, library.components)
  for (const unit of analysis.units) if (!input.client.has(unit.path) && !isScript(unit)) analysis.evaluateLater(unit)
  analysis.budget = budgetOf(analysis)
  let complete = drain(analysis, ev)
  const conventions = new Conventions(library)
  conventions.apply()
  conventions.hinted(input.hints ?? [])
  startPlugins(library)
  enterDeployed(library, input.handlers ?? [])
  library.deployed.serverless()
  for (let round = 0; round < MOST_ROUNDS && complete; round++) {
    complete = drain(analysis, ev)
    const tokens = library.components.bindTokens()
    const seeded = seeds.sow()
    if (!tokens && !seeded) break
    complete = drain(analysis, ev) && complete
  }
  complete = complete && guess(analysis, library, seeds) && callBack(analysis, library, seeds) && answer(analysis, library)
  library.registration.settle()
  library.access.modules.settle()
  analysis.settled = true
  return { analysis, library, complete }
}

/** What libraries call by themselves. */
const callBack = (analysis: Analysis, library: Library, seeds: Seeds): boolean => {
  const calledBack = new CalledBack(library)
  for (let round = 0; round < MOST_ROUNDS && calledBack.run(); round++) {
    if (!drain(analysis, library.ev)) return false
    seeds.sow()
    if (!drain(analysis, library.ev)) return false
  }
  return true
}

/** What is given to calls that lead nowhere, and to those in it. */
const answer = (analysis: Analysis, library: Library): boolean => {
  let done = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const from = done
    done = analysis.callees.length
    if (!runGiven(library, from)) return true
    if (!drain(analysis, library.ev)) return false
  }
  return true
}

/** What looks like registrations and is not reached in any other way. */
const guess = (analysis: Analysis, library: Library, seeds: Seeds): boolean => {
  const guessed = new Guessed(library)
  let complete = !new OwnRouters(library).run() || drain(analysis, library.ev)
  for (let round = 0; round < MOST_ROUNDS && complete; round++) {
    const called = guessed.runUncalled()
    complete = drain(analysis, library.ev)
    const seeded = guessed.seedReceivers()
    if (!called && !seeded) break
    complete = drain(analysis, library.ev) && complete
    if (seeds.sow()) complete = drain(analysis, library.ev) && complete
  }
  guessed.mark()
  return complete
}

const wire = (analysis: Analysis, autoImports: AutoImportRow[]): Library => {
  const ev = new Evaluator(analysis)
  const access = new Access(analysis)
  const calls = new Calls(analysis, ev, access)
  const modules = new Modules(analysis, ev, access)
  const library = new Library(analysis, access, calls, ev)
  ev.access = access
  ev.calls = calls
  ev.modules = modules
  modules.autoImports = new AutoImports(analysis, modules, autoImports)
  access.calls = calls
  access.modules = modules
  calls.library = library
  return library
}

/** Evaluates what is pending and solves, until neither leaves the other anything to do; start-up first, since it says what requests meet. */
const drain = (analysis: Analysis, ev: Evaluator): boolean => {
  const { pending, waiting, undecided } = analysis
  for (;;) {
    for (let inst = pending.shift(); inst; inst = pending.shift()) evaluate(analysis, ev, inst)
    if (!analysis.solver.run(analysis.budget, () => pending.length > 0)) return false
    if (pending.length > 0 || ev.presence.settle()) continue
    if (waiting.length > 0) for (const inst of waiting.splice(0)) pending.push(inst)
    else if (undecided.length > 0) for (const decide of undecided.splice(0)) decide()
    else return true
  }
}

const evaluate = (analysis: Analysis, ev: Evaluator, inst: Instance): void => {
  ev.body(inst)
  if (inst === inst.unit.module) ev.modules.evaluateExports(inst.unit)
}
