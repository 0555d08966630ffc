import type { CatalogRow, EffectModel } from '../../model/catalog.js'
import { client, effect, exported, instances, members, property, runs, yields } from './build.js'

const fix = 'send an `Idempotency-Key` header that outlives the attempt, if the service knows one'
const axios = 'axios#AxiosInstance.new'
const axiosAll = [axios, 'axios#Axios.new', 'axios#default']
const got = ['got#default', 'got#got', 'got#Got.new']
const ky = ['ky#default', 'ky#KyInstance.new', 'ky-universal#default']
const fetches = ['global#fetch', 'node-fetch#default', 'cross-fetch#default', 'cross-fetch#fetch', 'undici#fetch', 'isomorphic-fetch#default', 'isomorphic-unfetch#default', 'make-fetch-happen#default', 'node-fetch-native#default', 'node-fetch-native#fetch', 'fetch-retry#Fetch.new', '@trigger.dev/sdk#retry.fetch', '@trigger.dev/sdk/v3#retry.fetch', '@tauri-apps/api/http#fetch']
const ofetches = ['ofetch#ofetch', 'ofetch#$fetch', 'ofetch#default', 'global#$fetch', 'ofetch#Fetch.new']
const nestHttp = instances(['@nestjs/axios', '@nestjs/common'], 'HttpService')
const shopify = ['@shopify/shopify-app-express#shopifyApp().api', '@shopify/shopify-api#shopifyApi()'].map((path) => `${path}.clients.Graphql.new`)
const shopifyAdmin = ['@shopify/shopify-app-remix/server', '@shopify/shopify-app-react-router/server'].flatMap((module) => ['authenticate.admin().admin', 'unauthenticated.admin().admin', 'authenticate.webhook().admin'].map((path) => `${module}#shopifyApp().${path}.graphql`))
const header = ['headers.Idempotency-Key', 'headers.idempotency-key', 'headers.X-Idempotency-Key']

/** They try again by themselves, a POST only where they are told to. */
const retriesPost: Partial<EffectModel> = { retried: { args: ['1.retry.methods[]', 'made.0.retry.methods[]'], values: ['POST', 'post'] } }

/** Method shorthands: `post(url, body, options)`. */
function shorthands(bases: string[], by: string, data: string, options: string, more: Partial<EffectModel> = {}): CatalogRow[] {
  const key = header.map(name => `${options}.${name}`)
  const heads = bases.map(base => (/^[^#]+#default$/.test(base) ? base.slice(0, base.indexOf('#')) : base))
  const paths = (names: string) => heads.flatMap(head => (head.includes('#') ? members(head, names) : exported(head, names)))
  return [
    effect(paths('post postForm'), 'http-post', by, { url: '0', data, key, fix, ...more }),
    effect(paths('patch patchForm'), 'http-post', by, { url: '0', data, key, fix }),
    effect(paths('put putForm delete'), 'http', by, { url: '0', data, key }),
  ]
}

const native = [
  effect([...fetches, ...ofetches], 'http', 'fetch', { url: '0', method: '1.method', data: '1.body', key: header.map(name => `1.${name}`), fix }),
  yields('fetch-retry#default', 'fetch-retry#Fetch.new'),
  yields(['ofetch#ofetch.create', 'ofetch#$fetch.create', 'ofetch#createFetch', 'global#$fetch.create'], 'ofetch#Fetch.new'),
  effect(['undici#request', 'undici#stream', ...members(instances('undici', 'Client Pool Agent'), 'request')], 'http', 'undici', { url: '0', method: '1.method', data: '1.body', key: header.map(name => `1.${name}`), fix }),
  client(instances('undici', 'Agent Pool Client ProxyAgent RetryAgent'), 'http'),
  effect(['node:http#request', 'node:https#request'], 'http', 'node:http', { url: '0', method: '1.method', fix }),
  client(instances(['node:http', 'node:https'], 'Agent'), 'http'),
  effect(exported(['request', 'postman-request'], 'post patch'), 'http-post', 'request', { url: '0', data: '1~0', fix }),
  effect(['request#default', 'request-promise#default', 'request-promise-native#default'], 'http', 'request', { url: '0', method: '0.method', data: '0.body', fix }),
  effect(exported(['request-promise', 'request-promise-native'], 'post patch'), 'http-post', 'request', { url: '0', data: '1~0', fix }),
]

const libraries = [
  yields(exported('axios', 'create'), axios),
  yields('axios#Axios', 'axios#Axios.new'),
  client([axios, 'axios#Axios.new'], 'http'),
  ...shorthands(axiosAll, 'axios', '1', '2'),
  effect([axios, 'axios#default', ...exported('axios', 'request'), ...members([axios, 'axios#Axios.new'], 'request')], 'http', 'axios', { url: '0.url', method: '0.method', data: '0.data', key: header.map(name => `0.${name}`), fix }),
  ...shorthands(nestHttp, 'axios', '1', '2'),
  effect(members(nestHttp, 'request'), 'http', 'axios', { url: '0.url', method: '0.method', data: '0.data', fix }),
  property(members(nestHttp, 'axiosRef'), axios),
  client([...nestHttp, 'got#Got.new', 'ky#KyInstance.new'], 'http'),
  yields(exported('got', 'extend got.extend'), 'got#Got.new'),
  ...shorthands(got, 'got', '1', '1', retriesPost),
  effect(got, 'http', 'got', { url: '0', method: '1.method', data: '1.json', key: header.map(name => `1.${name}`), fix, ...retriesPost }),
  yields([...exported('ky', 'create extend'), ...members('ky#KyInstance.new', 'create extend')], 'ky#KyInstance.new'),
  ...shorthands(ky, 'ky', '1', '1', retriesPost),
  effect(ky, 'http', 'ky', { url: '0', method: '1.method', data: '1.json', key: header.map(name => `1.${name}`), fix, ...retriesPost }),
  effect([...exported('superagent', 'post patch'), ...members('superagent#agent()', 'post patch')], 'http-post', 'superagent', { url: '0', lazy: true, chain: { data: ['send:0'] }, fix }),
  effect(exported('needle', 'post patch'), 'http-post', 'needle', { url: '0', data: '1', fix }),
  effect('needle#default', 'http', 'needle', { method: '0', url: '1', data: '2', fix }),
  effect(members(instances('@apollo/client', 'ApolloClient'), 'mutate'), 'http-post', 'graphql', { data: '0.variables', operation: true, fix }),
  effect([...members(instances('graphql-request', 'GraphQLClient'), 'request rawRequest'), ...members(shopify, 'request query')], 'http-post', 'graphql', { data: '1', operation: 'told', fix }),
  effect([...exported('graphql-request', 'request rawRequest'), ...exported('@octokit/graphql', 'graphql'), ...shopifyAdmin], 'http-post', 'graphql', { operation: 'told', fix }),
]

/** Wrappers that call a function again when it fails: what it does is repeated. */
const retries: CatalogRow[] = [
  runs(['p-retry#default', 'async-retry#default', 'ts-retry-promise#retry', 'exponential-backoff#backOff', 'promise-retry#default', 'retry-as-promised#default', '@lifeomic/attempt#retry', 'ts-retry#retryAsync', 'ts-retry#retry', 'es-toolkit#retry', 'radash#tryRetry', '@supercharge/promise-pool#retry'], '0', { repeats: true }),
  runs(['radash#retry', 'es6-promise-retry#default'], '1', { repeats: true }),
  { path: 'axios-retry#default', retries: { client: '0', when: '1.retryCondition', harmless: ['isNetworkOrIdempotentRequestError', 'isIdempotentRequestError', 'isSafeRequestError'] } },
  yields(['cockatiel#retry', 'cockatiel#Policy.handleAll().retry'], 'cockatiel#RetryPolicy.new'),
  yields('cockatiel#wrap', 'cockatiel#RetryPolicy.new'),
  runs(members(instances('cockatiel', 'RetryPolicy IPolicy'), 'execute'), '0', { repeats: true }),
]

/** Outbound HTTP. */
export const rows: CatalogRow[] = [...native, ...libraries, ...retries]
