import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { audit } from '../src/index.js'

const made: string[] = []
afterEach(() => { for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true }) })

/** The files of the page's example, written into a folder. */
function example(without: readonly string[] = []): string {
  const root = mkdtempSync(join(tmpdir(), 'audit-models-'))
  made.push(root)
  for (const [, file = '', text = ''] of readFileSync('docs/models.md', 'utf8').matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```/gm)) {
    if (without.includes(file)) continue
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

const wanted = (root: string): string[] => readFileSync(join(root, 'src/app.ts'), 'utf8').split('\n').flatMap((line, index) => {
  const rule = /\/\/ want ([\w-]+)/.exec(line)?.[1]
  return rule === undefined ? [] : [`${rule} ${index + 1}`]
})

describe('the example of docs/models.md', () => {
  it('reports the lines that it marks, and no others', async () => {
    const root = example()
    const { findings } = await audit({ root })
    const found = findings.filter(({ rule }) => rule !== 'cookie-session-auth').map(({ rule, location }) => `${rule} ${location.line}`)
    expect(wanted(root)).toHaveLength(6)
    expect(found.sort()).toEqual(wanted(root).sort())
  })

  it('says to set the option that a row names, and to replace what has none', async () => {
    const { findings } = await audit({ root: example() })
    const fixes = findings.filter(({ rule }) => rule === 'in-memory-rate-limit').map(({ symbol, fix }) => `${symbol}: ${fix}`)
    expect(fixes).toEqual(['@acme/limits: Pass `redis`.', '@acme/gate: Replace @acme/gate, no option of it moves this out of the process: use @acme/limits with `redis`.'])
  })

  it('reports none of them without the models', async () => {
    const { findings } = await audit({ root: example(['stateless-audit.config.json']) })
    expect(findings).toEqual([])
  })
})

describe('frameworks that are stateful by design', () => {
  const told = async (more: Record<string, string>): Promise<string[]> => {
    const root = mkdtempSync(join(tmpdir(), 'audit-models-'))
    made.push(root)
    mkdirSync(join(root, 'src'))
    writeFileSync(join(root, 'src/rooms.ts'), "import { Server } from 'colyseus'\nexport const rooms = new Server({})\n")
    for (const [file, text] of Object.entries(more)) writeFileSync(join(root, file), text)
    return (await audit({ root })).notices.filter(({ id }) => id === 'stateful-by-design').map(({ message }) => message)
  }

  it('are proposed for `stateful` in the config', async () => {
    expect(await told({})).toEqual([expect.stringContaining("stateful: [{ files: ['src/rooms.ts'], reason: 'game rooms live in the process that runs them' }]")])
  })

  it('are not proposed once they are declared', async () => {
    expect(await told({ 'stateless-audit.config.json': '{ "stateful": [{ "files": ["src/rooms.ts"], "reason": "rooms" }] }' })).toEqual([])
  })
})
