import type { LibraryUse } from './libraries.js'
import type { Program } from './program.js'

/** `let auth = make(early); function init(settings) { auth = make(settings) }`: one thing that is made anew, told where it is made first. */
export const oneASlot = <T extends LibraryUse>(program: Program, uses: T[]): T[] => {
  const told = new Set<string>()
  return uses.filter((use) => {
    const { unit } = use.call.inst
    const name = program.homeName(use.call)
    if (name === undefined || !unit.facts.bindings.some(({ n, f, kind }) => n === name && f === 0 && kind === 'let')) return true
    const key = `${unit.path} ${name} ${use.path}`
    return !told.has(key) && told.add(key)
  })
}
