import { cacheSalt, factsOnDemand, type FactsCache, openCache } from './cache/index.js'
import { StartAgain } from './engine/failures.js'
import { readSource } from './input/index.js'
import type { FileFacts, FileHead } from './model/facts.js'

type Parser = typeof import('./syntax/index.js')

export interface SourceFacts {
  path: string
  facts: FileFacts
}

export interface FactsOptions {
  root: string
  /** Absolute folder of the cache; null for none. */
  cacheDir: string | null
  /** Names the pack of the cache. */
  project: string
  version: string
  onProgress?: (done: number, total: number) => void
}

/** Thrown where facts are asked for that are not in the cache while the parser is not loaded: `withParser` then begins again. */
class ParserNeeded extends StartAgain {}

let parser: Parser | undefined
const loadParser = async (): Promise<Parser> => (parser ??= await import('./syntax/index.js'))

/** Work that may ask for facts of files; the parser takes a third of a second to load and is most often not needed. */
export const withParser = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ParserNeeded)) throw error
    await loadParser()
    return work()
  }
}

/**
 * Facts of files, from the cache where their bytes are known. At first only their heads are read; the rest where
 * `read` or someone who looks at them asks for it.
 */
export class FactsReader {
  readonly files: SourceFacts[] = []
  private readonly cache: FactsCache | undefined

  constructor(private readonly options: FactsOptions) {
    this.cache = options.cacheDir === null ? undefined : openCache({ dir: options.cacheDir, salt: cacheSalt(options.version), project: options.project })
  }

  /** @param keys what `factsKey` says of each path. @param texts contents that are at hand; they are taken out. */
  async readHeads(paths: readonly string[], keys: readonly string[], texts?: Map<string, string>): Promise<SourceFacts[]> {
    for (const [i, path] of paths.entries()) {
      const text = texts?.get(path)
      texts?.delete(path)
      this.files.push({ path, facts: await this.factsOf(path, keys[i] as string, text) })
    }
    return this.files
  }

  private async factsOf(path: string, key: string, text: string | undefined): Promise<FileFacts> {
    const stored = this.cache?.get(key)
    if (stored?.body) return factsOnDemand(stored.head, stored.body)
    const source = stored ? text : text ?? readSource(this.options.root, path)
    const head = stored?.head ?? (await loadParser()).extractHead(path, source as string)
    if (!stored) this.cache?.set(key, head)
    return factsOnDemand(head, () => this.extract(path, key, head, source))
  }

  private extract(path: string, key: string, head: FileHead, text: string | undefined): FileFacts {
    if (!parser) throw new ParserNeeded()
    const facts = parser.extractFacts(path, text ?? readSource(this.options.root, path), head)
    this.cache?.set(key, head, facts)
    return facts
  }

  /** Reads files whole. */
  async read(files: readonly SourceFacts[]): Promise<void> {
    const unread = files.filter(({ facts }) => facts.unread)
    for (const [done, { facts }] of unread.entries()) {
      if (done % 50 === 0) this.options.onProgress?.(done, unread.length)
      await withParser(async () => facts.functions)
    }
  }

  /** Keeps what is new for the next run. */
  close(): void {
    this.cache?.close()
  }
}
