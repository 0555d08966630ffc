import { existsSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { findConfig } from '../../config/load.js'
import { auditRoot } from '../context.js'
import type { Io } from '../io.js'
import { type Detected, detect } from './detect.js'

const CONFIG = 'stateless-audit.config.json'

const HOOKS: Record<'husky' | 'lefthook' | 'pre-commit' | 'lint-staged' | 'none', string> = {
  husky: '.husky/pre-push\n    npx stateless-audit --no-progress',
  lefthook: 'lefthook.yml\n    pre-push:\n      commands:\n        stateless-audit:\n          run: npx stateless-audit --no-progress',
  'pre-commit': '.pre-commit-config.yaml\n    - repo: local\n      hooks:\n        - id: stateless-audit\n          name: stateless-audit\n          entry: npx stateless-audit --no-progress\n          language: system\n          pass_filenames: false\n          stages: [pre-push]',
  'lint-staged': 'lint-staged.config.mjs (a function, so that no file names are appended)\n    export default { "*.{ts,js}": () => "stateless-audit --no-progress" }',
  none: '.git/hooks/pre-push (or the hook manager of your choice)\n    npx stateless-audit --no-progress',
}

const CI: Record<'github' | 'gitlab' | 'none', string> = {
  github: '.github/workflows/<yours>.yml, in a job after checkout and npm ci\n    - run: npx stateless-audit --format github --format sarif=stateless-audit.sarif',
  gitlab: '.gitlab-ci.yml\n    stateless-audit:\n      script: npx stateless-audit --format terminal --format gitlab=gl-code-quality-report.json\n      artifacts:\n        reports:\n          codequality: gl-code-quality-report.json',
  none: 'in your CI\n    npx stateless-audit',
}

function schemaPath(root: string): string | undefined {
  const file = 'node_modules/stateless-audit/schema/config.schema.json'
  return existsSync(join(root, file)) ? `./${file}` : undefined
}

function configText(root: string): string {
  const schema = schemaPath(root)
  return `${JSON.stringify({ ...(schema && { $schema: schema }), exclude: [], rules: {}, failOn: 'error' }, null, 2)}\n`
}

function summary(found: Detected): string {
  const frameworks = found.frameworks.join(', ') || 'no known framework (name your handlers under `entries` in the config)'
  return `found: ${frameworks}${found.workspaces ? '; workspaces (run it once for each service: stateless-audit apps/<service>)' : ''}\n`
}

async function agreed(io: Io, question: string, yes: boolean): Promise<boolean> {
  if (yes || !io.stdoutIsTty || !process.stdin.isTTY) return true
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await reader.question(`${question} [Y/n] `)
  reader.close()
  return !/^n/i.test(answer.trim())
}

/** `init`: writes a config where there is none, and shows what to put into hook and CI. */
export async function initCommand(io: Io, path: string, options: { yes?: boolean }, commands: readonly string[]): Promise<number> {
  const root = auditRoot(path, io.cwd, commands)
  const found = detect(root)
  await io.stdout(summary(found))
  const present = findConfig(root)
  const file = join(root, CONFIG)
  if (present) await io.stdout(`config: ${relative(io.cwd, present) || present} is there already; left as it is\n`)
  else if (await agreed(io, `write ${relative(io.cwd, file)}?`, options.yes === true)) {
    writeFileSync(file, configText(root), { flag: 'wx' })
    await io.stdout(`config: wrote ${relative(io.cwd, file)}\n`)
  }
  await io.stdout(`\nhook: ${HOOKS[found.hooks ?? 'none']}\n\nCI: ${CI[found.ci ?? 'none']}\n`)
  await io.stdout('\nnext: npx stateless-audit, then `npx stateless-audit baseline write` to start from what is there\n')
  return 0
}
