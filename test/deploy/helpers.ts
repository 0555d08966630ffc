import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeploymentCode } from '../../src/deploy/code-files.js'
import { deployedByCode } from '../../src/deploy/from-code.js'
import { affinities, appVolumes, readDeployment, singleInstances } from '../../src/deploy/index.js'
import type { DeployFact, DeployFacts } from '../../src/model/deploy.js'
import { extractFacts } from '../../src/syntax/index.js'

const root = new URL('../../fixtures/deploy/', import.meta.url).pathname

export interface Fixture {
  files: { path: string; text: string }[]
  read: DeployFacts
  /** `5:3` of a fact, with the file where there are several. */
  at: (fact: DeployFact) => string
}

export async function fixture(name: string): Promise<Fixture> {
  const folder = join(root, name)
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
  return read(paths.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })))
}

export async function read(files: { path: string; text: string }[]): Promise<Fixture> {
  const at = (fact: DeployFact): string => {
    const before = (files.find((file) => file.path === fact.site.file)?.text ?? '').slice(0, fact.site.start).split('\n')
    return `${files.length > 1 ? `${fact.site.file}:` : ''}${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
  }
  const sources = files.filter(({ path }) => /\.[cm]?[jt]s$/.test(path)).map(({ path, text }) => ({ path, text, facts: extractFacts(path, text) }))
  const coded = sources.filter(({ path, facts }) => isDeploymentCode(path, facts))
  const around = { files: new Map(sources.map(({ path, facts }) => [path, facts])), coded: coded.map(({ path }) => path) }
  const inCode = coded.flatMap(({ path, text, facts }) => deployedByCode(path, text, facts, around))
  const found = await readDeployment(files)
  return { files, read: { ...found, facts: [...found.facts, ...inCode] }, at }
}

/** What the three rules would report: `sticky 6:3 client-ip`. */
export function reported({ read: { facts }, at }: Fixture): string[] {
  return [
    ...affinities(facts).map(({ fact }) => `sticky ${at(fact)} ${fact.by}`),
    ...appVolumes(facts).map(({ fact, confidence }) => `volume ${at(fact)} ${fact.volume} ${fact.target}${confidence === 'low' ? ' low' : ''}`),
    ...singleInstances(facts).map(({ fact, confidence }) => `single ${at(fact)} ${fact.key}${confidence === 'low' ? ' low' : ''}`),
  ]
}
