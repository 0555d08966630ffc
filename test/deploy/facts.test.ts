import { describe, expect, it } from 'vitest'
import { environmentValue, forcedSingleProcess, readDeployment, readEnvironment, topology } from '../../src/deploy/index.js'
import { profileOf, roleOf } from '../../src/deploy/roles.js'
import { FACTS_VERSION } from '../../src/model/facts.js'
import type { FileFacts } from '../../src/model/facts.js'
import { fixture, read, reported } from './helpers.js'

describe('topology', () => {
  it.each([
    ['kubernetes/quiet', 'several', 'spec.replicas'], ['kubernetes/fires', 'one', 'spec.replicas'], ['helm/quiet', 'several', 'autoscaling.maxReplicas'],
    ['serverless/quiet', 'serverless', 'provider'], ['pm2/quiet', 'several', 'instances'], ['pm2/fires', 'one', 'instances'], ['pm2-code/quiet', 'several', 'instances'], ['pm2-code/fires', 'one', 'instances'], ['cdk/fires', 'several', 'desiredCount'], ['cdk/quiet', 'several', 'desiredCount'], ['cdk-props/fires', 'several', 'desiredCount'], ['cdk-props/quiet', 'several', 'maxCapacity'], ['serverless-code/fires', 'serverless', 'provider'], ['fly/fires', 'several', 'min_machines_running'],
    ['nginx/fires', 'several', 'server'], ['platforms/quiet', 'serverless', 'build'], ['heroku/quiet', 'one', 'quantity'], ['dockerfile/fires', 'unknown', undefined],
  ])('%s runs %s', async (name, value, key) => {
    const { read: { facts } } = await fixture(name)
    const found = topology(facts)
    expect([found.value, found.fact?.key]).toEqual([value, key])
  })

  it('does not believe development files', async () => {
    const text = 'services:\n  shop:\n    build: .\n    deploy: { replicas: 3 }\n    volumes: [./data:/data]\n'
    const found = await read([{ path: 'docker-compose.dev.yml', text }])
    expect(topology(found.read.facts)).toEqual({ value: 'unknown' })
    expect(reported(found)).toEqual(['volume 5:15 bind /data low'])
  })
})

describe('environment', () => {
  it('is read where deployment is code', async () => {
    for (const [name, key, value] of [['pm2-code', 'SESSION_DRIVER', 'memory'], ['serverless-code', 'CACHE', 'memory']] as const) {
      expect(environmentValue((await fixture(`${name}/fires`)).read.facts, key)?.value).toBe(value)
    }
  })

  it('takes what production sees before defaults and examples', async () => {
    const files = [{ path: '.env.example', text: 'SESSION_DRIVER=redis\n' }, { path: '.env.production', text: '# c\nexport SESSION_DRIVER = "memory" \nEMPTY=\nURL=a#b # c\n' }]
    const { facts } = await readEnvironment(files)
    expect(environmentValue(facts, 'SESSION_DRIVER')).toMatchObject({ value: 'memory', site: { file: '.env.production', start: 11 } })
    expect(environmentValue(facts, 'URL')?.value).toBe('a#b')
    expect(environmentValue(facts, 'NONE')).toBeUndefined()
  })

  it('reads it from manifests, with the default of an interpolation', async () => {
    for (const name of ['kubernetes/fires', 'compose/fires', 'dockerfile/fires', 'systemd/fires']) {
      const { read: { facts } } = await fixture(name)
      expect(environmentValue(facts, 'SESSION_DRIVER')?.value, name).toBe('memory')
    }
  })
})

describe('platforms, their keys at line and column', () => {
  const files: Record<string, [string, string[]]> = {
    'vercel.json': ['{\n  "functions": { "api/*.ts": {} },\n  "crons": [{ "path": "/api/tick", "schedule": "0 0 * * *" }]\n}\n', ['2:3 platform Vercel', '3:36 schedule 0 0 * * *']],
    'netlify.toml': ['[build]\nfunctions = "api"\n', ['1:1 platform Netlify']],
    'wrangler.toml': ['name = "shop"\nmain = "src/index.ts"\n', ['1:1 platform Cloudflare Workers']],
    Procfile: ['release: node migrate.js\nweb: WEB_CONCURRENCY=1 SESSION_DRIVER=memory node server.js\n', ['2:1 platform Procfile', '2:6 env WEB_CONCURRENCY', '2:24 env SESSION_DRIVER']],
    'template.yaml': ['Resources:\n  Hook:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events: { Tick: { Type: Schedule, Properties: { Schedule: rate(1 day) } } }\n', ['3:5 platform AWS Lambda', '5:55 schedule rate(1 day)']],
    'fly.toml': ['app = "shop"\n[http_service]\nmin_machines_running = 2\n', ['1:1 platform Fly', '3:1 replicas 2']],
    'render.yaml': ['services:\n  - type: web\n    name: shop\n    numInstances: 3\n', ['2:5 platform Render', '4:5 replicas 3']],
    '.do/app.yaml': ['services:\n  - name: shop\n    instance_count: 2\n', ['2:5 platform DigitalOcean App Platform', '3:5 replicas 2']],
    'app.yaml': ['runtime: nodejs22\nautomatic_scaling:\n  max_instances: 4\n', ['1:1 platform App Engine', '3:3 replicas 4']],
  }
  it.each(Object.entries(files))('%s', async (path, [text, expected]) => {
    const found = await read([{ path, text }])
    const shown = found.read.facts.map((fact) => `${found.at(fact)} ${fact.kind} ${fact.kind === 'platform' ? fact.name : fact.kind === 'schedule' ? fact.expression : fact.kind === 'env' ? fact.name : fact.kind === 'replicas' ? fact.count ?? fact.min ?? fact.max : ''}`)
    expect(shown).toEqual(expected)
  })
})

describe('further facts', () => {
  it('says what a read-only container may still write', async () => {
    const { read: { facts } } = await fixture('kubernetes/fires')
    expect(facts.find((fact) => fact.kind === 'readonly-root')).toMatchObject({ writable: ['/data/uploads', '/data/node'] })
  })

  it('reads proxy caches with their keys', async () => {
    const { read: { facts } } = await fixture('nginx/fires')
    expect(facts.filter((fact) => fact.kind === 'proxy-cache')).toMatchObject([{ zone: 'pages', identity: false }])
  })

  it('reads schedules', async () => {
    const { read: { facts } } = await fixture('platforms/quiet')
    expect(facts.filter((fact) => fact.kind === 'schedule')).toMatchObject([{ expression: '0 0 * * *', workload: '/api/tick' }])
  })

  it.each([
    ['postgres:17', 'database'], ['bitnami/redis', 'cache'], ['registry.internal/x/rabbitmq:3-management', 'broker'], ['nginx:alpine', 'proxy'],
    ['acme/shop@sha256:00', 'app'], ['prom/anything', 'other'], ['cp-kafka', 'broker'], ['rnwood/smtp4dev:v3', 'other'], ['elasticsearch:9', 'database'],
  ])('%s is a %s', (image, role) => expect(roleOf(image, 'x')).toBe(role))

  it.each([
    ['docker-compose.dev.yml', 'development'], ['.devcontainer/docker-compose.yml', 'development'], ['deploy/prod/shop.yaml', 'production'], ['.env.example', 'example'],
    ['docker-compose.test.yml', 'test'], ['docker-compose.yml', 'default'], ['dev/build/Dockerfile', 'default'],
  ])('%s is for %s', (path, profile) => expect(profileOf(path)).toBe(profile))
})

describe('what cannot be read', () => {
  it('is a notice; the rest still counts', async () => {
    const { facts, notices } = await readDeployment([
      { path: 'docker-compose.yml', text: 'services:\n  a: [\n' }, { path: 'main.tf', text: 'resource "aws_lb_target_group" "a" {\n  stickiness {' }, { path: 'Dockerfile', text: 'VOLUME /x\n' },
      { path: 'nginx.conf', text: 'http { upstream a { ip_hash; }' }, { path: 'k8s/empty.yaml', text: '' },
    ])
    expect(notices.map((notice) => notice.file)).toEqual(['Dockerfile', 'docker-compose.yml', 'main.tf', 'nginx.conf'])
    expect(facts.filter((fact) => fact.kind === 'affinity').map((fact) => fact.site.file)).toEqual(['main.tf', 'nginx.conf'])
  })

  it('is no crash, whatever the text', async () => {
    const { read: { notices }, files } = await fixture('kubernetes/fires')
    const text = files[0]?.text ?? ''
    const cut = Array.from({ length: 40 }, (_, n) => ({ path: ['a.yaml', 'fly.toml', 'main.tf', 'nginx.conf', 'Dockerfile', 'haproxy.cfg', 'Caddyfile', 'a.json'][n % 8] ?? '', text: text.slice(n * 13, n * 40) }))
    for (const file of cut) expect((await readDeployment([file])).facts).toBeInstanceOf(Array)
    expect(notices).toEqual([])
  })
})

describe('code that forces one process', () => {
  const at = { p: 0, e: 0 }
  const facts = (specifier: string): FileFacts => ({
    v: FACTS_VERSION, classes: [], exports: [], types: [], specifiers: [specifier], typeSpecifiers: [], directives: [], comments: [], parseErrors: [], lines: 9,
    bindings: [{ n: 'throng', p: 0, e: 0, kind: 'import', f: 0 }, { n: 'workers', p: 0, e: 0, kind: 'let', f: 0 }],
    imports: [{ s: specifier, p: 0, e: 0, names: [{ n: 'default', b: 0 }] }],
    functions: [{
      p: 0, e: 90, q: 0, kind: 'module', owner: -1, params: [],
      body: [
        { k: 'if', p: 10, t: { k: 'glob', n: 'single', ...at }, c: [{ k: 'expr', p: 20, x: { k: 'set', op: '=', l: { k: 'ref', b: 1, ...at }, r: { k: 'lit', v: 1, ...at }, p: 20, e: 31 } }] },
        { k: 'expr', p: 40, x: { k: 'call', f: { k: 'ref', b: 0, ...at }, a: [{ k: 'obj', m: [{ n: 'count', v: { k: 'ref', b: 1, ...at }, kind: 'init', p: 0, q: 0 }], ...at }], ...at } },
      ],
    }],
  })

  it('is a fact at the assignment', () => {
    expect(forcedSingleProcess('server.ts', facts('throng'))).toMatchObject([{ kind: 'replicas', key: 'workers', count: 1, site: { file: 'server.ts', start: 20, end: 31 } }])
  })

  it('needs a cluster that takes the number', () => {
    expect(forcedSingleProcess('server.ts', facts('something-else'))).toEqual([])
  })
})
