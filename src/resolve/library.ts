import { posix } from 'node:path'
import { SERVES } from '../catalog/packages.js'
import type { Manifest } from '../model/input.js'

const exampleFolder = /(?:^|\/)(?:examples?|samples?|demos?|playgrounds?)(?:\/|$)/

export const isExample = (file: string): boolean => exampleFolder.test(posix.dirname(file))

/**
 * In the repository of a library that serves, its examples use it as everyone does: what they import is the library that is
 * known by its name, not the sources that happen to stand beside them.
 */
export function isExampleOf(library: Manifest, from: string): boolean {
  return library.name !== undefined && SERVES.test(library.name) && isExample(from) && !exampleFolder.test(library.dir)
}

/** `require('../..')`, `require('../../lib/express')`: the entry of a package by its path. */
export function isEntryOf({ name = '', dir, main }: Manifest, file: string): boolean {
  const inside = (dir === '.' ? file : posix.relative(dir, file)).replace(/\.[cm]?[jt]s$/, '')
  const short = posix.basename(name)
  return [main?.replace(/^\.\//, '').replace(/\.[cm]?[jt]s$/, ''), 'index', ...['lib', 'src'].flatMap(folder => [`${folder}/index`, `${folder}/${short}`])].includes(inside)
}
