import { relative } from 'node:path'
import { originsOf } from '../../config/resolve.js'
import type { ResolvedConfig } from '../../config/types.js'
import type { Context } from '../context.js'

const HIDDEN: readonly string[] = ['file', 'today']

function show(key: string, value: unknown): string {
  if (key === 'baseline' && value) return JSON.stringify((value as { file: string }).file)
  if (key === 'customRules') return JSON.stringify((value as { id: string }[]).map(({ id }) => id))
  return JSON.stringify(value)
}

/** Each value of the config with its origin, one a line. */
export function printConfig({ config, loaded, flags, audit, io }: Context): string {
  const origin = originsOf(loaded, flags)
  const file = loaded ? relative(io.cwd, loaded.file) || loaded.file : undefined
  const words = { default: 'default', config: file ?? 'config', flag: 'command line' }
  const keys = (Object.keys(config) as (keyof ResolvedConfig)[]).filter((key) => !HIDDEN.includes(key))
  const rows = keys.map((key) => ({ text: `${key}: ${show(key, key === 'cacheDir' ? audit.cacheDir : config[key])}`, from: words[origin(key)] }))
  const width = Math.min(60, Math.max(...rows.map((row) => row.text.length)))
  return [`# config file: ${file ?? 'none'}`, ...rows.map((row) => `${row.text.padEnd(width)}  # ${row.from}`), ''].join('\n')
}
