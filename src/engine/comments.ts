import type { FileFacts } from '../model/facts.js'
import type { Location, Site } from '../model/site.js'
import type { Comment } from './directives.js'

const WORD = 'stateless-audit-ignore'

/** Comments of sources that speak to the tool. */
export const sourceComments = (files: readonly { path: string; facts: FileFacts }[], locate: (site: Site) => Location): Comment[] =>
  files.flatMap(({ path, facts }) => facts.comments.filter(({ text }) => text.includes(WORD)).map(({ p, e, text }) => {
    const { line, endLine } = locate({ file: path, start: p, end: e })
    return { file: path, line, endLine, text }
  }))

/** Comments of deployment, environment and schema files, which know `#`, `//` and `--`. */
export const textComments = (paths: readonly string[], read: (file: string) => string): Comment[] =>
  paths.flatMap((file) => {
    const text = read(file)
    if (!text.includes(WORD)) return []
    return text.split(/\r\n|\n|\r/).flatMap((content, index): Comment[] => {
      const comment = /(?:^|\s)(?:#+|\/\/|--)\s*(stateless-audit-ignore.*)$/.exec(content)?.[1]
      return comment === undefined ? [] : [{ file, line: index + 1, endLine: index + 1, text: comment }]
    })
  })
