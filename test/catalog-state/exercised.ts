import { defineRule } from '../../src/rule.js'
import { stateRows } from '../../src/catalog/state/index.js'
import type { CatalogRow } from '../../src/model/catalog.js'
import type { Program } from '../../src/program/program.js'
import { isWritten } from './cases.js'

/** Rows that values of the audited fixtures were looked up by; kept as they are filled, since evidence is asked for after the rules. */
const lookedUp: ReadonlyMap<string, CatalogRow | null>[] = []
/** How the fixtures call what has an option: without it, with what takes it outside, with what does not. */
const halves = new Map<string, Set<'default' | 'clears' | 'stays'>>()

/** A rule that finds nothing and notes which rows of the catalog a fixture exercises: fixtures are linked once for all that is asked of them. */
export const watch = defineRule({
  id: 'catalog-watch', question: 'session', alsoAffects: [], severity: 'info', summary: 'Notes rows of the catalog', why: 'It is asked below.', fix: 'Nothing.', messages: {},
  check(asked) {
    const program = asked as unknown as Program
    lookedUp.push((program.a.catalog as unknown as { found: Map<string, CatalogRow | null> }).found)
    noteHalves(program)
    return []
  },
})

function noteHalves({ libraries }: Program): void {
  for (const use of libraries.all()) {
    const { session, infra } = use.row
    const options = [...(session?.store ?? infra?.external ?? []), ...((session ?? infra)?.driver ? [(session ?? infra)?.driver?.arg ?? ''] : [])]
    if (options.length === 0) continue
    const kind = session ? libraries.sessionChoice(use, session).kind : infra ? libraries.infraChoice(use, infra).kind : 'unknown'
    const isGiven = options.flatMap((option) => option.split('~')).some((option) => libraries.has(use, option))
    const half = kind === 'external' && isGiven ? 'clears' : kind === 'unknown' ? undefined : isGiven ? 'stays' : 'default'
    // A call is seen by the path of what is called.
    if (half) for (const path of [use.path, `${use.path}()`]) halves.set(path, (halves.get(path) ?? new Set()).add(half))
  }
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^.()#]+')}$`)
const nameOf = (row: CatalogRow): string => `${Object.keys(row).filter((key) => key !== 'path').join('+')} ${[row.path].flat()[0]}`

/** Rows that no fixture came across, and that no code is written for (`halves.test.ts`). */
export function unseenRows(): string[] {
  const paths = new Set(lookedUp.flatMap((found) => [...found].flatMap(([path, row]) => (row ? [path] : []))))
  const isHit = (row: CatalogRow): boolean => [row.path].flat().some((path) => paths.has(path) || (path.includes('*') && [...paths].some((one) => patternOf(path).test(one))))
  return stateRows.filter((row) => !isHit(row) && !isWritten(row)).map(nameOf)
}

/** The halves in which fixtures call what a path names. */
export function halvesOf(path: string): string[] {
  const rows = stateRows.filter((row) => (row.session || row.infra) && [row.path].flat().includes(path))
  return [...new Set(rows.flatMap((row) => [row.path].flat()).flatMap((one) => [...(halves.get(one) ?? [])]))].sort()
}
