import { BROWSER, RENDERERS, SERVER, SERVERS, SERVER_RENDERING } from '../catalog/packages.js'
import type { FileHead } from '../model/facts.js'
import type { Manifest, Resolver } from '../model/input.js'

interface SourceFile {
  path: string
  facts: FileHead
}

/** Only a bundler for browsers knows what to do with it. */
const STYLES = /\.(css|scss|sass|less|styl)$/
const COMPONENT = /\.(vue|svelte)$/

/**
 * Paths of code that only a browser runs, which is not where an audit starts: files that import browser packages or that a page loads, files that
 * import those without showing any sign of a server, and what nobody but such files imports. They are evaluated all the same
 * when server code imports them (templates of mails, shared helpers). Heads are enough to tell.
 */
export const clientOnly = (files: readonly SourceFile[], resolver: Resolver, ofPages: readonly string[] = []): Set<string> => {
  const loaded = new Set(ofPages)
  const client = new Set(files.filter((file) => isClient(file, resolver) || (loaded.has(file.path) && !isServer(file, resolver))).map(({ path }) => path))
  if (client.size === 0) return client
  const importers = importersOf(files, resolver)
  const queue = [...client]
  const own = queue.length
  for (let i = 0; i < queue.length; i++) {
    const by = importers.get(queue[i] as string) ?? []
    // What a server imports as well is shared: an index of both sides' files, a helper. Who imports it may be either.
    if (i >= own && by.some((importer) => isServer(importer, resolver))) continue
    for (const importer of by) {
      if (client.has(importer.path) || isServer(importer, resolver) || (renders(importer) && !importers.get(importer.path)?.some(({ path }) => client.has(path)))) continue
      client.add(importer.path)
      queue.push(importer.path)
    }
  }
  addImported(files, resolver, importers, client)
  return client
}

/** What only files of the browser import, round by round as they become more. */
const addImported = (files: readonly SourceFile[], resolver: Resolver, importers: ReadonlyMap<string, SourceFile[]>, client: Set<string>): void => {
  const open = files.filter((file) => !client.has(file.path) && importers.has(file.path) && !file.facts.directives.includes('use server') && !isServer(file, resolver))
  for (let size = -1; size < client.size;) {
    size = client.size
    for (const { path } of open) if (importers.get(path)?.every((importer) => client.has(importer.path))) client.add(path)
  }
}

const isClient = ({ path, facts }: SourceFile, resolver: Resolver): boolean => {
  const manifest = resolver.manifestOf(path)
  if (manifest && rendersOnServer(manifest)) return facts.directives.includes('use client')
  if (COMPONENT.test(path)) return true
  // A server that renders imports both.
  if (facts.specifiers.some(isRenderer) || facts.specifiers.some((specifier) => SERVERS.test(packageOf(specifier)) && !facts.typeSpecifiers.includes(specifier))) return false
  return facts.specifiers.some((specifier) => (BROWSER.test(packageOf(specifier)) || STYLES.test(specifier)) && !facts.typeSpecifiers.includes(specifier))
}

/** Turns components into text: on a server, unless code of the browser imports it. */
const renders = ({ facts }: SourceFile): boolean => facts.specifiers.some(isRenderer)
const isRenderer = (specifier: string): boolean => RENDERERS.test(specifier)

const isServer = ({ path, facts }: SourceFile, resolver: Resolver): boolean => {
  const manifest = resolver.manifestOf(path)
  if (manifest && (rendersOnServer(manifest) || (ofMeteor(manifest) && METEOR_SERVER.test(path)))) return true
  return facts.specifiers.some((specifier) => SERVER.test(packageOf(specifier)) || resolver.resolve(path, specifier).kind === 'builtin')
}

/** Meteor brings no such folder to the browser, and names itself among the packages or in the scripts. */
const METEOR_SERVER = /(^|\/)server\//
const ofMeteor = ({ dependencies, scripts, json }: Manifest): boolean => 'meteor' in json || 'meteor-node-stubs' in dependencies || Object.values(scripts).some((script) => /^meteor\b/.test(script))

const importersOf = (files: readonly SourceFile[], resolver: Resolver): Map<string, SourceFile[]> => {
  const importers = new Map<string, SourceFile[]>()
  for (const file of files) {
    for (const specifier of file.facts.specifiers) {
      const to = resolver.resolve(file.path, specifier)
      if (to.kind !== 'file') continue
      const list = importers.get(to.file)
      if (list) list.push(file)
      else importers.set(to.file, [file])
    }
  }
  return importers
}

const rendersOnServer = (manifest: Manifest): boolean => SERVER_RENDERING.some((name) => name in manifest.dependencies)

/** The package that a module is of. */
export const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
