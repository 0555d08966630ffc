import type { FileFacts } from '../model/facts.js'
import type { Location, Site } from '../model/site.js'
import type { Comment } from './directives.js'

const WORD = 'stateless-audit-ignore'

/** Says that a handler may be repeated. */
const MARK = /@idempotent(?![\w-])/

/** Comments of sources that speak to the tool. */
export const sourceComments = (files: readonly { path: string; facts: FileFacts }[], locate: (site: Site) => Location): Comment[] =>
  files.flatMap(({ path, facts }) => facts.comments.filter(({ text }) => text.includes(WORD) || MARK.test(text)).map(({ p, e, text }) => {
    const { line, endLine } = locate({ file: path, start: p, end: e })
    return { file: path, line, endLine: MARK.test(text) ? throughDecorators(facts, e, endLine, (start, end) => locate({ file: path, start, end })) : endLine, text }
  }))

/** A mark above a method speaks for all its decorators. */
const throughDecorators = ({ classes }: FileFacts, from: number, endLine: number, locate: (start: number, end: number) => Location): number => {
  const below = classes.flatMap(({ methods }) => methods).flatMap(({ dec }) => (dec && dec.some(({ x }) => x.p >= from) ? [dec] : []))
  const own = below.find((dec) => dec[0] && dec[0].x.p >= from && locate(dec[0].x.p, dec[0].x.e).line === endLine + 1)
  const last = own?.at(-1)
  return last ? locate(last.x.p, last.x.e).line : endLine
}

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
