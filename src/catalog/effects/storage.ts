import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, instances, members, yields } from './build.js'

const s3 = [...instances('aws-sdk', 'S3'), 'aws-sdk/clients/s3#default.new', ...instances('@aws-sdk/client-s3', 'S3')]
const gcs = '@google-cloud/storage'
const fix = 'make the key from the content or the request; `IfNoneMatch: \'*\'` refuses a second write'
const put = { model: '0.Bucket', where: '0.Key', data: '0.Body', key: ['0.Key'], clearedBy: [{ arg: '0.IfNoneMatch' }], fix }
/** What is signed is sent by whoever gets the URL. */
const unsigned = { notGivenTo: exported('@aws-sdk/s3-request-presigner', 'getSignedUrl') }

const amazon = [
  client([...s3, ...instances('@aws-sdk/client-s3', 'S3Client'), ...instances('minio', 'Client')], 'sdk'),
  effect(instances('@aws-sdk/client-s3', 'PutObjectCommand'), 'object-put', 's3', { ...put, ...unsigned }),
  effect(members(s3, 'putObject upload'), 'object-put', 's3', put),
  effect(instances('@aws-sdk/lib-storage', 'Upload'), 'object-put', 's3', { model: '0.params.Bucket', where: '0.params.Key', data: '0.params.Body', key: ['0.params.Key'], fix }),
  effect([...instances('@aws-sdk/client-s3', 'CopyObjectCommand'), ...members(s3, 'copyObject')], 'object-put', 's3', { model: '0.Bucket', where: '0.Key', key: ['0.Key'] }),
  effect([...instances('@aws-sdk/client-s3', 'DeleteObjectCommand DeleteObjectsCommand'), ...members(s3, 'deleteObject deleteObjects')], 'delete', 's3', { model: '0.Bucket', where: '0.Key', ...unsigned }),
  effect(members(instances('minio', 'Client'), 'putObject fPutObject'), 'object-put', 'minio', { model: '0', where: '1', data: '2', key: ['1'], fix }),
  effect(members(instances('minio', 'Client'), 'removeObject removeObjects'), 'delete', 'minio', { model: '0', where: '1' }),
  effect(members(instances('@cloudflare/workers-types', 'R2Bucket').concat('global#R2Bucket.new'), 'put'), 'object-put', 'r2', { where: '0', data: '1', key: ['0'], fix }),
]

/** Bindings of a worker, whatever their names: objects of R2 and keys of KV. What is kept for a while only is a cache or a token. */
const bindings = ['cloudflare#Env.new', 'cloudflare#EventContext.new.env', 'hono#Context.new.env'].map((env) => `${env}.*`)
const workers = [
  effect([...members(bindings, 'put'), ...members('global#KVNamespace.new', 'put'), ...members(instances('@cloudflare/workers-types', 'KVNamespace'), 'put')], 'object-put', 'worker binding', { where: '0', data: '1', key: ['0'], ofNone: '2.expirationTtl', fix }),
  effect([...members(bindings, 'delete'), ...members('global#KVNamespace.new', 'delete'), ...members('global#R2Bucket.new', 'delete')], 'delete', 'worker binding', { where: '0' }),
  effect([...members(bindings, 'create'), ...members('global#Workflow.new', 'create')], 'enqueue', 'cloudflare workflows', { data: '0.params', key: ['0.id'], fix: 'pass an `id` made from the request: a second instance of the same id is refused' }),
  effect([...members(bindings, 'send sendBatch'), ...members('global#Queue.new', 'send sendBatch')], 'enqueue', 'cloudflare queues', { data: '0', fix: 'send an id made from the request along, and drop what the consumer has seen' }),
]

const google = [
  client(instances(gcs, 'Storage Bucket'), 'sdk'),
  yields(members(instances(gcs, 'Storage'), 'bucket'), `${gcs}#Bucket.new`),
  yields(['firebase-admin#storage', 'firebase-admin/storage#getStorage'], `${gcs}#Storage.new`),
  yields(members(instances(gcs, 'Bucket'), 'file'), `${gcs}#File.new`),
  effect(members(instances(gcs, 'File'), 'save'), 'object-put', 'gcs', { model: 'receiver', data: '0', clearedBy: [{ arg: '1.preconditionOpts.ifGenerationMatch' }], fix: 'pass `preconditionOpts: { ifGenerationMatch: 0 }` or a name made from the content' }),
  effect(members(instances(gcs, 'File'), 'createWriteStream copy move'), 'object-put', 'gcs', { model: 'receiver', clearedBy: [{ arg: '0.preconditionOpts.ifGenerationMatch' }] }),
  effect(members(instances(gcs, 'Bucket'), 'upload'), 'object-put', 'gcs', { model: 'receiver', data: '0', key: ['1.destination'] }),
  effect(members(instances(gcs, 'File'), 'delete'), 'delete', 'gcs', { model: 'receiver' }),
]

const blob = '@azure/storage-blob'
const others = [
  client(instances('arangojs', 'Database'), 'pool'),
  effect(members('arangojs#Database.new.collection()', 'save saveAll import'), 'insert', 'arangodb', { data: '0', fix: 'give the document a `_key` that the caller decides, with `overwriteMode: \'ignore\'`' }),
  effect(instances('mongodb', 'GridFSBucket').concat('mongoose#mongo.GridFSBucket.new').flatMap((bucket) => members(bucket, 'openUploadStream')), 'create-remote', 'gridfs', { model: '0', fix: 'pass an id made from the content: `openUploadStreamWithId`' }),
  client(instances(blob, 'BlobServiceClient ContainerClient BlockBlobClient AppendBlobClient'), 'sdk'),
  yields(`${blob}#BlobServiceClient.fromConnectionString`, `${blob}#BlobServiceClient.new`),
  yields(members(instances(blob, 'BlobServiceClient'), 'getContainerClient'), `${blob}#ContainerClient.new`),
  yields(members(instances(blob, 'ContainerClient'), 'getBlockBlobClient'), `${blob}#BlockBlobClient.new`),
  yields(members(instances(blob, 'ContainerClient'), 'getAppendBlobClient'), `${blob}#AppendBlobClient.new`),
  effect(members(instances(blob, 'BlockBlobClient'), 'upload uploadData uploadStream uploadFile'), 'object-put', 'azure blob', { model: 'receiver', data: '0', clearedBy: [{ arg: '1.conditions.ifNoneMatch' }, { arg: '2.conditions.ifNoneMatch' }], fix: 'pass `conditions: { ifNoneMatch: \'*\' }`' }),
  effect(members(instances(blob, 'ContainerClient'), 'uploadBlockBlob'), 'object-put', 'azure blob', { where: '0', data: '1', key: ['0'] }),
  effect(members(instances(blob, 'AppendBlobClient'), 'appendBlock'), 'append', 'azure blob', { model: 'receiver', data: '0', fix: 'pass `conditions: { appendPosition }`' }),
  effect(members(instances(blob, 'BlockBlobClient'), 'delete deleteIfExists'), 'delete', 'azure blob', { model: 'receiver' }),
  effect(exported('@vercel/blob', 'put'), 'object-put', 'vercel blob', { where: '0', data: '1', key: ['0'], ownName: { option: '2.addRandomSuffix', byDefault: '<1' }, fix: 'set `addRandomSuffix: false` and name it after the content' }),
  effect(exported('@vercel/blob', 'del'), 'delete', 'vercel blob', { where: '0' }),
  effect([...exported('cloudinary', 'v2.uploader.upload v2.uploader.upload_stream v2.uploader.upload_large uploader.upload')], 'create-remote', 'cloudinary', { data: '0', key: ['1.public_id'], fix: 'pass `public_id` made from the content' }),
  effect(exported('cloudinary', 'v2.uploader.destroy uploader.destroy'), 'delete', 'cloudinary', { where: '0' }),
  effect(members(instances('uploadthing/server', 'UTApi'), 'uploadFiles uploadFilesFromUrl'), 'create-remote', 'uploadthing', { data: '0' }),
]

/** Object stores. */
export const rows: CatalogRow[] = [...amazon, ...workers, ...google, ...others]
