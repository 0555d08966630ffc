import type { DeployFact, ReadonlyRootFact, VolumeFact } from '../model/deploy.js'
import type { LibraryUse } from './libraries.js'
import type { Program, StepDraft } from './program.js'

const isContainer = (fact: DeployFact): boolean => fact.role === 'app' && /^(kubernetes|kustomize|helm|compose)$/.test(fact.format)
const ships = (fact: DeployFact): boolean => fact.role === 'app' && fact.profile !== 'development' && fact.profile !== 'test'

/** Writes to the disk of a container, joined with its mounts. */
export class DiskQueries {
  constructor(private readonly program: Program) {}

  /** The volume that keeps a written file on one node, or the workload that has no volume for it. */
  mountStep(use: LibraryUse): StepDraft[] {
    const facts = this.program.deploy.about(use.site.file).filter(ships)
    const volumes = facts.filter((fact): fact is VolumeFact => fact.kind === 'volume' && !fact.readOnly && fact.volume !== 'emptyDir')
    const shown = this.pathText(use)
    const volume = volumes.find(({ target }) => leadsTo(target, shown))
    if (volume) return [{ message: `the volume at ${volume.target} keeps it on one node`, site: volume.site }]
    if (volumes.some(({ holds }) => holds === 'state')) return []
    const workload = facts.find((fact) => fact.kind === 'replicas' && isContainer(fact))
    return workload ? [{ message: `${workload.workload ?? 'the container'} mounts no volume for it: the file goes with the container`, site: workload.site }] : []
  }

  /** Containers whose root is read-only although requests write below it, with the first such write. */
  readonlyWrites(): { fact: ReadonlyRootFact; what: string; entry: string; use: LibraryUse }[] {
    const seen = new Set<ReadonlyRootFact>()
    return this.program.diskWrites().flatMap(({ use, what, entry }) => {
      const shown = this.pathText(use)
      if (entry === '') return []
      const facts = this.program.deploy.about(use.site.file).filter(ships)
      const roots = facts.filter((fact): fact is ReadonlyRootFact => fact.kind === 'readonly-root' && !seen.has(fact) && !mayWrite(fact, shown))
      for (const root of roots) seen.add(root)
      return roots.map((fact) => ({ fact, what, entry, use }))
    })
  }

  /** Texts of the path argument: what it may be, and the literal parts that it is made of. */
  private pathText(use: LibraryUse): string {
    const { disk } = use.row
    const { site } = use.call
    const path = disk?.path ?? '0'
    const written = site.k === 'call' || site.k === 'new' ? site.a[Number(path.split(/[.~]/)[0])] : undefined
    return [...this.program.libraries.texts(use, path), JSON.stringify(written ?? null)].join('\n')
  }
}

/** Is a mount point named by a path: whole, or by its last part? */
function leadsTo(target: string, shown: string): boolean {
  const last = target.split('/').filter((part) => part !== '').at(-1)
  return last !== undefined && new RegExp(`(?:^|[^\\w-])${last.replace(/[^\w-]/g, '\\$&')}(?:[^\\w-]|$)`, 'm').test(shown)
}

/** An absolute path is compared with the mounts; of another one nothing is known where anything but scratch is mounted. */
function mayWrite({ writable }: ReadonlyRootFact, shown: string): boolean {
  const absolute = shown.split('\n').slice(0, -1).filter((text) => text.startsWith('/'))
  if (absolute.length > 0) return absolute.some((text) => writable.some((mount) => text === mount || text.startsWith(`${mount.replace(/\/$/, '')}/`)))
  return writable.some((mount) => !/^\/(tmp|var\/tmp|run|var\/run|dev\/shm)(\/|$)/.test(mount))
}
