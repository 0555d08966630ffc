import type { Expr, FnFact } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { writtenAt } from './written.js'

/** Names of locals that say whether a row was made. */
const IS_NEW = /^(is|was)?_?(new|created|inserted)|(New|Created)$/
const FINDS_OR_MAKES = /\.find(One)?OrCreate$|\.findCreateFind$/

export const saysWhetherMade = (name: string | undefined): boolean => name !== undefined && IS_NEW.test(name)

export const findsOrMakes = ({ path, row }: LibraryCall): boolean => row?.effect?.kind === 'upsert' && FINDS_OR_MAKES.test(path)

/** `const [row, created] = await Row.findOrCreate({ where })`: the call behind a definition, or behind what a callback of it is told. */
export const askedCall = (inst: Instance, made: Expr | FnFact): { from: Instance; call: Expr } | undefined => {
  const told = inst.callers.find(({ site }) => site.k === 'call' && site.f.k === 'mem' && /^(then|spread)$/.test(site.f.n))
  const site = 'k' in made ? made : told?.site.k === 'call' && told.site.f.k === 'mem' ? told.site.f.o : undefined
  const call = site?.k === 'await' ? site.x : site
  const from = 'k' in made ? inst : told?.from
  return call?.k === 'call' && from ? { from, call } : undefined
}

/** `createMany({ data: { id: event.id }, skipDuplicates: true })`, `bulkCreate(rows, { ignoreDuplicates: true })`. */
export const skipsWhatIsThere = (call: LibraryCall): boolean =>
  call.row?.effect?.kind === 'insert' && call.row.effect.clearedBy?.some(({ arg }) => arg !== undefined && SKIPS.test(arg) && isTrue(writtenAt(call, arg))) === true
const SKIPS = /\.(skip|ignore)Duplicates$/
const isTrue = (x: Expr | undefined): boolean => x?.k === 'lit' && x.v === true
