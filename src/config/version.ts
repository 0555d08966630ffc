import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this package, from `src/` as from `dist/src/`. */
export function packageFolder(): string {
  for (let dir = dirname(fileURLToPath(import.meta.url)); ; dir = dirname(dir)) {
    try {
      if (JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')).name === 'stateless-audit') return dir
    } catch {
      if (dirname(dir) === dir) throw new Error('package.json of stateless-audit not found')
    }
  }
}

/** Version of this package. */
export function version(): string {
  return JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')).version as string
}
