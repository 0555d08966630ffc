import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.js'
import type { ResolvedConfig } from '../../src/config/types.js'
import type { Finding, Report } from '../../src/model/report.js'

const config: ResolvedConfig = {
  file: null, include: [], exclude: [], only: [], rules: {}, overrides: [], entries: [], models: [], stateful: [], ignores: [], idempotent: [],
  failOn: 'error', minConfidence: 'medium', maxWarnings: null, strict: false, gate: {}, baseline: null, cacheDir: null, today: '2026-11-24',
}

const COUNTS = "import express from 'express'\nconst app = express()\nconst carts = new Map()\napp.post('/carts/:id', (req, res) => { carts.set(req.params.id, req.body); res.end() })\napp.get('/carts/:id', (req, res) => res.json(carts.get(req.params.id)))\napp.listen(3000)\n"
const STATELESS = "import express from 'express'\nconst app = express()\napp.get('/', (req, res) => res.json({ ok: true }))\napp.listen(3000)\n"
const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec:\n  replicas: 3\n  template: { spec: { containers: [{ name: shop, image: acme/shop }] } }\n'
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec:\n  sessionAffinity: ClientIP\n'

let folder = ''
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function run(files: Record<string, string>): Promise<Report> {
  folder = mkdtempSync(join(tmpdir(), 'stateless-audit-verdict-'))
  for (const [path, text] of Object.entries({ 'package.json': '{"name":"shop"}', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return audit({ root: folder, config, cacheDir: null, version: '0.0.0' })
}

const shown = ({ findings }: Report, file = 'server.js') => findings.filter((finding) => finding.location.file === file)
  .map(({ deployment }) => `${deployment?.verdict} ${deployment?.location ? `${deployment.location.file}:${deployment.location.line}:${deployment.location.column}` : ''}`.trim())
const of = ({ findings }: Report, rule: string): Finding[] => findings.filter((finding) => finding.rule === rule)

describe('code and deployment together', () => {
  it('says live where several replicas run', async () => {
    const report = await run({ 'server.js': COUNTS, 'k8s/shop.yaml': DEPLOYMENT })
    expect(shown(report)).toEqual(['live k8s/shop.yaml:5:3'])
    expect(report.questions.find(({ id }) => id === 'scaling')?.evidence).toMatchObject([{ message: 'shop runs 3 instances', location: { file: 'k8s/shop.yaml', line: 5 } }])
  })

  it('says masked where affinity hides it, and shows the line', async () => {
    const report = await run({ 'server.js': COUNTS, 'k8s/shop.yaml': `${DEPLOYMENT}---\n${SERVICE}` })
    expect(shown(report)).toEqual(['masked k8s/shop.yaml:12:3'])
    const [finding] = shown(report).length === 1 ? report.findings.filter(({ location }) => location.file === 'server.js') : []
    expect(finding?.related.at(-1)).toMatchObject({ message: 'spec.sessionAffinity hides it', location: { file: 'k8s/shop.yaml', line: 12, column: 3 } })
    expect(of(report, 'sticky-routing')[0]?.fix).not.toMatch(/^Remove it/)
  })

  it('takes what runs on the machines of developers for no word about the whole', async () => {
    const dev = 'services:\n  server:\n    build: ./server\n'
    const report = await run({ 'server/package.json': '{"name":"shop-server"}', 'server/app.js': COUNTS, 'docker-compose-dev.yml': dev, 'chart/Chart.yaml': 'name: shop\n', 'chart/values.yaml': 'replicaCount: 1\n', 'chart/templates/app.yaml': DEPLOYMENT.replace('replicas: 3', 'replicas: {{ .Values.replicaCount }}') })
    expect(shown(report, 'server/app.js')).toEqual(['latent chart/values.yaml:1:1'])
  })

  it('says latent where one instance runs, by what is written or by default', async () => {
    expect(shown(await run({ 'server.js': COUNTS, 'k8s/shop.yaml': DEPLOYMENT.replace('replicas: 3', 'replicas: 1') }))).toEqual(['latent k8s/shop.yaml:5:3'])
    expect(shown(await run({ 'server.js': COUNTS, 'docker-compose.yml': 'services:\n  shop:\n    build: .\n  db:\n    image: postgres:17\n' }))).toEqual(['latent docker-compose.yml:2:3'])
  })

  it('says unknown where nothing says how it runs', async () => {
    expect(shown(await run({ 'server.js': COUNTS }))).toEqual(['unknown'])
    expect(shown(await run({ 'server.js': COUNTS, Dockerfile: 'FROM node:24\n' }))).toEqual(['unknown'])
    expect(shown(await run({ 'server.js': COUNTS, 'docker-compose.dev.yml': 'services:\n  shop:\n    build: .\n    deploy: { replicas: 3 }\n' }))).toEqual(['unknown'])
  })

  it('says live on serverless platforms', async () => {
    expect(shown(await run({ 'server.js': COUNTS, 'vercel.json': '{ "rewrites": [] }' }))).toEqual(['live vercel.json:1:3'])
  })

  it('takes a platform that only serves pages for none, and one for a folder for that folder', async () => {
    expect(shown(await run({ 'server.js': COUNTS, 'vercel.json': '{ "rewrites": [{ "source": "/(.*)", "destination": "/index.html" }] }' }))).toEqual(['unknown'])
    expect(shown(await run({ 'server.js': COUNTS, 'netlify.toml': '[build]\npublish = "dist"\n[[redirects]]\nfrom = "/*"\nto = "/index.html"\nstatus = 200\n' }))).toEqual(['unknown'])
    expect(shown(await run({ 'server.js': COUNTS, 'vercel.json': '{ "functions": {}, "rewrites": [{ "source": "/(.*)", "destination": "/index.html" }] }' }))).toEqual(['live vercel.json:1:3'])
    const report = await run({
      'apps/web/package.json': '{"name":"web"}', 'apps/web/server.js': COUNTS, 'apps/api/package.json': '{"name":"api"}', 'apps/api/server.js': COUNTS,
      'netlify.toml': '[build]\nbase = "apps/web"\n',
    })
    expect(shown(report, 'apps/web/server.js')).toEqual(['live netlify.toml:1:1'])
    expect(shown(report, 'apps/api/server.js')).toEqual(['unknown'])
  })

  it('asks to remove affinity that nothing needs', async () => {
    const report = await run({ 'server.js': STATELESS, 'k8s/shop.yaml': `${DEPLOYMENT}---\n${SERVICE}` })
    expect(of(report, 'sticky-routing').map(({ fix }) => fix)).toEqual(['Remove it: nothing that was found in the code needs it.'])
  })

  it('matches services of a monorepo by build context, folder and name', async () => {
    const compose = 'services:\n  front:\n    build: ./apps/shop\n    deploy: { replicas: 2 }\n  rooms:\n    build: { context: ., dockerfile: apps/rooms/Dockerfile }\n'
    const report = await run({
      'apps/shop/package.json': '{"name":"@acme/shop"}', 'apps/shop/server.js': COUNTS, 'apps/rooms/package.json': '{"name":"@acme/rooms"}', 'apps/rooms/server.js': COUNTS,
      'apps/mail/package.json': '{"name":"@acme/mail"}', 'apps/mail/server.js': COUNTS, 'docker-compose.yml': compose, 'k8s/mail.yaml': DEPLOYMENT.replaceAll('shop', 'mail').replace('3', '9'),
    })
    expect(shown(report, 'apps/shop/server.js')).toEqual(['live docker-compose.yml:4:15'])
    expect(shown(report, 'apps/rooms/server.js')).toEqual(['latent docker-compose.yml:5:3'])
    expect(shown(report, 'apps/mail/server.js')).toEqual(['live k8s/mail.yaml:5:3'])
  })

  it('makes a file that cannot be read a notice of the report', async () => {
    const report = await run({ 'server.js': STATELESS, 'docker-compose.yml': 'services:\n  a: [\n' })
    expect(report.notices).toMatchObject([{ id: 'deployment-file-unread', location: { file: 'docker-compose.yml' } }])
  })

  it('shows the line that chooses a driver', async () => {
    const server = "import Koa from 'koa'\nimport ratelimit from 'koa-ratelimit'\nconst app = new Koa()\napp.use(ratelimit({ driver: process.env.LIMIT_DRIVER ?? 'redis' }))\napp.listen(3000)\n"
    const report = await run({ 'server.ts': server, '.env.production': '# limits\nLIMIT_DRIVER=memory\n' })
    expect(of(report, 'in-memory-rate-limit')[0]?.related).toMatchObject([{ message: 'the deployment chooses it', location: { file: '.env.production', line: 2, column: 1 } }])
  })

  it('names the volume that pins a written file, or that there is none', async () => {
    const server = "import express from 'express'\nimport { writeFileSync } from 'node:fs'\nconst app = express()\napp.put('/files/:id', (req, res) => { writeFileSync(`/data/files/${req.params.id}`, req.body); res.end() })\napp.listen(3000)\n"
    const compose = 'services:\n  shop:\n    build: .\n    volumes: [files:/data/files]\nvolumes: { files: }\n'
    const steps = async (text: string) => of(await run({ 'server.js': server, 'docker-compose.yml': text }), 'local-disk-state')[0]?.related.map(({ message, location }) => `${message} ${location.line}:${location.column}`)
    expect(await steps(compose)).toEqual(['the volume at /data/files keeps it on one node 4:15'])
    expect(await steps('services:\n  shop:\n    build: .\n')).toEqual(['shop mounts no volume for it: the file goes with the container 2:3'])
  })

  it('knows the audited program by its own name, though others run it as a tool', async () => {
    const compose = 'services:\n  uptime-kuma:\n    image: acme/uptime-kuma:2\n    volumes: [./data:/app/data]\n'
    expect(of(await run({ 'package.json': '{"name":"uptime-kuma"}', 'server.js': STATELESS, 'compose.yaml': compose }), 'local-volume')).toHaveLength(1)
    expect(of(await run({ 'server.js': STATELESS, 'compose.yaml': compose }), 'local-volume')).toEqual([])
  })
})
