import { describe, expect, it } from 'vitest'
import { fixture, read, reported } from './helpers.js'

const FIRES: Record<string, string[]> = {
  kubernetes: [
    'sticky 6:3 client-ip', 'sticky 13:5 cookie', 'volume 39:13 pvc /data/uploads', 'volume 42:13 hostPath /data/node',
    'volume 66:9 claim-template /data', 'single 20:3 spec.replicas',
  ],
  routing: ['sticky 8:7 cookie', 'sticky 17:7 cookie', 'sticky 25:3 cookie', 'sticky 36:9 cookie', 'single 37:9 autoscaling.knative.dev/maxScale'],
  kustomize: ['sticky 7:9 client-ip'],
  helm: [
    'sticky chart/values.yaml:12:5 client-ip', 'sticky chart/values.yaml:5:3 client-ip',
    'volume chart/templates/deployment.yaml:23:13 hostPath /data/files', 'volume chart/values.yaml:8:3 pvc /data', 'single chart/values.yaml:1:1 replicaCount',
  ],
  compose: ['sticky 12:9 cookie', 'volume 4:7 bind /app/uploads', 'volume 19:9 named /var/rooms', 'volume 20:9 bind /srv/rooms', 'single 16:5 container_name low'],
  dockerfile: ['volume 5:3 dockerfile /var/shop/data'],
  nginx: ['sticky 4:5 client-ip', 'sticky 7:20 cookie', 'sticky 9:5 cookie'],
  haproxy: ['sticky 2:5 client-ip', 'sticky 5:5 cookie', 'sticky 7:5 client-ip'],
  traefik: ['sticky traefik/dynamic.toml:2:37 cookie', 'sticky traefik/dynamic.yml:5:9 cookie'],
  caddy: ['sticky 3:3 cookie'],
  apache: ['sticky 3:3 cookie'],
  envoy: ['sticky 4:9 cookie'],
  terraform: ['sticky 3:3 cookie', 'sticky 8:1 cookie', 'sticky 12:3 cookie', 'sticky 15:3 cookie', 'single 19:3 max_size'],
  cloudformation: ['sticky 7:11 cookie', 'single 12:7 ReservedConcurrentExecutions'],
  azure: ['sticky 3:5 cookie'],
  serverless: ['single 7:5 reservedConcurrency'],
  fly: ['volume 3:1 disk /data'],
  render: ['volume 4:5 disk /data'],
  'app-engine': ['sticky 3:3 cookie', 'single 5:3 max_instances'],
  heroku: ['sticky 3:16 cookie'],
  pm2: ['single 4:7 instances'],
  cdk: ['sticky 16:65 cookie', 'sticky 18:10 cookie', 'sticky 19:23 cookie', 'volume 12:36 hostPath /srv/uploads', 'single 20:62 reservedConcurrentExecutions'],
  'cdk-props': [
    'sticky lib/helpers.ts:14:70 cookie', 'sticky lib/helpers.ts:17:90 cookie', 'sticky lib/shop-stack.ts:23:7 cookie', 'sticky lib/shop-stack.ts:26:24 cookie', 'sticky lib/shop-stack.ts:27:59 client-ip',
    'volume lib/shop-stack.ts:17:103 hostPath /srv/uploads', 'single lib/helpers.ts:13:48 maxCapacity', 'single lib/shop-stack.ts:20:50 maxCapacity',
  ],
  'pm2-code': ['single 5:44 instances'],
  'serverless-code': ['single 7:50 reservedConcurrency'],
  systemd: ['volume 3:1 hostPath /var/lib/shop'],
}

describe('each format, its keys at their line and column', () => {
  it.each(Object.entries(FIRES))('%s fires', async (name, expected) => {
    const found = await fixture(`${name}/fires`)
    expect(found.read.notices).toEqual([])
    expect(reported(found)).toEqual(expected)
  })

  it.each([...Object.keys(FIRES), 'platforms'])('%s stays quiet', async (name) => {
    const found = await fixture(`${name}/quiet`)
    expect(found.read.notices).toEqual([])
    expect(reported(found)).toEqual([])
  })
})

describe('constructs that give each other what they are given', () => {
  it('asks each file once, however many there are', async () => {
    const part = (i: number, all: number) => `import * as ecs from 'aws-cdk-lib/aws-ecs'
import { Construct } from 'constructs'
export class Part${i} extends Construct {
  constructor(scope: Construct, id: string, { count, size }: { count: number; size: number }) {
    super(scope, id)
    new ecs.FargateService(this, 'Web', { desiredCount: count, memory: size })
${Array.from({ length: all }, (_, j) => `    new Part${j}(this, 'P${j}', { count, size })`).join('\n')}
  }
}
`
    const found = await read(Array.from({ length: 24 }, (_, i) => ({ path: `lib/part-${i}.ts`, text: part(i, 24) })))
    expect(reported(found)).toEqual([])
  }, 20_000)
})
