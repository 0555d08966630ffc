import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/**
 * Writes files into a new folder, which goes away with the test. Not under `fixtures/`: ignored files, `dist` folders and
 * nested `.gitignore`s could not be committed there.
 */
export function folder(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'stateless-audit-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

/** Many files of which only the place matters. */
export function empty(...files: string[]): Record<string, string> {
  return Object.fromEntries(files.map(file => [file, file.endsWith('.json') ? '{}' : '']))
}
