import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { writtenAt } from '../effects/written.js'
import { eachInside, someExpression, somePart, someStatement } from '../link/shape.js'
import type { Program } from './program.js'
import { writtenName } from './written-names.js'

/** Statements by which one session of a database holds the others back. */
const HOLDS = /pg_(try_)?advisory|\bget_lock\s*\(|skip\s+locked|sp_getapplock/i

/** Columns that say who has a row, or until when. */
const HOLDER = /lock|lease|claim|reserv|worker_?id|picked/i
const TAKES_ROW = /\bset\b[^;]*?\b(\w*(?:lock|lease|claim|reserv)\w*)\b[^;]*\bwhere\b[^;]*\b\1\b/i

/** Does work lock, or claim its run, where all replicas look? Only the first of them goes on. */
export function claimsRun(program: Program, work: Iterable<Instance>): boolean {
  for (const inst of work) if (program.callsOf(inst).some((call) => isClaim(program, call)) || givesKey(program, inst) || asksForLock(program, inst)) return true
  return false
}

/** What a lock of the project's own is asked for, and who leads. */
const ACQUIRES = /^(try_?)?(acquire|obtain|take|claim|get)_?(the_?)?(lock|lease|leadership)$|^(try_?)?acquire$|^try_?lock$|^(is|am|check(_?is)?|become|elect)_?leader$/i

/** `if (!(await lock.acquire())) return`: goes on where the project's own lock is had, which lies where others look. */
function asksForLock(program: Program, inst: Instance): boolean {
  const isAsked = (x: Expr): boolean => {
    if (x.k === 'ref') return somePartOf(program.look.definition(inst, x.b), isAsking)
    return isAsking(x)
  }
  const isAsking = (x: Expr): boolean => x.k === 'await' && x.x.k === 'call' && ACQUIRES.test(writtenName(inst, x.x.f)) && liesOutside(program, inst, x.x)
  return someStatement(inst.fn, (s) => s.k === 'if' && somePart(s.t, isAsked))
}

const somePartOf = (x: Expr | undefined, test: (part: Expr) => boolean): boolean => x !== undefined && somePart(x, test)

/** Does what is called reach a library that is no part of the process? */
function liesOutside(program: Program, inst: Instance, site: Expr): boolean {
  const called = inst.callees.flatMap((edge) => (edge.site === site ? [edge.to] : []))
  return [...program.reach.forward(called)].some((at) => program.callsOf(at).some(({ path, row }) => row?.effect !== undefined || row?.guard !== undefined || !/^(?:global#|node:)/.test(path)))
}

/** An option by which whoever is told a second time knows it, also where a project hands it through to a queue of its own. */
const ONCE_KEY = /^(idempotency_?key|dedup(lication)?_?(id|key)|singleton_?key)$/i
/** The same among options of a job alone: beside other data it names some job that the data are about. */
const JOB_KEY = /^job_?key$/i
const JOB_OPTION = /^(job_?key(_?mode)?|queue(_?name)?|run_?at|delay|max_?attempts|attempts|priority|flags)$/i
/** A value that is another each time. */
const FRESH = /^(random\w*|uuid\w*|v[47]|nanoid|now|createId|cuid|ulid)$/i

function givesKey(program: Program, inst: Instance): boolean {
  return someExpression(inst.fn.body, (x) => x.k === 'call' && x.a.some((arg) => arg.k === 'obj' && arg.m.some(({ n, v }) => n !== undefined && (ONCE_KEY.test(n) || (JOB_KEY.test(n) && isOfOptions(arg))) && v !== undefined && !isFresh(program, inst, v))))
}

const isOfOptions = (x: Expr): boolean => x.k === 'obj' && x.m.every(({ n }) => n !== undefined && JOB_OPTION.test(n))

function isFresh(program: Program, inst: Instance, given: Expr): boolean {
  const x = program.look.behind(inst, given)
  let fresh = x.k === 'lit'
  eachInside(x, (part) => { fresh ||= part.k === 'call' && FRESH.test(writtenName(inst, part.f)) })
  return fresh
}

function isClaim(program: Program, call: LibraryCall): boolean {
  const { row } = call
  if (row?.guard?.kind === 'lock') return row.guard.default !== 'memory'
  if (row?.guard?.kind === 'external-claim') return row.guard.when === undefined || says(program, call, row.guard.when.arg, row.guard.when.values)
  // A queue takes a second job of the same id for the first.
  if (row?.effect?.kind === 'enqueue') return (row.effect.key ?? []).some((path) => program.libraries.has({ call }, path))
  if (row?.effect?.kind === 'update' && row.effect.where !== undefined && row.effect.data !== undefined) return takesRow(program, call, row.effect.where, row.effect.data)
  return row?.effect?.kind === 'sql' && program.argument(call, row.effect.sql ?? '0').some((value) => value.kind === 'lit' && (HOLDS.test(String(value.value)) || TAKES_ROW.test(String(value.value))))
}

/** Is one of these words given, by itself or as an option that is set? */
function says(program: Program, call: LibraryCall, arg: string, words: string[]): boolean {
  return program.argument(call, arg).some((value) => (value.kind === 'lit' ? words.includes(String(value.value)) : value.kind === 'object' && words.some((word) => value.holder.fields.has(word))))
}

/** `updateMany({ lockedUntil: null }, { lockedUntil: soon })`: whoever comes second finds it taken. */
function takesRow(program: Program, call: LibraryCall, where: string, data: string): boolean {
  const asked = namesAt(program, call, where)
  return [...namesAt(program, call, data)].some((name) => HOLDER.test(name) && asked.has(name))
}

/** Names of members that stand at an argument, or at what is kept in the variable there. */
function namesAt(program: Program, call: LibraryCall, path: string): Set<string> {
  const { inst, site } = call
  const names = new Set<string>()
  const at = site.k === 'call' ? writtenAt(call, path.split('~')[0] ?? '0') : undefined
  const whole = at && program.look.behind(inst, at)
  if (whole) eachInside(whole, (x) => { if (x.k === 'obj') for (const { n } of x.m) if (n !== undefined) names.add(n) })
  return names
}
