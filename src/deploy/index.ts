import type { DeployFacts } from '../model/deploy.js'
import { lineAt } from '../model/site.js'
import { dockerfileReader, isDockerfile } from './dockerfiles.js'
import { profileOf } from './roles.js'
import type { Reading } from './source.js'

export { forcedSingleProcess } from './process-count.js'
export * from './queries.js'

/**
 * Facts of deployment files. Readers are loaded only when there is something to read. A file that cannot be read is a
 * notice; its readable part still counts.
 */
export async function readDeployment(files: readonly { path: string; text: string }[]): Promise<DeployFacts> {
  if (files.length === 0) return { facts: [], notices: [] }
  const readDockerfile = await dockerfileReader(files)
  const others = files.filter(({ path, text }) => !isDockerfile(path) && text.length <= MAX_LENGTH)
  const readFile = others.length === 0 ? readDockerfile : await (await import('./pick.js')).fileReader(others)
  const { facts, notices } = readAll(files, (reading) => (isDockerfile(reading.source.path) ? readDockerfile(reading) : readFile(reading)))
  if (!files.some(({ path }) => /(^|\/)templates\//.test(path))) return { facts, notices }
  const { switchedOn } = await import('./helm-conditions.js')
  return { facts: switchedOn(facts, files), notices }
}

/** Values of committed environment files (`.env`, `.env.production`, `.env.example` …). */
export async function readEnvironment(files: readonly { path: string; text: string }[]): Promise<DeployFacts> {
  if (files.length === 0) return { facts: [], notices: [] }
  const { readEnvFile } = await import('./read/processes.js')
  return readAll(files, readEnvFile)
}

/** Larger files are data or generated. */
const MAX_LENGTH = 1_000_000

function readAll(files: readonly { path: string; text: string }[], read: (reading: Reading) => void): DeployFacts {
  const result: DeployFacts = { facts: [], notices: [] }
  for (const { path, text } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const notice = (message: string): void => {
      result.notices.push({ id: 'deployment-file-unread', message: `not read completely: ${message}`, file: path })
    }
    if (text.length > MAX_LENGTH) {
      notice('too large')
      continue
    }
    const facts: DeployFacts['facts'] = []
    const problems: string[] = []
    const unread = (message: string, at: number): number => problems.push(`${message} (line ${lineAt(text, at)})`)
    try {
      read({ source: { path, text, profile: profileOf(path) }, facts, unread })
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
    if (problems[0] !== undefined) notice(problems[0])
    result.facts.push(...unique(facts))
  }
  return result
}

/** Anchors and merge keys repeat a place: one fact a kind, place and key. */
function unique(facts: DeployFacts['facts']): DeployFacts['facts'] {
  const seen = new Set<string>()
  return facts.filter((fact) => {
    const id = [fact.kind, fact.site.start, fact.key, fact.kind === 'volume' ? fact.target : fact.kind === 'env' ? fact.name : ''].join(' ')
    return !seen.has(id) && seen.add(id)
  })
}
