import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { discover } from '../../src/input/index.js'
import type { Resolver } from '../../src/model/input.js'
import { createResolver, TsconfigError } from '../../src/resolve/index.js'
import { empty, folder } from '../input/folder.js'

const json = (value: unknown): string => JSON.stringify(value)
const resolverOf = async (files: Record<string, string>, below = ''): Promise<Resolver> => createResolver(await discover(join(folder(files), below)))
const leads = (resolver: Resolver, from: string, specifier: string): string => {
  const found = resolver.resolve(from, specifier)
  if (found.kind === 'file' || found.kind === 'asset') return `${found.kind === 'asset' ? 'asset ' : ''}${found.file}`
  return found.kind === 'unresolved' ? `unresolved: ${found.reason}` : `${found.kind} ${found.name}${found.kind === 'package' && found.subpath ? ` / ${found.subpath}` : ''}`
}

describe('relative specifiers', () => {
  it('lead to sources, folders and assets', async () => {
    const resolver = await resolverOf(empty('src/a.ts', 'src/b.tsx', 'src/c.mts', 'src/d.js', 'src/d.ts', 'src/dir/index.ts', 'src/Page.vue', 'src/data.json', 'src/types.d.ts', 'src/index.ts', 'test/fake.ts', 'bin/www.js'))
    const cases = {
      './b.js': 'src/b.tsx', './c.mjs': 'src/c.mts', './d.js': 'src/d.ts', './dir': 'src/dir/index.ts', './dir/': 'src/dir/index.ts', '.': 'src/index.ts', './Page': 'src/Page.vue',
      './data.json': 'asset src/data.json', './data': 'asset src/data.json', './types': 'asset src/types.d.ts', '../test/fake.js': 'asset test/fake.ts', './Page.vue?raw': 'src/Page.vue',
      './none': 'unresolved: no such file', '../../x': 'unresolved: outside the audited folder', '../node_modules/x': 'unresolved: no such file',
    }
    for (const [specifier, expected] of Object.entries(cases)) expect([specifier, leads(resolver, 'src/a.ts', specifier)]).toEqual([specifier, expected])
    expect(leads(resolver, 'bin/www.js', '../src/d')).toBe('src/d.js')
  })

  it('lead through a package.json in a CommonJS folder', async () => {
    const resolver = await resolverOf({ ...empty('app.js', 'server/main.js', 'lib/index.js'), 'server/package.json': json({ main: './main' }) })
    expect([leads(resolver, 'app.js', './server'), leads(resolver, 'app.js', './lib')]).toEqual(['server/main.js', 'lib/index.js'])
    const whole = await resolverOf({ ...empty('bin/run.js', 'src/server.js'), 'package.json': json({ main: 'src/server.js' }) })
    expect([leads(whole, 'bin/run.js', '..'), leads(whole, 'bin/run.js', '../')]).toEqual(['src/server.js', 'src/server.js'])
  })

  it('lead from an unbuilt output to its source', async () => {
    const resolver = await resolverOf({ ...empty('bin/run.js', 'src/cli.ts', 'package.json') })
    expect(leads(resolver, 'bin/run.js', '../dist/cli.js')).toBe('src/cli.ts')
    const whole = await resolverOf({ ...empty('bin/run.js', 'src/index.ts', 'package.json') })
    expect(leads(whole, 'bin/run.js', '../dist')).toBe('src/index.ts')
    const beside = await resolverOf({ ...empty('start.js', 'server/app.ts', 'backend/app.js'), 'server/tsconfig.json': json({ compilerOptions: { outDir: '../backend' } }) })
    expect(leads(beside, 'start.js', './backend/app.js')).toBe('server/app.ts')
  })
})

describe('packages', () => {
  it('are built-in, or known by name and subpath', async () => {
    const resolver = await resolverOf(empty('a.ts'))
    const specifiers = ['fs', 'node:fs/promises', 'fs/promises', 'express', '@nestjs/common/http', 'lodash/fp/get', 'https://x.y/z.js', '@/lost']
    expect(specifiers.map(each => leads(resolver, 'a.ts', each))).toEqual([
      'builtin node:fs', 'builtin node:fs/promises', 'builtin node:fs/promises', 'package express', 'package @nestjs/common / http', 'package lodash / fp/get', 'unresolved: a URL', 'unresolved: no such file',
    ])
  })

  it('of the workspace are found by name, without links', async () => {
    const resolver = await resolverOf({
      'package.json': json({ workspaces: ['packages/*'] }),
      'packages/api/package.json': json({ name: '@shop/api', dependencies: { '@shop/db': '^1.0.0' } }),
      'packages/db/package.json': json({ name: '@shop/db', main: 'dist/index.js', exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './models/*': './dist/models/*.js', './client': { import: './dist/esm/client.mjs' } } }),
      'packages/plain/package.json': json({ name: 'plain', main: './lib/main.js' }),
      ...empty('packages/api/src/app.ts', 'packages/db/src/index.ts', 'packages/db/src/models/user.ts', 'packages/db/src/client.mts', 'packages/plain/src/main.ts', 'packages/plain/src/deep/x.ts'),
    })
    const cases = {
      '@shop/db': 'packages/db/src/index.ts', '@shop/db/models/user': 'packages/db/src/models/user.ts', '@shop/db/client': 'packages/db/src/client.mts',
      plain: 'packages/plain/src/main.ts', 'plain/deep/x': 'packages/plain/src/deep/x.ts', 'plain/lib/deep/x': 'packages/plain/src/deep/x.ts', '@shop/db/none': 'unresolved: workspace package without such an entry',
    }
    for (const [specifier, expected] of Object.entries(cases)) expect([specifier, leads(resolver, 'packages/api/src/app.ts', specifier)]).toEqual([specifier, expected])
    expect(resolver.manifestOf('packages/api/src/app.ts')?.name).toBe('@shop/api')
    expect(resolver.filesIn('packages/plain/src')).toEqual(['packages/plain/src/main.ts'])
    expect(resolver.filesIn('packages/plain/src/', true)).toHaveLength(2)
  })

  it('lead to what they are built from, also where what was built is committed', async () => {
    const resolver = await resolverOf({
      'package.json': json({ workspaces: ['packages/*'] }),
      'packages/paths/package.json': json({ name: 'paths', main: './lib/index.js' }),
      'packages/old/package.json': json({ name: 'old', main: './lib/index.js' }),
      ...empty('app.ts', 'packages/paths/lib/index.js', 'packages/paths/src/index.ts', 'packages/old/lib/index.js', 'packages/old/src/index.js'),
    })
    expect([leads(resolver, 'app.ts', 'paths'), leads(resolver, 'app.ts', 'old')]).toEqual(['packages/paths/src/index.ts', 'packages/old/lib/index.js'])
  })

  it('that a project keeps below packages/node_modules are found where Node would look, whatever version is asked for', async () => {
    const resolver = await resolverOf({
      'package.json': json({ name: 'shop' }),
      'packages/node_modules/shop/package.json': json({ name: 'shop', dependencies: { '@shop/api': '2.0.0' } }),
      'packages/node_modules/@shop/api/package.json': json({ name: '@shop/api', main: './lib/index.js' }),
      'tools/package.json': json({ name: 'tools', dependencies: { '@shop/api': '1.0.0' } }),
      ...empty('packages/node_modules/shop/lib/shop.js', 'packages/node_modules/@shop/api/lib/index.js', 'tools/copy.js'),
    })
    expect([leads(resolver, 'packages/node_modules/shop/lib/shop.js', '@shop/api'), leads(resolver, 'tools/copy.js', '@shop/api')]).toEqual(['packages/node_modules/@shop/api/lib/index.js', 'package @shop/api'])
  })

  it('of the registry are not mistaken for examples of the same name', async () => {
    const resolver = await resolverOf({ 'redis/package.json': json({ name: 'redis', dependencies: { redis: '^4' } }), 'app/package.json': json({ name: 'app', dependencies: { redis: '^4' } }), ...empty('redis/index.js', 'app/index.js') })
    expect([leads(resolver, 'redis/index.js', 'redis'), leads(resolver, 'app/index.js', 'redis')]).toEqual(['package redis', 'package redis'])
  })

  it('have imports of their own', async () => {
    const resolver = await resolverOf({
      'package.json': json({ name: 'app', imports: { '#db': './dist/db.js', '#lib/*.js': { types: './types/*.d.ts', default: './dist/lib/*.js' }, '#log': { node: 'pino', default: './log.js' }, '#app/*': './app/*' } }),
      ...empty('src/a.ts', 'src/db.ts', 'src/lib/x.ts', 'app/y.ts'),
    })
    expect(['#db', '#lib/x.js', '#log', '#app/y.ts', '#none'].map(each => leads(resolver, 'src/a.ts', each))).toEqual(['src/db.ts', 'src/lib/x.ts', 'package pino', 'app/y.ts', 'package #none'])
  })

  it('are what Prisma generates into the tree', async () => {
    const resolver = await resolverOf({ 'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client"\n  output = "../src/generated/prisma"\n}\n', ...empty('src/db.ts') })
    expect(leads(resolver, 'src/db.ts', './generated/prisma/client')).toBe('package @prisma/client')
  })
})

describe('tsconfig', () => {
  it('holds where an extends is not installed, with a notice', async () => {
    const resolver = await resolverOf({ 'tsconfig.json': '{ // comment\n "extends": "@tsconfig/node20/tsconfig.json", "compilerOptions": { "paths": { "@/*": ["./src/*"], }, } }', ...empty('src/a.ts', 'src/b.ts') })
    expect(leads(resolver, 'src/a.ts', '@/b')).toBe('src/b.ts')
    expect(resolver.notices).toMatchObject([{ id: 'tsconfig-extends-missing', file: 'tsconfig.json' }])
  })

  it('stops the run with file and line where it is malformed', async () => {
    const input = await discover(folder({ 'api/tsconfig.json': '{\n  "compilerOptions": {\n    "strict": true\n    "paths": {}\n  }\n}', ...empty('api/a.ts') }))
    expect(() => createResolver(input)).toThrow(TsconfigError)
    expect(() => createResolver(input)).toThrow('api/tsconfig.json:4: "," or "}" is missing')
  })

  it('is not read where it governs no source', async () => {
    await expect(resolverOf({ 'test/tsconfig.json': '{', ...empty('a.ts', 'test/a.ts') })).resolves.toBeDefined()
  })

  it('inherits, relative to the file that states a path; ${configDir} is the heir', async () => {
    const resolver = await resolverOf({
      'config/base.json': json({ compilerOptions: { paths: { 'own/*': ['${configDir}/src/*'], 'base/*': ['../shared/*'] } } }),
      'config/package.json': json({ name: '@shop/config' }),
      'api/tsconfig.json': json({ extends: '@shop/config/base' }), 'web/tsconfig.json': json({ extends: ['./none.json', '../config/base.json'] }),
      ...empty('api/src/a.ts', 'web/src/a.ts', 'shared/s.ts'),
    })
    expect(['api', 'web'].map(each => leads(resolver, `${each}/src/a.ts`, 'own/a'))).toEqual(['api/src/a.ts', 'web/src/a.ts'])
    expect(leads(resolver, 'api/src/a.ts', 'base/s')).toBe('shared/s.ts')
  })

  it('of a solution hands files to the project that covers them', async () => {
    const project = (dir: string): string => json({ include: [`${dir}/**/*`], compilerOptions: { paths: { '@/*': [`./${dir}/*`] } } })
    const resolver = await resolverOf({
      'tsconfig.json': json({ files: [], references: [{ path: './tsconfig.client.json' }, { path: './tsconfig.server.json' }] }),
      'tsconfig.client.json': project('client'), 'tsconfig.server.json': project('server'),
      ...empty('client/a.ts', 'client/b.ts', 'server/a.ts', 'server/b.ts'),
    })
    expect(['client', 'server'].map(each => leads(resolver, `${each}/a.ts`, '@/b'))).toEqual(['client/b.ts', 'server/b.ts'])
  })

  it('tries the targets of a pattern in turn, and the longest pattern first', async () => {
    const resolver = await resolverOf({ 'tsconfig.json': json({ compilerOptions: { baseUrl: './src', paths: { '*': ['*', 'typed/*'], 'lib/*': ['one/*', 'two/*'], 'lib/exact': ['exact'] } } }), ...empty('src/a.ts', 'src/two/x.ts', 'src/exact.ts', 'src/typed/y.ts') })
    expect(['lib/x', 'lib/exact', 'y', 'a', 'express', 'lib/none'].map(each => leads(resolver, 'src/a.ts', each))).toEqual(['src/two/x.ts', 'src/exact.ts', 'src/typed/y.ts', 'src/a.ts', 'package express', 'unresolved: no such file'])
  })

  it('says where the output comes from', async () => {
    const resolver = await resolverOf({ 'package.json': json({ name: 'app', exports: './compiled/main.js' }), 'tsconfig.json': json({ compilerOptions: { outDir: './compiled', rootDir: './code' } }), ...empty('code/main.ts', 'code/x.ts') })
    expect([leads(resolver, 'code/x.ts', 'app'), leads(resolver, 'code/main.ts', '../compiled/x.js')]).toEqual(['code/main.ts', 'code/x.ts'])
  })

  it('may be a jsconfig, and may stand above the audited folder', async () => {
    const files = { 'jsconfig.json': json({ compilerOptions: { baseUrl: 'api/src' } }), ...empty('.git/config', 'api/src/a.js', 'api/src/util/log.js') }
    expect(leads(await resolverOf(files), 'api/src/a.js', 'util/log')).toBe('api/src/util/log.js')
    expect(leads(await resolverOf(files, 'api'), 'src/a.js', 'util/log')).toBe('src/util/log.js')
    const fromTop = { ...files, 'jsconfig.json': json({ compilerOptions: { baseUrl: '.' } }) }
    expect(leads(await resolverOf(fromTop, 'api'), 'src/a.js', 'api/src/util/log')).toBe('src/util/log.js')
  })
})

describe('conventions', () => {
  it('of SvelteKit, Nuxt and module-alias hold without a tsconfig', async () => {
    const resolver = await resolverOf({
      'kit/package.json': json({ devDependencies: { '@sveltejs/kit': '2' } }), 'nuxt/package.json': json({ dependencies: { nuxt: '4' } }), 'old/package.json': json({ _moduleAliases: { '@root': '.' } }),
      ...empty('kit/src/lib/db.ts', 'kit/src/a.ts', 'nuxt/app/a.ts', 'nuxt/app/b.ts', 'nuxt/server/c.ts', 'nuxt/shared/d.ts', 'old/a.js', 'old/b.js'),
    })
    expect(['$lib/db', '$env/static/private'].map(each => leads(resolver, 'kit/src/a.ts', each))).toEqual(['kit/src/lib/db.ts', 'package $env / static/private'])
    expect(['~/b', '~~/server/c', '#shared/d', '#imports'].map(each => leads(resolver, 'nuxt/app/a.ts', each))).toEqual(['nuxt/app/b.ts', 'nuxt/server/c.ts', 'nuxt/shared/d.ts', 'package #imports'])
    expect(leads(resolver, 'old/a.js', '@root/b')).toBe('old/b.js')
  })

  it('of bundlers hold as their configuration writes them, where a file stands and no package is asked for', async () => {
    const resolver = await resolverOf({
      'kit/package.json': json({ devDependencies: { '@sveltejs/kit': '2' } }), 'kit/svelte.config.js': "export default { kit: {\n  // alias: { $lost: 'gone' },\n  alias: { $: 'src', $db: 'src/server/db.ts', '$parts/*': 'src/parts/*' } } }",
      'vite/package.json': json({ dependencies: { '@ui/kit': '1' } }), 'vite/vite.config.ts': "export default defineConfig({ resolve: { alias: { '@': path.resolve(__dirname, './client'), '@ui': fileURLToPath(new URL('./ui', import.meta.url)) } } })",
      'list/package.json': json({}), 'list/vite.config.mts': "export default { resolve: { alias: [{ find: '@core', replacement: path.join(__dirname, 'src', 'core') }, { find: /^~/, replacement: `${here}/lost` }] } }",
      'old/package.json': json({ babel: { plugins: [['module-resolver', { root: ['./'], alias: { models: './app/models', '^@app/(.+)': './app/\\1' } }]] } }),
      ...empty('kit/src/a.ts', 'kit/src/server/db.ts', 'kit/src/parts/b.ts', 'vite/client/a.ts', 'vite/client/b.ts', 'vite/ui/c.ts', 'vite/ui/kit.ts', 'list/src/core/d.ts', 'list/e.ts', 'old/app/models/user.js', 'old/app/f.js'),
    })
    expect(['$/server/db', '$db', '$parts/b', '$lost/x', '$app/forms'].map(each => leads(resolver, 'kit/src/a.ts', each))).toEqual(['kit/src/server/db.ts', 'kit/src/server/db.ts', 'kit/src/parts/b.ts', 'package $lost / x', 'package $app / forms'])
    expect(['@/b', '@ui/c', '@ui/kit'].map(each => leads(resolver, 'vite/client/a.ts', each))).toEqual(['vite/client/b.ts', 'vite/ui/c.ts', 'package @ui/kit'])
    expect(leads(resolver, 'list/e.ts', '@core/d')).toBe('list/src/core/d.ts')
    expect(['models/user', '@app/models/user'].map(each => leads(resolver, 'old/app/f.js', each))).toEqual(['old/app/models/user.js', 'old/app/models/user.js'])
  })
})
