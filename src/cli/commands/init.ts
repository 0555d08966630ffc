import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { findConfig } from '../../config/load.js'
import { auditRoot } from '../context.js'
import type { Io } from '../io.js'
import { type Detected, detect } from './detect.js'
import { type Advice, ciDraft, configDraft, type Draft, hookDraft } from './initFiles.js'

function summary({ services, workspaces }: Detected): string {
  const named = services.map(({ dir, frameworks }) => (dir === '.' ? frameworks.join(', ') : `${dir} (${frameworks.join(', ')})`))
  if (named.length === 0) return 'found: no known framework; name the files of your handlers under `entries` in the config\n'
  return `found: ${named.join(', ')}${workspaces && services.length > 1 ? '; each service is audited on its own' : ''}\n`
}

/** Asks before a file is written; where nobody can be asked, only --yes counts as one. */
async function agreed(io: Io, question: string, yes: boolean): Promise<boolean> {
  if (yes) return true
  if (!io.stdoutIsTty || !process.stdin.isTTY) return false
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await reader.question(`${question} [Y/n] `)
  reader.close()
  return !/^n/i.test(answer.trim())
}

const indented = (lines: string[]): string => lines.map((line) => `    ${line}\n`).join('')

async function offer(io: Io, { what, file, text, isNew, note }: Draft, yes: boolean): Promise<boolean> {
  const shown = relative(io.cwd, file) || file
  const written = await agreed(io, `${isNew ? 'write' : 'add to'} ${shown}?`, yes)
  if (written) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { mode: what === 'hook' && isNew ? 0o755 : 0o644 })
  }
  await io.stdout(written ? `${what}: ${isNew ? 'wrote' : 'added to'} ${shown}\n` : `${what}: would ${isNew ? 'write' : 'change'} ${shown}\n${indented(text.trimEnd().split('\n'))}`)
  if (note) await io.stdout(`  ${note}\n`)
  return written
}

async function advise(io: Io, { what, where, lines }: Advice): Promise<void> {
  await io.stdout(`${what}: put into ${where}\n${indented(lines)}`)
}

async function handle(io: Io, what: string, made: Draft | Advice | undefined, yes: boolean): Promise<boolean> {
  if (made === undefined) await io.stdout(`${what}: is there already; left as it is\n`)
  else if ('file' in made) return offer(io, made, yes)
  else await advise(io, made)
  return true
}

/** `init`: writes a config, a hook and a CI job that fit, each only where there is none; asks first, or is told --yes. */
export async function initCommand(io: Io, path: string, options: { yes?: boolean }, commands: readonly string[]): Promise<number> {
  const root = auditRoot(path, io.cwd, commands)
  const yes = options.yes === true
  const found = await detect(root)
  await io.stdout(summary(found))
  const present = findConfig(root)
  const done = [
    present ? await handle(io, `config: ${relative(io.cwd, present) || present}`, undefined, yes) : await handle(io, 'config', configDraft(root), yes),
    await handle(io, 'hook', await hookDraft(found, root), yes),
    await handle(io, 'CI', ciDraft(found, root), yes),
  ]
  if (done.includes(false) && !yes) await io.stdout('\nnothing that was not agreed to is written; `stateless-audit init --yes` writes all of it\n')
  await io.stdout('\nnext: `stateless-audit` shows what is there, `stateless-audit baseline write` accepts it, and from then on only new findings fail\n')
  return 0
}
