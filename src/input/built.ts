import { posix } from 'node:path'
import { readText } from './text.js'

/** A folder that a compiler writes, and the folder of its sources. */
export interface Built {
  out: string
  from: string
}

const config = /(?:^|\/)(?:ts|js)config(?:\.[\w.-]+)?\.json$/
const outDir = /"outDir"\s*:\s*"([^"]+)"/
const rootDir = /"rootDir"\s*:\s*"([^"]+)"/
const script = /\.[cm]?jsx?$/
const typed = /(?<!\.d)\.[cm]?tsx?$/
/** Of so many in ten scripts there the source is here. */
const most = 9

/** Folders of scripts that are compiled from sources of the tree and kept beside them: `"outDir": "../backend"`, where `backend/app.js` has its `server/app.ts`. */
export function builtFolders(root: string, files: readonly string[]): Built[] {
  const configs = files.filter(file => config.test(file))
  if (configs.length === 0) return []
  const stems = new Set(files.filter(file => typed.test(file)).map(file => file.replace(typed, '')))
  return configs.flatMap(file => {
    const text = readText(root, file) ?? ''
    const dir = posix.dirname(file)
    const [out, given] = [outDir, rootDir].map(option => inside(dir, option.exec(text)?.[1]))
    if (out === undefined || out === dir || stems.size === 0) return []
    const scripts = files.filter(each => each.startsWith(`${out}/`) && script.test(each)).map(each => each.slice(out.length + 1).replace(script, ''))
    const sources = [given ?? dir, dir, posix.join(dir, 'src')].filter(from => from !== out)
    const from = sources.find(each => scripts.filter(stem => stems.has(posix.join(each, stem))).length * 10 >= scripts.length * most)
    return from === undefined || scripts.length === 0 ? [] : [{ out, from }]
  })
}

/** A path of a configuration, from the root of the tree: nothing for what lies outside, or is the root itself. */
function inside(dir: string, path: string | undefined): string | undefined {
  const full = path === undefined ? undefined : posix.join(dir, path).replace(/\/$/, '')
  return full === undefined || full === '.' || full.startsWith('..') || full.startsWith('/') ? undefined : full
}
