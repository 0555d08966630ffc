import { execFileSync } from 'node:child_process'
import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { discover, readSource } from '../../src/input/index.js'
import { empty, folder } from './folder.js'

const skippedOf = async (files: Record<string, string>): Promise<Record<string, number>> => {
  const { skipped } = await discover(folder(files))
  return Object.fromEntries(skipped.map(({ reason, count }) => [reason, count]))
}
const sourcesOf = async (files: Record<string, string>, options = {}): Promise<string[]> => (await discover(folder(files), options)).sources

describe('sources', () => {
  it('takes every extension of the languages, sorted by code units', async () => {
    const files = ['b.ts', 'a.tsx', 'c.js', 'd.jsx', 'e.mts', 'f.cts', 'g.mjs', 'h.cjs', 'i.vue', 'j.svelte', 'k.astro', 'B.ts']
    expect(await sourcesOf({ ...empty(...files), 'readme.md': '' })).toEqual([...files].sort())
  })

  it('takes a script for Node without extension below bin', async () => {
    expect(await sourcesOf({ 'bin/www': '#!/usr/bin/env node\nrequire("../app")', 'bin/deploy': '#!/bin/sh\n' })).toEqual(['bin/www'])
  })

  it('keeps hand-written folders with the names of build folders', async () => {
    const kept = ['server/lib/a.ts', 'src/build/a.ts', 'src/out/a.ts', 'src/modules/vendor/vendor.service.ts', 'src/public/a.ts', 'app/utils/.server/db.ts']
    expect(await sourcesOf(empty(...kept))).toEqual([...kept].sort())
  })

  it('keeps configuration that belongs to the server', async () => {
    const kept = ['auth.config.ts', 'ecosystem.config.js', 'next.config.mjs', 'nuxt.config.ts', 'src/database.config.ts']
    expect(await sourcesOf(empty(...kept, 'vite.config.ts', 'webpack.prod.config.js', '.eslintrc.cjs', 'gulpfile.js'))).toEqual(kept)
  })

  it('neither follows links nor fails on broken ones or on unreadable files', async () => {
    const root = folder(empty('src/a.ts', 'src/secret.ts'))
    symlinkSync(join(root, 'src'), join(root, 'linked'))
    symlinkSync(join(root, 'nowhere'), join(root, 'broken.ts'))
    chmodSync(join(root, 'src/secret.ts'), 0)
    expect((await discover(root)).sources).toContain('src/a.ts')
    expect((await discover(root)).sources.every(file => file.startsWith('src/'))).toBe(true)
  })

  it('reads text without its byte order mark', () => {
    const root = folder({ 'a.ts': '\uFEFFexport {}' })
    expect(readSource(root, 'a.ts')).toBe('export {}')
    expect(readSource(root, 'gone.ts')).toBe('')
  })
})

describe('what is left out', () => {
  it('is counted by reason', async () => {
    const long = `var a=${'1+'.repeat(15_000)}1\n`
    expect(await skippedOf({
      'src/app.ts': '', 'package.json': '{}',
      ...empty('dist/app.js', 'build/app.js', '.next/server.js', 'web/pad.dist.js', 'src/types.d.ts', 'src/app.test.ts', 'src/app.e2e-spec.ts', 'src/__mocks__/a.ts', 'test/a.ts', 'e2e/a.ts',
        'jest.config.js', 'vitest.setup.ts', 'src/Button.stories.tsx', 'migrations/1.ts', 'src/seeds/a.ts', 'src/api.generated.ts', 'src/generated/a.ts', 'src/a.min.js',
        'third_party/a.js', 'server/libs/x/index.js', 'server/libs/x/LICENSE', 'public/jquery.js', 'src/pages/js/lib/knockout-2.1.0.js', 'src/upgrade-1.2.0.js', 'web/lib/chart.js', 'web/lib/chart.min.js', 'web/lib/map.js', 'web/lib/map.min.js', 'web/own.js', 'web/own.min.js', 'web/parts.min.js', 'web/parts/tip.js', 'src/assets/vendor/a.js', 'examples/a.ts', 'docs/a.ts'),
      'src/header.ts': '// Code made by a tool. DO NOT EDIT.\nexport {}',
      'bin/loader.js': `/**\n * @license loader.js 0.26.0 Copyright (c) The Foundation\n */\n${'var a = 1\n'.repeat(3000)}`, 'src/license.ts': `/**\n * @license MIT\n */\nexport const a = 1\n`,
      'src/bundle.js': long, 'src/huge.ts': 'x\n'.repeat(600_000),
    })).toEqual({ 'build output': 4, declaration: 1, example: 2, generated: 3, migration: 2, minified: 6, test: 8, 'too large': 1, vendored: 9 })
  })

  it('leaves out what a compiler wrote beside its sources, where its configuration says so', async () => {
    const root = folder({
      'package.json': '{}', 'server/tsconfig.json': '{ "compilerOptions": { "outDir": "../backend" } }', ...empty('server/app.ts', 'server/lib/a.ts', 'backend/app.js', 'backend/lib/a.js', 'start.js'),
      'tools/tsconfig.json': '{ "compilerOptions": { "outDir": "./lib" } }', ...empty('tools/src/a.ts', 'tools/lib/other.js'),
    })
    const { sources, skipped, built } = await discover(root)
    expect(sources).toEqual(['server/app.ts', 'server/lib/a.ts', 'start.js', 'tools/lib/other.js', 'tools/src/a.ts'])
    expect(skipped).toEqual([{ reason: 'build output', count: 2 }])
    expect(built).toEqual([{ out: 'backend', from: 'server' }])
  })

  it('knows tests by other endings of their names, and by what runs them', async () => {
    const test = "import {\n  describe,\n  it,\n} from 'vitest'\n"
    const root = folder({
      'package.json': '{}', ...empty('src/cart.clienttest.ts', 'src/cart.server-test.ts', 'src/schema.latest.ts', 'src/contest.ts'),
      'src/checks/cart.ts': test, 'src/old.js': "const tape = require('tape')\n", 'src/says.ts': "export const text = \"from 'vitest'\"\n",
    })
    const { sources, skipped } = await discover(root)
    expect(sources).toEqual(['src/contest.ts', 'src/says.ts', 'src/schema.latest.ts'])
    expect(skipped).toEqual([{ reason: 'test', count: 4 }])
  })

  it('knows folders of tests by the kind of tests', async () => {
    const { sources, skipped } = await discover(folder({ 'package.json': '{}', ...empty('test-e2e/tools/node.ts', 'integration-tests/run.ts', 'src/load_test/run.ts', 'src/test-results/list.ts', 'src/contest-data/list.ts') }))
    expect(sources).toEqual(['src/contest-data/list.ts', 'src/test-results/list.ts'])
    expect(skipped).toEqual([{ reason: 'test', count: 3 }])
  })

  it('takes what is called dist-… beside a package.json for what its compiler wrote', async () => {
    const { sources, skipped } = await discover(folder({ 'package.json': '{}', ...empty('dist-lib/app.js', 'lib/app.ts', 'lib/dist-parts/app.ts') }))
    expect(sources).toEqual(['lib/app.ts', 'lib/dist-parts/app.ts'])
    expect(skipped).toEqual([{ reason: 'build output', count: 1 }])
  })

  it('leaves out what a bundler wrote around a library', async () => {
    const wrapped = "(function (global, factory) {\n  typeof exports === 'object' && typeof module !== 'undefined' ? module.exports = factory() :\n  typeof define === 'function' && define.amd ? define(factory) : (global.io = factory());\n})(this, function () {\n"
    const body = '  var count = 0;\n'.repeat(1500)
    expect(await sourcesOf({ 'public-lib/io.js': `${wrapped}${body}});\n`, 'src/small.js': `${wrapped}});\n`, 'src/long.js': body })).toEqual(['src/long.js', 'src/small.js'])
  })

  it('leaves out what browsers get as it is, and keeps a folder that has only the name of it', async () => {
    expect(await sourcesOf({
      'package.json': '{"dependencies":{"sails":"1"}}', ...empty('assets/js/home.js', 'api/models/Thing.js', 'src/public/app/page.js', 'src/public/style.css',
        'src/modules/public/routes.js', 'src/modules/public/views/a.html', 'shop/public/list.ts', 'shop/public/list.css', 'shop/assets/rates.js'),
    })).toEqual(['api/models/Thing.js', 'shop/assets/rates.js', 'shop/public/list.ts', 'src/modules/public/routes.js'])
  })

  it('leaves out the release of a library by its kept comment with version and license', async () => {
    const body = '  var count = 0;\n'.repeat(1500)
    expect(await sourcesOf({
      'web/frame.js': `/*!\n * Frame.js v2.5.17\n * Released under the MIT License.\n */\n${body}`,
      'src/own.js': `/*!\n * shop\n * MIT Licensed\n */\n${body}`, 'src/other.js': `/* Frame.js v2.5.17, MIT License */\n${body}`,
    })).toEqual(['src/other.js', 'src/own.js'])
  })

  it('does not hold a generated index, which calls run through', async () => {
    expect(await sourcesOf({ 'src/index.ts': '/** Auto-generated file, do not edit */\nexport * from "./a.js"\n', 'src/a.ts': '' })).toEqual(['src/a.ts', 'src/index.ts'])
  })

  it('lists migrations apart', async () => {
    const { migrations, sources } = await discover(folder(empty('src/migrations/1-users.ts', 'src/migration/1680000000000-orders.ts', 'src/migration/run.ts')))
    expect(migrations).toEqual(['src/migration/1680000000000-orders.ts', 'src/migrations/1-users.ts'])
    expect(sources).toEqual(['src/migration/run.ts'])
  })

  it('does not hold the examples of a collection of examples', async () => {
    expect(await sourcesOf(empty('examples/a.ts', 'examples/b.ts', 'tool.ts'))).toEqual(['examples/a.ts', 'examples/b.ts', 'tool.ts'])
  })

  it('leaves out what bundlers name after its contents, and sites of documentation wherever they stand', async () => {
    const kept = ['api/a.ts', 'api/b.ts', 'api/schema-20210301.js', 'api/feed-deadbeef.ts']
    expect(await sourcesOf(empty(...kept, 'api/trace/index.c38d8f17.js', 'api/trace/wsPort-d13879e1.js'))).toEqual(kept.sort())
    const site = { ...empty('api/a.ts', 'packages/docs/site/src/b.js', 'packages/docs/site/static/trace.js') }
    expect(await sourcesOf({ ...site, 'packages/docs/site/package.json': '{"dependencies":{"@docusaurus/core":"3"}}' })).toEqual(['api/a.ts'])
    expect(await sourcesOf({ ...empty('a.ts'), 'package.json': '{"dependencies":{"@docusaurus/core":"3"}}' })).toEqual(['a.ts'])
    const help = { ...empty('api/a.ts', 'apps/docs/app/page.ts', 'apps/web/app/page.ts'), 'apps/docs/package.json': '{"dependencies":{"fumadocs-ui":"14"}}', 'apps/web/package.json': '{"dependencies":{"fumadocs-ui":"14"}}' }
    expect(await sourcesOf(help)).toEqual(['api/a.ts', 'apps/web/app/page.ts'])
  })

  it('takes examples in where nothing beside them serves', async () => {
    const files = { ...empty('src/a.ts', 'src/b.ts', 'src/c.ts', 'example/app.ts'), 'example/package.json': '{"dependencies":{"express":"5"}}' }
    expect(await sourcesOf({ ...files, 'package.json': '{"peerDependencies":{"express":"5"},"devDependencies":{"koa":"3"}}' })).toContain('example/app.ts')
    expect(await sourcesOf({ ...files, 'package.json': '{"dependencies":{"@hapi/hapi":"21"}}' })).not.toContain('example/app.ts')
  })

  it('takes in the examples of a library that serves by itself, and those that are what a repository is about', async () => {
    const few = empty('src/a.ts', 'src/b.ts', 'src/c.ts', 'examples/app.ts')
    expect(await sourcesOf({ ...few, 'package.json': '{"name":"fastify"}' })).toContain('examples/app.ts')
    const one = '{"dependencies":{"restify":"11"}}'
    const samples = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`samples/${i}/package.json`, one]))
    const all = { ...empty('a/a.ts', 'a/b.ts', 'b/c.ts', 'samples/0/bot.ts'), 'a/package.json': one, 'b/package.json': one, 'package.json': '{}' }
    expect(await sourcesOf({ ...all, ...samples(5) })).toContain('samples/0/bot.ts')
    expect(await sourcesOf({ ...all, ...samples(3) })).not.toContain('samples/0/bot.ts')
  })

  it('does not hold a website that is a service', async () => {
    const files = empty('api/a.ts', 'api/b.ts', 'website/server.ts')
    expect(await sourcesOf({ ...files, 'website/package.json': '{"dependencies":{"next":"15"}}' })).toContain('website/server.ts')
    expect(await sourcesOf({ ...files, 'website/package.json': '{"dependencies":{"@docusaurus/core":"3"}}' })).not.toContain('website/server.ts')
  })
})

describe('include and exclude', () => {
  it('narrow to what is named, and bring back what is left out by default', async () => {
    const files = empty('src/a.ts', 'test/b.ts', 'other/c.ts')
    expect(await sourcesOf(files, { include: ['src', './test/**/*.{ts,js}'], exclude: ['**/a.ts'] })).toEqual(['test/b.ts'])
  })

  it('say so when a pattern matches nothing', async () => {
    const { notices } = await discover(folder(empty('src/a.ts')), { include: ['src', 'serve'] })
    expect(notices.map(notice => notice.message)).toEqual(['The include pattern "serve" matches no file.'])
  })
})

describe('.gitignore', () => {
  it('hides nothing that git keeps all the same', async () => {
    const root = folder({ '.gitignore': 'db\n*.local.ts\n', ...empty('server/db/users.js', 'server/db/scratch.js', 'src/app.ts', 'src/keys.local.ts', 'src/own.local.ts') })
    const git = (...args: string[]): unknown => execFileSync('git', ['-C', root, ...args], { stdio: 'ignore' })
    git('init', '-q')
    git('add', '-f', '.gitignore', 'src/app.ts', 'server/db/users.js', 'src/keys.local.ts')
    expect((await discover(root)).sources).toEqual(['server/db/users.js', 'src/app.ts', 'src/keys.local.ts'])
  })

  it('holds below its folder, in the order of git, with negation', async () => {
    const root = folder({
      '.gitignore': '*.local.ts\n/data\nlogs/\n',
      'src/.gitignore': 'tmp/*\n!tmp/keep.ts\n/only-here.ts\n!logs/\n',
      'src/[id]/.gitignore': 'hidden.ts\n',
      ...empty('.git/config', 'a.local.ts', 'src/b.local.ts', 'data/x.ts', 'src/data/x.ts', 'src/tmp/x.ts', 'src/tmp/keep.ts', 'src/only-here.ts', 'src/deep/only-here.ts',
        'logs/x.ts', 'src/logs/x.ts', 'src/[id]/hidden.ts', 'src/i/hidden.ts', 'Data/x.ts'),
    })
    const { sources, skipped } = await discover(root)
    expect(sources).toEqual(['Data/x.ts', 'src/data/x.ts', 'src/deep/only-here.ts', 'src/i/hidden.ts', 'src/logs/x.ts', 'src/tmp/keep.ts'])
    expect(skipped).toEqual([{ reason: 'ignored by git', count: 5 }])
  })

  it('holds from the git root down to the audited folder, with info/exclude', async () => {
    const root = folder({ '.git/info/exclude': 'mine.ts\n', '.gitignore': 'a.ts\n', 'packages/.gitignore': '/api/b.ts\n', ...empty('packages/api/a.ts', 'packages/api/b.ts', 'packages/api/c.ts', 'packages/api/mine.ts') })
    const input = await discover(join(root, 'packages/api'))
    expect(input.sources).toEqual(['c.ts'])
    expect(input.fromGitRoot).toBe('packages/api')
  })

  it('says nothing about a folder that it hides but the user names', async () => {
    const root = folder({ '.gitignore': 'scratch/\n', ...empty('.git/config', 'scratch/a.ts') })
    expect((await discover(join(root, 'scratch'))).sources).toEqual(['a.ts'])
  })
})

describe('other files', () => {
  it('finds manifests, and survives a broken one', async () => {
    const { manifests, notices } = await discover(folder({
      'package.json': '{"name":"shop","type":"module","bin":{"shop":"cli.js"},"dependencies":{"a":"1"},"devDependencies":{"b":"2"}}',
      'broken/package.json': '{', 'node_modules/x/package.json': '{}', 'dist/package.json': '{}',
    }))
    expect(manifests.map(manifest => manifest.dir)).toEqual(['broken', '.'])
    expect(manifests[1]).toMatchObject({ name: 'shop', type: 'module', bin: ['cli.js'], dependencies: { a: '1', b: '2' }, devDependencies: ['b'] })
    expect(notices).toMatchObject([{ id: 'manifest-unreadable', file: 'broken/package.json' }])
  })

  it('reads packages that a project keeps below packages/node_modules, unless git ignores them', async () => {
    const own = { 'packages/node_modules/@shop/api/index.js': '', 'packages/node_modules/@shop/api/node_modules/x/index.js': '', 'node_modules/y/index.js': '', 'app/node_modules/z/index.js': '' }
    expect((await discover(folder({ ...own, '.git/HEAD': '', '.gitignore': 'node_modules\n!packages/node_modules\n' }))).sources).toEqual(['packages/node_modules/@shop/api/index.js'])
    expect((await discover(folder({ ...own, '.git/HEAD': '', '.gitignore': 'node_modules\n' }))).sources).toEqual([])
  })

  it('tells deployment files by name or by text', async () => {
    const found = ['Dockerfile', 'api.dockerfile', 'chart/Chart.yaml', 'chart/templates/deployment.yaml', 'chart/values.yaml', 'compose.prod.yaml', 'conf/site.conf', 'docker-compose.yml', 'fly.toml', 'k8s/web.yaml', 'main.tf', 'serverless.yml', 'web.service', 'wrangler.jsonc']
    const { deployment, schemas, environments, tsconfigs } = await discover(folder({
      ...empty(...found, 'test/docker-compose.yml', 'schema.prisma', 'migrations/1.sql', '.env', '.env.example', 'tsconfig.json', 'tsconfig.build.json'),
      'chart/Chart.yaml': 'apiVersion: v2\nname: x\nkind: x\n', 'k8s/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\n', 'openapi.yaml': 'openapi: 3.0.0\n',
      'conf/site.conf': 'upstream api {\n}\n', 'conf/redis.conf': 'port 6379\n',
    }))
    expect(deployment).toEqual(found)
    expect([schemas, environments, tsconfigs]).toEqual([['migrations/1.sql', 'schema.prisma'], ['.env', '.env.example'], ['tsconfig.build.json', 'tsconfig.json']])
  })
})
