import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { argumentOf, moduleOf, packageOf, stepsOf } from './paths.mjs'

const MOST = 900

function sources(folder, into = []) {
  if (!existsSync(folder)) return into
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (into.length > MOST) break
    const at = join(folder, entry.name)
    if (entry.isDirectory()) { if (entry.name !== 'node_modules') sources(at, into) }
    else if (/\.([cm]?js|d\.[cm]?ts)$/.test(entry.name)) into.push(at)
  }
  return into
}

const wordsOf = (folders) => new Set(folders.flatMap((folder) => sources(folder).flatMap((file) => readFileSync(file, 'utf8').match(/[A-Za-z_$][\w$]*/g) ?? [])))

/** Words of a package's sources: what says least, and yet something. */
export class PackageText {
  constructor(folders, siblings = []) {
    this.folder = folders[0]
    this.words = wordsOf(folders)
    this.optionWords = siblings.length > 0 ? new Set([...this.words, ...wordsOf(siblings)]) : this.words
  }

  /** Is the module there, and is every name of the path a word of the package? */
  hasPath(path) {
    const module = moduleOf(path)
    const sub = module.slice((packageOf(path) ?? '').length + 1)
    const names = stepsOf(path).filter((step) => !/^(\(|\.new|default$|\*$)/.test(step))
    if (sub !== '' && !this.hasModule(sub)) return false
    // Of a default export the text can only say that there is one.
    return names.length > 0 ? names.every((name) => this.words.has(name)) : this.words.has('exports') || this.words.has('default') || this.words.has('export')
  }

  hasModule(sub) {
    const { exports } = JSON.parse(readFileSync(join(this.folder, 'package.json'), 'utf8'))
    if (exports && typeof exports === 'object') return Object.keys(exports).some((key) => key === `./${sub}` || (key.includes('*') && `./${sub}`.startsWith(key.slice(0, key.indexOf('*')))) || key.replace(/\.[cm]?js$/, '') === `./${sub}`)
    return ['', '.js', '.cjs', '.mjs', '/index.js', '/package.json', '.d.ts'].some((end) => existsSync(join(this.folder, sub + end)))
  }

  hasOption(option) {
    return argumentOf(option).names.filter((name) => /^\w+$/.test(name)).every((name) => this.optionWords.has(name))
  }
}
