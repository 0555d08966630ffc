import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Detected, fromTop } from './detect.js'

/** A file that init would write: the whole text, ready to be written. */
export interface Draft {
  what: 'config' | 'hook' | 'CI'
  /** Absolute. */
  file: string
  text: string
  isNew: boolean
  /** What is left to the user. */
  note?: string
}

/** What cannot be written for the user: where it goes, and what. */
export interface Advice {
  what: 'hook' | 'CI'
  where: string
  lines: string[]
}

export const CONFIG = 'stateless-audit.config.json'
const MARK = 'stateless-audit'

export function configDraft(root: string): Draft {
  const schema = 'node_modules/stateless-audit/schema/config.schema.json'
  const value = { ...(existsSync(join(root, schema)) && { $schema: `./${schema}` }), exclude: [], rules: {}, failOn: 'error' }
  return { what: 'config', file: join(root, CONFIG), text: `${JSON.stringify(value, null, 2)}\n`, isNew: true }
}

/** One command for each service, the folder itself where there are none; from the git root. */
function commands(found: Detected, root: string, flags: string): string[] {
  const inside = fromTop(found, root)
  const below = found.services.filter(({ dir }) => dir !== '.')
  const folders = below.length > 1 ? below.map(({ dir }) => (inside === '.' ? dir : `${inside}/${dir}`)) : [inside]
  return folders.map((folder) => `npx ${found.installed ? '' : '--yes '}stateless-audit${folder === '.' ? '' : ` ${folder}`} ${flags}`)
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** The hook of the manager that the project uses; before a push, when a second more does no harm. */
export async function hookDraft(found: Detected, root: string): Promise<Draft | Advice | undefined> {
  const run = commands(found, root, '--no-progress')
  const { top } = found
  if (found.hooks === 'husky') return huskyDraft(join(top, '.husky/pre-push'), run)
  if (found.hooks === 'lefthook') return lefthookDraft(['lefthook.yml', 'lefthook.yaml', '.lefthook.yml'].map((name) => join(top, name)).find(existsSync) ?? join(top, 'lefthook.yml'), run)
  if (found.hooks === 'pre-commit') return preCommitDraft(join(top, '.pre-commit-config.yaml'), run)
  if (found.hooks === 'lint-staged') return { what: 'hook', where: 'the config of lint-staged, which appends the names of staged files', lines: [`'*.{ts,tsx,js,jsx}': 'stateless-audit --no-progress'`] }
  return { what: 'hook', where: '.git/hooks/pre-push, or the hook manager of your choice', lines: run }
}

function huskyDraft(file: string, run: string[]): Draft | undefined {
  const before = read(file)
  if (before.includes(MARK)) return undefined
  return { what: 'hook', file, text: `${before && !before.endsWith('\n') ? `${before}\n` : before}${run.join('\n')}\n`, isNew: before === '' }
}

async function lefthookDraft(file: string, run: string[]): Promise<Draft | undefined> {
  const before = read(file)
  if (before.includes(MARK)) return undefined
  const { parseDocument } = await import('yaml')
  const document = parseDocument(before)
  run.forEach((command, index) => document.setIn(['pre-push', 'commands', index === 0 ? MARK : `${MARK}-${index + 1}`, 'run'], command))
  return { what: 'hook', file, text: document.toString(), isNew: before === '' }
}

async function preCommitDraft(file: string, run: string[]): Promise<Draft | undefined> {
  const before = read(file)
  if (before.includes(MARK)) return undefined
  const { parseDocument } = await import('yaml')
  const document = parseDocument(before)
  const hooks = run.map((entry, index) => ({ id: index === 0 ? MARK : `${MARK}-${index + 1}`, name: MARK, entry, language: 'system', pass_filenames: false, stages: ['pre-push'] }))
  document.addIn(['repos'], document.createNode({ repo: 'local', hooks }))
  return { what: 'hook', file, text: document.toString(), isNew: false, note: 'pre-push hooks need `pre-commit install --hook-type pre-push` once' }
}

/** A job of its own: nothing that is there is edited. */
export function ciDraft(found: Detected, root: string): Draft | Advice | undefined {
  if (found.ci === 'github') return githubDraft(found, root)
  if (found.ci === 'gitlab') return gitlabDraft(found, root)
  return { what: 'CI', where: 'your CI', lines: commands(found, root, '--no-progress') }
}

function githubDraft(found: Detected, root: string): Draft | undefined {
  const file = join(found.top, '.github/workflows/stateless-audit.yml')
  if (existsSync(file)) return undefined
  const lines = commands(found, root, '--format github').flatMap((command) => [`      - run: ${command}`, '        if: success() || failure()'])
  const text = [
    'name: stateless-audit', 'on:', '  pull_request:', '  push:', '    branches: [main, master]', 'permissions:', '  contents: read', 'jobs:', '  stateless-audit:',
    '    runs-on: ubuntu-latest', '    steps:', '      - uses: actions/checkout@v4', '      - uses: actions/setup-node@v4', '        with:', '          node-version: 22',
    ...(found.installed ? found.install.map((command) => `      - run: ${command}`) : []), ...(lines.length > 2 ? lines : lines.slice(0, 1)), '',
  ]
  return { what: 'CI', file, text: text.join('\n'), isNew: true }
}

function gitlabDraft(found: Detected, root: string): Draft | undefined {
  const file = join(found.top, '.gitlab/stateless-audit.yml')
  if (existsSync(file)) return undefined
  const text = [
    'stateless-audit:', '  stage: test', '  image: node:22-alpine', '  script:', ...(found.installed ? found.install.map((command) => `    - ${command}`) : []),
    ...commands(found, root, '--no-progress --format terminal --format gitlab=gl-code-quality-report.json').map((command) => `    - ${command}`),
    '  artifacts:', '    when: always', '    reports:', '      codequality: gl-code-quality-report.json', '',
  ]
  return { what: 'CI', file, text: text.join('\n'), isNew: true, note: 'add `- local: .gitlab/stateless-audit.yml` under `include:` in .gitlab-ci.yml' }
}
