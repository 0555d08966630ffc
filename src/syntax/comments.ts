import { ts } from 'ts-morph'
import type { FileFacts } from '../model/facts.js'
import { commentEnd, skipTrivia } from './context.js'
import { SPEAKS } from './head.js'

const K = ts.SyntaxKind
const TEXTUAL = new Set<ts.SyntaxKind>([
  K.StringLiteral, K.NoSubstitutionTemplateLiteral, K.TemplateHead, K.TemplateMiddle, K.TemplateTail,
  K.RegularExpressionLiteral, K.JsxText,
])

/** Comments that speak to the tool. Most files hold none of the words and cost one scan of their text. */
export function directiveComments(source: ts.SourceFile, text: string): FileFacts['comments'] {
  if (!SPEAKS.test(text)) return []
  return commentsOutside(textualRanges(source, text), text).filter(comment => SPEAKS.test(comment.text))
}

/** Ranges of literals, in order of position: only there may a comment's beginning be no comment. */
function textualRanges(source: ts.SourceFile, text: string): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = []
  const waiting: ts.Node[] = [source]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (TEXTUAL.has(node.kind)) ranges.push({ start: node.kind === K.JsxText ? node.pos : skipTrivia(text, node.pos), end: node.end })
    else ts.forEachChild(node, child => { waiting.push(child) })
  }
  return ranges.sort((a, b) => a.start - b.start)
}

function commentsOutside(ranges: { start: number; end: number }[], text: string): FileFacts['comments'] {
  const comments: FileFacts['comments'] = []
  let next = 0
  for (let at = text.indexOf('/'); at !== -1; at = text.indexOf('/', at)) {
    while ((ranges[next]?.end ?? Infinity) <= at) next++
    const range = ranges[next]
    if (range !== undefined && range.start <= at) { at = range.end; continue }
    const e = commentEnd(text, at)
    if (e > at) comments.push({ p: at, e, text: innerText(text.slice(at, e)) })
    at = Math.max(e, at + 1)
  }
  return comments
}

function innerText(comment: string): string {
  return (comment.startsWith('//') ? comment.slice(2) : comment.replace(/^\/\*+/, '').replace(/\*+\/$/, '')).trim()
}
