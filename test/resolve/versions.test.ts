import { expect, it } from 'vitest'
import { discover } from '../../src/input/index.js'
import { createResolver } from '../../src/resolve/index.js'
import { folder } from '../input/folder.js'

const asked = async (range: string, catalogs: string, more: Record<string, string> = {}): Promise<boolean | undefined> => {
  const files = { 'package.json': JSON.stringify({ dependencies: { keyv: range } }), 'src/app.ts': '', ...more }
  return createResolver(await discover(folder(files))).isVersion('src/app.ts', 'keyv', catalogs)
}

it('goes by the range of package.json', async () => {
  const ranges: [string, string, boolean | undefined][] = [
    ['^4.5.4', '<5', true], ['5.6.0', '<5', false], ['~4.11.2', '>=4.11', true], ['4.10.x', '>=4.11', false], ['^4 || ^5', '>=5 <6', true], ['6', '>=5 <6', false], ['v3', '<4', true],
    ['*', '>=5', true], ['latest', '<5', false], ['>=3', '>=5', true], ['workspace:*', '<5', undefined], ['npm:@scope/keyv@4', '<5', undefined], ['github:jaredwray/keyv', '<5', undefined],
  ]
  for (const [range, catalogs, expected] of ranges) expect([range, await asked(range, catalogs)]).toEqual([range, expected])
})

it('asks the lockfile where the range leaves it open', async () => {
  const locks: [string, string][] = [
    ['package-lock.json', '{\n "packages": {\n  "node_modules/keyv": {\n   "version": "4.5.4",'], ['yarn.lock', 'keyv@*, keyv@^4.0.0:\n  version "4.5.4"\n'], ['yarn.lock', '"keyv@npm:*":\n  version: 4.5.4\n'],
    ['pnpm-lock.yaml', "packages:\n\n  '@keyv/redis@5.0.0':\n    x: 1\n\n  keyv@4.5.4:\n    resolution: {}\n"], ['pnpm-lock.yaml', 'packages:\n\n  /keyv/4.5.4:\n    resolution: {}\n'],
    ['bun.lock', '{ "packages": {\n "keyv": ["keyv@4.5.4", "", {}],'],
  ]
  for (const [file, text] of locks) expect([file, await asked('*', '<5', { [file]: text })]).toEqual([file, true])
  expect(await asked('catalog:', '<5', { 'pnpm-lock.yaml': "packages:\n\n  keyv@5.1.0:\n    resolution: {}\n" })).toBe(false)
  expect(await asked('catalog:', '<5')).toBeUndefined()
})

it('knows nothing of what no package.json names', async () => {
  const resolver = createResolver(await discover(folder({ 'package.json': '{}', 'src/app.ts': '' })))
  expect(resolver.isVersion('src/app.ts', 'keyv', '<5')).toBeUndefined()
})

it('takes what the rest of the workspace installs where nobody around a file names it', async () => {
  const workspace = async (first: string, second: string): Promise<boolean | undefined> => {
    const packageWith = (range: string): string => JSON.stringify({ dependencies: { keyv: range } })
    const files = { 'package.json': '{ "workspaces": ["packages/*"] }', 'packages/config/package.json': '{ "name": "config" }', 'packages/config/app.ts': '', 'packages/web/package.json': packageWith(first), 'packages/jobs/package.json': packageWith(second) }
    return createResolver(await discover(folder(files))).isVersion('packages/config/app.ts', 'keyv', '<5')
  }
  expect(await workspace('^5.1.0', '^5.1.0')).toBe(false)
  expect(await workspace('^5.1.0', '^4.5.4')).toBeUndefined()
})
