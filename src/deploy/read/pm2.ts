import { entrySpan, envFact, factBase } from '../source.js'
import type { Reading } from '../source.js'
import { entriesAt, entryAt, itemsAt, textAt } from '../tree.js'
import type { Tree } from '../tree.js'

const KEYS = ['instances', 'exec_mode', 'max_memory_restart', 'node_args', 'watch', 'autorestart', 'interpreter']

/** A PM2 ecosystem file in JSON or YAML: one app, a list, or `apps`. */
export const isPm2 = (tree: Tree): boolean => appsOf(tree).some((app) => entryAt(app, 'script') !== undefined && KEYS.some((key) => entryAt(app, key) !== undefined))

const appsOf = (tree: Tree): Tree[] => (entryAt(tree, 'apps') ? itemsAt(tree, 'apps') : itemsAt(tree))

export function readPm2(reading: Reading, tree: Tree): void {
  for (const app of appsOf(tree)) {
    const name = textAt(app, 'name')
    readInstances(reading, app, name)
    for (const entry of entriesAt(app)) {
      if (!/^env(_production)?$/.test(entry.key)) continue
      for (const variable of entriesAt(entry.value)) reading.facts.push(envFact(reading, 'pm2', entrySpan(variable), variable.key, textAt(variable.value), name))
    }
  }
}

/** `max`, 0 and -1 mean one process a core; in cluster mode a single instance is still a choice of one. */
function readInstances(reading: Reading, app: Tree, name: string | undefined): void {
  const entry = entryAt(app, 'instances')
  const text = textAt(entry?.value)
  if (!entry || text === undefined) return
  const strategy = textAt(app, 'exec_mode')?.replace(/_mode$/, '')
  const base = factBase(reading, 'pm2', entrySpan(entry), 'instances', name)
  const number = Number(text)
  if (text === 'max' || number <= 0) reading.facts.push({ kind: 'replicas', ...base, min: 1, autoscaled: true, ...(strategy ? { strategy } : {}) })
  else if (Number.isInteger(number)) reading.facts.push({ kind: 'replicas', ...base, count: number, autoscaled: false, ...(strategy ? { strategy } : {}), ...(number === 1 ? { pinned: 'PM2 runs exactly one process' } : {}) })
}
