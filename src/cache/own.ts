import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What names the code of this tool as it is installed: a changed rule or row is another tool, whatever its version says. */
export function ownStamp(): string {
  const here = fileURLToPath(new URL('.', import.meta.url))
  // The bundle is all of it in one folder.
  const folders = /[\\/]bundle[\\/]$/.test(here) ? [here] : ['src', 'rules'].map(folder => join(here, '../..', folder))
  return folders.flatMap(stampsIn).join(' ')
}

function stampsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.[jt]s$/.test(name)).sort().map(name => {
    const { size, mtimeMs } = statSync(join(folder, name))
    return `${name}:${size}:${mtimeMs}`
  })
}
