import { createHash } from 'node:crypto'
import { FACTS_VERSION } from '../model/facts.js'
import { TYPESCRIPT_VERSION } from '../syntax/version.js'

/** What, besides the bytes of a file, decides its facts. */
export function cacheSalt(toolVersion: string): string {
  return `${toolVersion} pack-3 facts-${FACTS_VERSION} typescript-${TYPESCRIPT_VERSION}`
}

/** Key of a file's facts: its language and its text. Where the file lies is no part of it. */
export function factsKey(path: string, text: string): string {
  return createHash('sha1').update(`${languageClass(path)}\0`).update(text).digest('hex')
}

/** Extensions that parse alike share facts. */
function languageClass(path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  switch (extension) {
    case 'ts': case 'mts': case 'cts': return 'ts'
    case 'tsx': case 'vue': case 'svelte': case 'astro': return extension
    default: return 'jsx'
  }
}
