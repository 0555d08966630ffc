import { posix } from 'node:path'
import { readText } from './text.js'

const page = /\.html?$/i
const loaded = /<script\b[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+)/gi
/** A path that is not of this site: another host, a template's hole. */
const elsewhere = /^(?:[a-z][\w+.-]*:|\/\/)|[{<%$]/i
const most = 400

/**
 * Sources that pages of the project load (`<script src="app.js">`): a browser runs them. A path from the top of the site is looked for
 * beside the page and in the folders above it.
 */
export function pageScripts(root: string, files: readonly string[], sources: readonly string[]): string[] {
  const known = new Set(sources)
  const found = new Set<string>()
  for (const file of files.filter(each => page.test(each)).slice(0, most)) {
    for (const [, src = ''] of readText(root, file)?.matchAll(loaded) ?? []) {
      const script = elsewhere.test(src) ? undefined : placesOf(file, src.replace(/[?#].*$/, '')).find(place => known.has(place))
      if (script !== undefined) found.add(script)
    }
  }
  return [...found].sort()
}

function placesOf(file: string, src: string): string[] {
  const folder = posix.dirname(file)
  if (!src.startsWith('/')) return [posix.join(folder, src)]
  const places: string[] = []
  for (let at = folder; ; at = posix.dirname(at)) {
    places.push(posix.join(at, src.slice(1)))
    if (at === '.') return places
  }
}
