import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engine as realEngine } from '../../src/cli/engine.js'
import { fakeEngine, report, run } from './support.js'

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0
const scripts = new Map<string, string>()
let cwd = ''

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'completion-'))
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    const { stdout } = await run(['completion', shell], { cwd, engine: { ...fakeEngine(report()), formats: realEngine.formats } })
    scripts.set(shell, stdout)
    writeFileSync(join(cwd, shell === 'zsh' ? '_stateless-audit' : `script.${shell}`), stdout)
  }
})
afterAll(() => { rmSync(cwd, { recursive: true, force: true }) })

/** What stands before the cursor, and what the shell must put there or offer. */
const ASKED: [string, string[]][] = [
  ['stateless-audit --fail-on ', ['error', 'warning', 'info', 'never']],
  ['stateless-audit baseline ', ['write', 'update', 'prune', 'show']],
  ['stateless-audit completion f', ['fish']],
  ['stateless-audit --form', ['--format']],
  ['stateless-audit --format sar', ['sarif']],
]

describe.skipIf(!has('fish'))('fish', () => {
  it.each(ASKED)('completes %j', (line, expected) => {
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', `source ${cwd}/script.fish; complete -C '${line}'`], { cwd, encoding: 'utf8' })
    expect([stderr, stdout.trim().split('\n').map((offer) => offer.split('\t')[0]).sort()]).toEqual(['', [...expected].sort()])
  })
})

/** Types into a shell in a terminal of its own, and waits for what it must answer. */
const TYPES = `
zmodload zsh/zpty
zpty z "TERM=dumb zsh -f -i"
zpty -w z "cd $1; PS1=; $2; bindkey '^I' complete-word; print RE''ADY"
zpty -r z out '*READY*'
zpty -n -w z "$3"$'\\t'
zpty -r z out "*$4*"
print -r -- "$4"
zpty -d z
`
describe.skipIf(!has('zsh'))('zsh', () => {
  it.each([['sourced', ASKED[2], 'autoload -U compinit; compinit -u -D; source ./_stateless-audit'], ['as a file of fpath', ASKED[4], 'fpath=($PWD $fpath); autoload -U compinit; compinit -u -D']] as const)('completes when %s', (_, asked, setUp) => {
    const [line = '', [expected = ''] = []] = asked ?? []
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', TYPES, 'zsh', cwd, setUp, line, expected], { cwd, encoding: 'utf8', timeout: 60_000 })
    expect([stderr, stdout.trim()]).toEqual(['', expected])
  }, 70_000)
})

describe('powershell', () => {
  it('closes what it opens, and offers what bash offers', () => {
    const text = scripts.get('powershell') ?? ''
    const open: string[] = []
    for (const { 0: token } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"`]|`.)*"|[(){}[\]]/g)) {
      if ('({['.includes(token)) open.push(token)
      else if (')}]'.includes(token)) expect(`${open.pop()}${token}`).toMatch(/^(\(\)|\{\}|\[\])$/)
    }
    expect(open).toEqual([])
    for (const [, offers] of ASKED) for (const offer of offers) expect(text).toContain(`'${offer}'`)
  })
})
