import type { ConventionRow } from '../model/catalog.js'

type RouteRules = NonNullable<ConventionRow['route']>

/** The URL path that a file's place stands for: `app/(shop)/orders/[id]/route.ts` → `/orders/:id`. */
export const routeOf = (file: string, rules: RouteRules): string => {
  let path = file.replace(/\.[^./]+$/, '')
  const strip = rules.strip.find((prefix) => path.startsWith(prefix.replace(/\/?$/, '/')))
  if (rules.stripSuffix && path.endsWith(rules.stripSuffix)) path = path.slice(0, -rules.stripSuffix.length)
  if (strip) path = path.slice(strip.replace(/\/?$/, '/').length)
  const parts = rules.flatDots ? flat(path) : path.split('/')
  const drop = new Set(rules.dropSegments ?? [])
  const segments = parts.filter((segment) => !drop.has(segment) && !isGroup(segment) && !(rules.slots && segment.startsWith('@')))
  return `/${segments.map(rules.flatDots ? flatParameter : parameter).filter((s) => s !== '').join('/')}`
}

const isGroup = (segment: string): boolean => /^\([^$].*\)$/.test(segment)

const parameter = (segment: string): string =>
  segment
    .replace(/^_index$|^index$/, '')
    .replace(/^\[\[?\.\.\.(.+?)\]\]?$/, '*$1')
    .replace(/\[\[?(.+?)(?:=\w+)?\]\]?/g, ':$1')
    .replace(/^\$(.+)$/, ':$1')

/** Remix: dots part segments, except in brackets. */
const flat = (path: string): string[] => path.split('/').flatMap((part) => part.match(/(?:\[[^\]]*\]|[^.[])+/g) ?? [])

/** `$id` → `:id`, `$` → `*`, `($lang)` → `:lang`, `_auth` and `_index` → nothing, `orders_` → `orders`, `sitemap[.]xml` → `sitemap.xml`. */
const flatParameter = (segment: string): string => {
  const plain = segment.replace(/^\((.*)\)$/, '$1')
  if (plain === '$') return '*'
  if (/^[_+]/.test(plain) || plain === 'index') return ''
  return plain.replace(/[_+]$/, '').replace(/^\$(.+)$/, ':$1').replace(/\[([^\]]*)\]/g, '$1')
}
