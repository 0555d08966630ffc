import type { ConventionRow } from '../model/catalog.js'

/** The URL path that a file's place stands for: `app/(shop)/orders/[id]/route.ts` → `/orders/:id`. */
export const routeOf = (file: string, rules: NonNullable<ConventionRow['route']>): string => {
  let path = file.replace(/\.[^./]+$/, '')
  const strip = rules.strip.find((prefix) => path.startsWith(prefix.replace(/\/?$/, '/')))
  if (rules.stripSuffix && path.endsWith(rules.stripSuffix)) path = path.slice(0, -rules.stripSuffix.length)
  if (strip) path = path.slice(strip.replace(/\/?$/, '/').length)
  if (rules.flatDots) path = path.replace(/\./g, '/')
  const drop = new Set(rules.dropSegments ?? [])
  const segments = path.split('/').filter((segment) => !drop.has(segment) && !/^\(.*\)$/.test(segment) && !(rules.slots && segment.startsWith('@')))
  return `/${segments.map(parameter).filter((s) => s !== '').join('/')}`
}

const parameter = (segment: string): string =>
  segment
    .replace(/^_index$|^index$/, '')
    .replace(/^\[\[?\.\.\.(.+?)\]\]?$/, '*$1')
    .replace(/\[\[?(.+?)\]\]?/g, ':$1')
    .replace(/^\$(.+)$/, ':$1')
