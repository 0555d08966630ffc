import * as modules from 'node:module'
import { join } from 'node:path'

/** Has Node keep the compiled code of what is loaded from here on, this tool's own, beside the facts; Node 22.1 and later can. */
export function keepCompiledCode(cacheDir: string | null): void {
  if (cacheDir === null) return
  const { enableCompileCache } = modules as { enableCompileCache?: (folder: string) => unknown }
  enableCompileCache?.(join(cacheDir, 'code'))
}
