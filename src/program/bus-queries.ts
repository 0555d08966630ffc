import { bySite, type Site } from '../model/site.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue } from '../link/values.js'
import type { Program, StepDraft } from './program.js'

const LISTENS = /\.(on|addListener|prependListener|once|subscribe|addEventListener|asObservable|stream|listen)$/
const STOPS = /\.(off|removeListener|removeAllListeners|unsubscribe|removeEventListener)$/
const SENDS = /\.(emit|emitAsync|dispatchEvent|next|publish|broadcast)$/
/** Functions that listen to what they are given. */
const LISTENERS = /^(node:events#(on|once)|rxjs#fromEvent|rxjs#fromEventPattern|graphql-ws#\w*)$/

/** An emitter over which requests hear of each other, and how one of them gets there. */
export interface Bus {
  at: Site
  symbol: string
  trace: StepDraft[]
}

/** Emitters that live as long as the process, to which some requests listen and on which others speak: streams of events, subscriptions. */
export const buses = (program: Program): Bus[] => {
  const found = new Map<ObjectValue, { heard: LibraryCall[]; stopped: boolean; said: LibraryCall[] }>()
  const of = (object: ObjectValue) => {
    let known = found.get(object)
    if (!known) found.set(object, (known = { heard: [], stopped: false, said: [] }))
    return known
  }
  for (const call of program.a.calls) {
    if (call.inst.phase !== 'request') continue
    for (const bus of heardBy(program, call)) of(bus).heard.push(call)
    const { recv } = call
    if (!isBus(program, recv)) continue
    if (STOPS.test(call.path)) of(recv).stopped = true
    if (SENDS.test(call.path) && !isToldToAll(program, call.inst)) of(recv).said.push(call)
  }
  const told = [...found].flatMap(([object, { heard, stopped, said }]) => {
    const listening = heard.find(({ inst, path }) => LISTENERS.test(path) || stopped || isInHandler(program, inst))
    return listening && said.length > 0 && !wakes(program, heard, said) ? busOf(program, object, listening, said) : []
  })
  return eachListenerOnce(told.sort((a, b) => bySite(a.at, b.at)))
}

/** What a broker tells each process is handed on inside each. */
const isToldToAll = (program: Program, inst: Instance): boolean => {
  const entries = program.reach.entries(inst)
  return entries.size > 0 && [...entries].every(({ model }) => model.toAll)
}

/** Told without a word to those who wait for a lock of this process, each of whom then tries to take it: the lock says it all. */
const wakes = (program: Program, heard: LibraryCall[], said: LibraryCall[]): boolean => {
  if (!said.every(({ site }) => site.k === 'call' && site.a.length === 1)) return false
  const takers = new Set(program.cells().filter(({ role }) => role === 'lock').flatMap(({ writes }) => writes.map(({ inst }) => inst.fn)))
  return heard.every(({ args }) => {
    const listeners = program.a.of(args[1] ?? -1)
    return listeners.length > 0 && listeners.every((value) => value.kind === 'fn' && takers.has(value.fn))
  })
}

/** One place may listen to many: an emitter a user, or one a kind of service. */
const eachListenerOnce = (told: Bus[]): Bus[] => {
  const listeners = new Map<string, Bus>()
  for (const bus of told) {
    const heard = bus.trace.at(-1)?.site
    const key = `${heard?.file}:${heard?.start}`
    if (!listeners.has(key)) listeners.set(key, bus)
  }
  return [...listeners.values()]
}

const heardBy = (program: Program, call: LibraryCall): ObjectValue[] => {
  if (isBus(program, call.recv)) return LISTENS.test(call.path) ? [call.recv] : []
  if (!LISTENERS.test(call.path)) return []
  return program.a.of(call.args[0] ?? -1).filter((value): value is ObjectValue => isBus(program, value))
}

/** Made by the program when it starts, and an emitter by itself or by its base class. */
const isBus = (program: Program, value: LibraryCall['recv'] | { kind: string }): value is ObjectValue => {
  if (value?.kind !== 'object') return false
  const { phase, site, path } = value as ObjectValue
  return phase === 'startup' && site !== undefined && path !== undefined && program.a.catalog.row(path)?.container?.kind === 'emitter'
}

/** Is a function written inside the handler of an entry? Listeners that lazy set-up registers stand elsewhere. */
const isInHandler = (program: Program, inst: Instance): boolean => {
  for (let at: Instance | undefined = inst; at; at = at.env) if (program.reach.entriesAt(at).length > 0) return true
  return false
}

const busOf = (program: Program, object: ObjectValue, heard: LibraryCall, said: LibraryCall[]): Bus[] => {
  const [first] = said.map(({ inst }) => program.reach.way(inst)).filter((way) => way?.entry !== undefined)
  const site = object.site
  if (!first || !site) return []
  const symbol = program.homeName({ inst: object, site }) ?? 'emitter'
  const speaks = said.find(({ inst }) => program.reach.way(inst) === first) ?? said[0]
  if (!speaks) return []
  return [{
    at: { file: object.unit.path, start: site.p, end: site.e }, symbol,
    trace: [...program.steps(first, { message: `sends on ${symbol}`, site: program.siteOf(speaks.inst, speaks.site) }), { message: `${symbol} is listened to here`, site: program.siteOf(heard.inst, heard.site) }],
  }]
}
