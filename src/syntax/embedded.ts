/** Script blocks of component files, at their own offsets: all else is spaces. */
export interface EmbeddedScript { text: string; jsx: boolean }

const SCRIPT = /<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi
const FRONTMATTER = /^\s*---[^\S\n]*\r?\n/

/** The script of a `.vue` or `.svelte` file, or the frontmatter of an `.astro` file (its `<script>`s run in the browser). */
export function embeddedScript(extension: string, text: string): EmbeddedScript {
  const blocks = extension === '.astro' ? frontmatter(text) : scriptBlocks(text)
  let out = ''
  for (const { start, end } of blocks) out += blank(text.slice(out.length, start)) + text.slice(start, end)
  return { text: out + blank(text.slice(out.length)), jsx: blocks.some(block => block.jsx) }
}

interface Block { start: number; end: number; jsx: boolean }

function frontmatter(text: string): Block[] {
  const open = FRONTMATTER.exec(text)
  if (open === null) return []
  const start = open[0].length
  const close = /^---/m.exec(text.slice(start))
  return close === null ? [] : [{ start, end: start + close.index, jsx: false }]
}

function scriptBlocks(source: string): Block[] {
  // What stands in the head of the page is run by the browser.
  const text = source.replace(/<!--[\s\S]*?-->|<svelte:head\b[\s\S]*?<\/svelte:head>/g, blank)
  const blocks: Block[] = []
  SCRIPT.lastIndex = 0
  for (let open = SCRIPT.exec(text); open !== null; open = SCRIPT.exec(text)) {
    const start = open.index + open[0].length
    const close = text.slice(start).search(/<\/script\b/i)
    const end = close === -1 ? text.length : start + close
    SCRIPT.lastIndex = end
    const attributes = open[1] ?? ''
    if (isScript(attributes)) blocks.push({ start, end, jsx: /\blang\s*=\s*["']?[jt]sx/i.test(attributes) })
  }
  return blocks
}

/** Data blocks such as `type="application/ld+json"` hold no program. */
function isScript(attributes: string): boolean {
  const type = /\btype\s*=\s*["']?([^"'\s>]+)/i.exec(attributes)?.[1]
  return type === undefined || /^(?:module|(?:text|application)\/(?:java|type|ecma)script|ts|tsx)$/i.test(type)
}

function blank(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ')
}
