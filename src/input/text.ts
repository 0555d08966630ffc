import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** One object for all reads: from a name alone Node makes options anew each time, and each of them is of a shape of its own. */
const utf8 = { encoding: 'utf8', flag: 'r' } as const

/** Text of a file of the tree: UTF-8 without its byte order mark, so that offsets count from the first visible character. `undefined` if it cannot be read. */
export function readText(root: string, file: string): string | undefined {
  try {
    return stripMark(readFileSync(join(root, file), utf8))
  } catch {
    return undefined
  }
}

/** Text of a source file. A file that went away since it was found is empty. */
export function readSource(root: string, file: string): string {
  return readText(root, file) ?? ''
}

/** Is there such a file (still)? */
export function isThere(root: string, file: string): boolean {
  return existsSync(join(root, file))
}

const smallHead = 1024
const largeHead = 16 * 1024
const buffer = Buffer.alloc(largeHead)

/** Size and beginning of a file (more of it where it is large), or `undefined` if it cannot be read. */
export function readHead(root: string, file: string): { size: number; head: string } | undefined {
  let handle: number | undefined
  try {
    handle = openSync(join(root, file), 'r')
    const { size } = fstatSync(handle)
    const length = readSync(handle, buffer, 0, size > 20_000 ? largeHead : smallHead, 0)
    return { size, head: stripMark(buffer.toString('utf8', 0, length)) }
  } catch {
    return undefined
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

const longestSource = 1024 * 1024

/** A file of at most `longestSource` bytes as a whole, so that sources are opened once; of a larger one only its size. */
export function readWhole(root: string, file: string): { size: number; head: string; text?: string } | undefined {
  try {
    const read = readFileSync(join(root, file), utf8)
    const size = Buffer.byteLength(read)
    if (size > longestSource) return { size, head: '' }
    const text = stripMark(read)
    return { size, head: text.slice(0, size > 20_000 ? largeHead : smallHead), text }
  } catch {
    return undefined
  }
}

/** What bundlers write around a library that every loader of modules can take. */
const BUNDLED = /typeof exports\s*===?\s*["']object["']\s*&&\s*typeof module\s*!==?\s*["']undefined["']\s*(?:\?|\)\s*\{?)\s*(?:module\.exports\s*=\s*(?:factory|f)\(|factory\()|webpackUniversalModuleDefinition|\/\/ webpackBootstrap/

/** What releases of libraries for browsers begin with: a kept comment with name, version and license. */
const BANNER = /^\s*\/\*!(?=[^]{0,400}?\bv?\d+\.\d+\.\d+)(?=[^]{0,800}?licen[sc]e)/i

/** The same with a tag: `@license r.js 0.26.0 Copyright …`. */
const LICENSED = /^\s*\/\*\*[^]{0,200}?@license\s+[\w.-]+(?: [\w.-]+)?\s+v?\d+\.\d+/

/** Only tests import what runs them, whatever their files are called. */
const RUNNER = /^(?:import\b[^'";]*|(?:const|let|var)\b[^=;\n]*=\s*require\(\s*)['"](?:vitest|@jest\/globals|node:test|bun:test|ava|uvu|tape|tap|mocha|chai|sinon|nock|supertest|@nestjs\/testing|@loopback\/testlab)['"]/m

/** The generated server of AT Protocol. */
const XRPC_SERVER = /\bcreateServer as \w+[^;'"]*from\s+['"]@atproto\/xrpc-server['"]/

/** What LibreJS asks scripts of web pages to say of themselves. */
const OF_A_PAGE = /@licstart\b/

/** Generated routes that hand requests to code of hands, which nothing else calls; not where that code's own decorators say the routes. */
export function isGeneratedLink(text: string): boolean {
  return /^import\b[^'"\n]*['"]\.\.?\//m.test(text) && /^\s*(?:\w*router|app|server)\.(?:get|post|put|patch|delete|use)\(/im.test(text) && !/\btsoa\b/.test(text)
}

/** Why a source file is left out, by its size and first lines. */
export function skipReasonOfHead({ size, head }: { size: number; head: string }): 'too large' | 'generated' | 'minified' | 'vendored' | 'test' | undefined {
  if (size > longestSource) return 'too large'
  if (RUNNER.test(head)) return 'test'
  if (size > 20_000 && head.length / (head.split('\n').length) > 500) return 'minified'
  if (size > 20_000 && (BANNER.test(head) || LICENSED.test(head) || OF_A_PAGE.test(head.slice(0, 500)))) return 'vendored'
  if (size > 20_000 && BUNDLED.test(head.slice(0, 2000))) return 'generated'
  const comments = head.split('\n', 5).filter(line => /^\s*(?:\/[/*]|\*|#|<!--)/.test(line)).join('\n')
  // A generated index of hand-written files is a link that calls run through; so is a generated server that is given its handlers.
  const isIndex = XRPC_SERVER.test(head) || /^export\s*(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b|=>\s*import\(\s*['"][.#~]/m.test(head)
  return !isIndex && /@generated\b|\bDO NOT (?:EDIT|MODIFY)\b/i.test(comments) ? 'generated' : undefined
}

function stripMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
