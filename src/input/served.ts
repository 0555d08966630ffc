import { posix } from 'node:path'
import { SERVED_FOLDERS } from '../catalog/packages.js'
import type { Manifest } from '../model/input.js'

/** What only browsers ask for. */
const page = /\.(?:css|s[ac]ss|less|html?|ico|webmanifest)$|(?:^|\/)robots\.txt$/
/** Nothing that is sent as it is: it would have to be built first, or answers requests. */
const built = /\.(?:[mc]?tsx?|jsx|vue|svelte)$|(?:^|\/)(?:routes?|routers?|controllers?)(?:\.[cm]?js$|\/)/

/** Folders named `public` that hold pages or styles, wherever they stand (`src/public/app`), and those that a framework serves. */
export function servedFolders(manifests: readonly Manifest[], files: readonly string[]): Set<string> {
  const found = manifests.flatMap(({ dir, dependencies }) => Object.entries(SERVED_FOLDERS).flatMap(([framework, folder]) => (framework in dependencies ? [posix.join(dir, folder)] : [])))
  return new Set([...found, ...publicFolders(files)])
}

function publicFolders(files: readonly string[]): string[] {
  const holdsPages = new Map<string, boolean>()
  for (const file of files) {
    const [folder] = /^(?:.*?\/)?public(?=\/)/.exec(file) ?? []
    if (folder === undefined || holdsPages.get(folder) === false) continue
    if (built.test(file.slice(folder.length))) holdsPages.set(folder, false)
    else if (page.test(file)) holdsPages.set(folder, true)
  }
  return [...holdsPages].flatMap(([folder, holds]) => (holds ? [folder] : []))
}
