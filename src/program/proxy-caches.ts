import type { SharedPrivate } from './caching-queries.js'
import type { Callers } from './kept-answers.js'
import type { Program } from './program.js'

/** Caches of a proxy in front of the app whose key does not say who asks, joined with routes that read it: one a cache. */
export function proxyCached(program: Program, callers: Callers, hides: (body: Parameters<Callers['identityIn']>[1]) => boolean): SharedPrivate[] {
  return program.deploy.proxyCaches().flatMap((cache) => {
    for (const entry of program.entries) {
      if (entry.kind !== 'route' || !/^(GET|ALL|HEAD)$/.test(entry.method ?? 'ALL') || entry.path === undefined || !entry.path.startsWith(cache.location)) continue
      for (const handler of entry.handlers) {
        const identity = callers.identityIn(handler, handler.fn.body)
        if (!identity || entry.handlers.some(({ fn }) => hides(fn.body))) continue
        const read = program.siteOf(handler, identity)
        return [{ at: cache.site, header: `\`proxy_cache ${cache.zone}\``, entry: entry.symbol, identity: read, trace: [{ message: `${entry.symbol} reads who the caller is`, site: read }], kept: true as const }]
      }
    }
    return []
  })
}
