import { catalog } from '../catalog/index.js'
import { globPattern } from '../link/globs.js'
import type { Notice } from '../model/report.js'
import type { StudyInput } from './study.js'

/** So many names of a longer list are told. */
const MOST_NAMES = 6

/** What the reader should know besides findings: what did not parse, what was left out, what in the config is in vain. */
export const noticesOf = (made: StudyInput, entries: number): Notice[] => {
  const { input, program, files, complete } = made
  return [
    ...[...input.notices, ...program.deploy.notices].map(({ id, message, file }): Notice => (file ? { id, message, location: { file, line: 1, column: 1, endLine: 1, endColumn: 2 } } : { id, message })),
    ...parseErrors(made),
    ...(entries === 0 && files.length > 0 ? [noEntry(made)] : []),
    ...vainHints(made),
    ...statefulProposals(made),
    ...(complete ? [] : [{ id: 'link-budget', message: 'the program is larger than the linker’s budget: the result is incomplete' }]),
  ]
}

const parseErrors = ({ files, locate }: StudyInput): Notice[] =>
  files.filter(({ facts }) => !facts.unread).flatMap(({ path, facts: { parseErrors: [error] } }): Notice[] =>
    error ? [{ id: 'parse-error', message: `${path} does not parse completely: ${error.message.replace(/\.$/, '')}`, location: locate({ file: path, start: error.p, end: error.p + 1 }) }] : [],
  )

/** Says what was looked for, where, and what to do. */
const noEntry = ({ input, files, program }: StudyInput): Notice => {
  const { ofOneClient } = program.a
  if (ofOneClient > 0) return { id: 'no-entry-found', message: `no entry found: what is registered (${ofOneClient}) is connected to standard input and output alone, and serves the one client that starts the process; replicas have nothing in common` }
  const frameworks = knownFrameworks()
  const used = [...new Set(input.manifests.flatMap(({ dependencies }) => Object.keys(dependencies)))].filter((name) => frameworks.has(name)).sort()
  const where = `${files.length === 1 ? '1 file' : `${files.length} files`}${foldersText(files.map(({ path }) => path))}`
  const why = used.length > 0
    ? `package.json names ${names(used)}, but no registration of theirs was understood`
    : `no package.json here names one of the ${frameworks.size} packages that register handlers (express, fastify, @nestjs/core, next, …)`
  const skipped = input.skipped.reduce((sum, { count }) => sum + count, 0)
  return {
    id: 'no-entry-found',
    message: `no entry found in ${where}: ${why}; if handlers are called by your own framework, name their files under \`entries\` in the config${skipped > 0 ? `; ${skipped} files were left out, see --stats` : ''}`,
  }
}

/** Packages through which requests, messages or jobs come in. */
const knownFrameworks = (): Set<string> => {
  const rows = catalog.rows.filter((row) => row.entry !== undefined)
  const paths = rows.flatMap(({ path }) => path).filter((path) => !/^(node:|global#)/.test(path))
  return new Set([...paths.map((path) => packageOf(path.split('#')[0] ?? '')), ...catalog.conventions.flatMap(({ packages }) => packages)])
}

const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')

const names = (list: readonly string[]): string => (list.length > MOST_NAMES ? `${list.slice(0, MOST_NAMES).join(', ')} and ${list.length - MOST_NAMES} more` : list.join(', '))

const foldersText = (paths: readonly string[]): string => {
  const folders = [...new Set(paths.filter((path) => path.includes('/')).map((path) => `${path.split('/')[0]}/`))].sort()
  return folders.length > 0 ? ` under ${names(folders)}` : ''
}

/** Rows of `entries` that no source answers to. */
const vainHints = ({ config, files }: StudyInput): Notice[] =>
  config.entries.filter((hint) => !files.some(({ path }) => hint.files.some((glob) => globPattern(glob).test(path)))).map((hint) => ({
    id: 'config-entry-unused', message: `\`entries\` of the config names ${hint.files.join(', ')}, which no audited file matches`,
  }))

/** Frameworks whose state is meant to live in one process. */
const statefulProposals = ({ program, locate }: StudyInput): Notice[] => {
  const seen = new Set<string>()
  return program.statefulByDesign().filter(({ site }) => !seen.has(site.file) && seen.add(site.file)).map(({ reason, site }) => ({
    id: 'stateful-by-design', location: locate(site),
    message: `${reason}: if that is meant, declare it: stateful: [{ files: ['${site.file}'], reason: '${reason}' }]; its findings then stand in a section of their own`,
  }))
}
