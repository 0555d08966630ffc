import type { CatalogRow } from '../../model/catalog.js'
import { effect, exported, members } from './build.js'

const grpc = ['@grpc/grpc-js', 'grpc']
/** Stubs are made of descriptions: only the names of their methods say what they do. */
const stubs = [
  ...exported(grpc, 'Client makeGenericClientConstructor() makeClientConstructor()').map((path) => `${path}.new`),
  ...exported(grpc, 'loadPackageDefinition()').flatMap((path) => ['*', '*.*', '*.*.*', '*.*.*.*'].map((name) => `${path}.${name}.new`)),
  ...exported(grpc, 'load()').flatMap((path) => ['*', '*.*', '*.*.*'].map((name) => `${path}.${name}.new`)),
  ...exported('nice-grpc', 'createClient()'),
  ...exported(['@connectrpc/connect', '@bufbuild/connect'], 'createClient() createPromiseClient() createCallbackClient()'),
  ...exported('@nestjs/microservices', 'ClientGrpc.new.getService() ClientGrpcProxy.new.getService()'),
]
const verbs = 'add append book buy charge create enqueue insert issue order pay place post publish purchase record refund register send submit transfer withdraw'.split(' ')
/** `placeOrder`, also as `PlaceOrder`, and the verb alone; not `address`, nor `payments`. */
const adding = `{${[...verbs, ...verbs.map((verb) => verb.slice(0, 1).toUpperCase() + verb.slice(1))].join(',')}}^`
const key = ['idempotencyKey', 'idempotency_key', 'requestId', 'request_id', 'requestID'].map((name) => `0.${name}`)

/** Stubs that a build generates are often not here: they are known by what they are handed. */
const credentials = ['credentials', 'ChannelCredentials'].flatMap((name) => ['createInsecure()', 'createSsl()', 'createFromSecureContext()', 'combineChannelCredentials()'].map((call) => `${name}.${call}`)).join(' ')
const stub = `${grpc[0]}#Client`

/** Calls of other services over gRPC and its kin that add, send or take something there. */
export const rows: CatalogRow[] = [
  { path: exported(grpc, credentials), handedTo: stub },
  { path: ['@protobuf-ts/grpc-transport#GrpcTransport.new', '@protobuf-ts/twirp-transport#TwirpFetchTransport.new', '@protobuf-ts/grpcweb-transport#GrpcWebFetchTransport.new'], handedTo: stub },
  effect(members(stubs, adding), 'http-post', 'gRPC', { key, fix: 'send an id of the request along (`requestId`), and let the other service answer a known one with the first result' }),
]
