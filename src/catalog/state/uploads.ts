import type { CatalogRow, DiskModel } from '../../model/catalog.js'
import { calls, instances, registered, store } from './make.js'

const disk = (path: string | string[], model: DiskModel): CatalogRow => ({ path, disk: model })

function multer(): CatalogRow[] {
  const modules = ['multer', '@koa/multer', 'koa-multer', 'fastify-multer', '@fastify-multer/core', 'multer-fastify']
  const interceptors = ['FileInterceptor', 'FilesInterceptor', 'FileFieldsInterceptor', 'AnyFilesInterceptor']
  const nest = ['@nestjs/platform-express', '@webundsoehne/nest-fastify-file-upload', '@nest-lab/fastify-multer', 'fastify-file-interceptor']
  return [
    { ...disk(calls(modules, 'default'), { op: 'configure', path: '0.dest', when: ['0.dest'], unless: ['0.storage'] }), returns: 'multer#Multer.new' },
    { path: ['single', 'array', 'fields', 'any'].map((name) => `multer#Multer.new.${name}`), returns: 'multer#Upload.new' },
    // Without a destination it is the folder for temporary files.
    { ...disk(calls(modules, 'diskStorage'), { op: 'configure', path: '0.destination', when: ['0.destination'] }), store: { kind: 'file', backend: 'disk' } },
    store(calls(modules, 'memoryStorage'), 'memory', 'request'),
    disk(calls(nest, ...interceptors), { op: 'configure', path: 'last.dest', when: ['last.dest'], unless: ['last.storage'] }),
    disk(['@nestjs/platform-express#MulterModule.register()'], { op: 'configure', path: '0.dest', when: ['0.dest'], unless: ['0.storage'] }),
    disk(['@nestjs/platform-express#MulterModule.registerAsync()'], { op: 'configure', path: '0.useFactory().dest', when: ['0.useFactory().dest'],
      unless: ['0.useFactory().storage'] }),
    { path: [...calls(['multer-s3', 'multer-s3-transform', 'multer-s3-v3', 'multer-gridfs-storage', 'multer-google-storage', 'multer-cloud-storage', 'multer-cloudinary',
      'multer-storage-cloudinary', 'multer-azure-storage'], 'default'),
      ...instances(['multer-storage-cloudinary', 'multer-gridfs-storage', 'multer-azure-blob-storage', 'multer-google-storage', 'multer-gcs', 'multer-cloud-storage',
        'multer-aliyun-oss'],
        'default', 'CloudinaryStorage', 'GridFsStorage', 'MulterAzureStorage', 'MulterGoogleCloudStorage')],
      store: { kind: 'external', backend: 'object-storage' }, evidence: { question: 'session', message: 'uploads go to object storage' } },
  ]
}

function formidable(): CatalogRow[] {
  return [
    { ...disk([...calls('formidable', 'default', 'formidable'), ...instances('formidable', 'default', 'Formidable', 'IncomingForm')], { op: 'configure', path: '0.uploadDir',
      when: ['0.uploadDir'], assigned: 'uploadDir', unless: ['0.fileWriteStreamHandler'] }), knownIn: { '0.fileWriteStreamHandler': '>=2' } },
    disk(calls('express-formidable', 'default'), { op: 'configure', path: '0.uploadDir', when: ['0.uploadDir'] }),
    disk(calls('koa-body', 'default', 'koaBody'), { op: 'configure', path: '0.formidable.uploadDir', when: ['0.formidable.uploadDir'] }),
    disk(calls('koa-better-body', 'default'), { op: 'configure', path: '0.uploadDir', when: ['0.uploadDir'], unless: ['0.buffer'] }),
    disk([...calls('multiparty', 'default'), ...instances('multiparty', 'Form')], { op: 'configure', path: '0.uploadDir', when: ['0.uploadDir'] }),
    disk(calls(['express', 'connect'], 'bodyParser', 'multipart'), { op: 'configure', path: '0.uploadDir', when: ['0.uploadDir'] }),
    disk(calls('connect-multiparty', 'default'), { op: 'configure', path: '0.uploadDir', when: ['0.uploadDir'] }),
  ]
}

function others(): CatalogRow[] {
  return [
    disk(['express#Request.new.files.*.mv', 'express#Request.new.files.mv', 'express-fileupload#UploadedFile.new.mv'], { op: 'write', path: '0' }),
    // Its own folder, where it is given none; with `interceptDownload` the files are taken somewhere else.
    disk('meteor/ostrio:files#FilesCollection.new', { op: 'configure', path: '0.storagePath', unless: ['0.interceptDownload'] }),
    // The stores of cnpm's registries that lie in a folder.
    disk(['fs-cnpm#default.new', 'fs-cnpm#FSClient.new'], { op: 'configure', path: '0.dir' }),
    disk(['next-multiparty#withFileUpload()', 'next-connect-multiparty#default()'], { op: 'configure', path: '0.uploadDir' }),
    { path: '@adonisjs/core#HttpContext.new.request.file()', returns: '@adonisjs/core#MultipartFile.new' },
    disk(['@adonisjs/core#MultipartFile.new.move', '@adonisjs/bodyparser#MultipartFile.new.move', '@adonisjs/bodyparser/types#MultipartFile.new.move'], { op: 'write',
      path: '0' }),
    disk(['@adonisjs/core#MultipartFile.new.moveAll'], { op: 'write', path: '0' }),
    disk(['flydrive/drivers/fs#FSDriver.new', '@adonisjs/drive#services.fs()', '@flystorage/local-fs#LocalStorageAdapter.new'], { op: 'configure', path: '0.location' }),
    disk(['skipper-disk#default()', 'skipper#default()'], { op: 'configure', path: '0.dirname' }),
    disk(['nestjs-form-data#NestjsFormDataModule.config()'], { op: 'configure', path: '0.fileSystemStoragePath', when: ['0.fileSystemStoragePath'] }),
    disk(['nestjs-form-data#FormDataRequest'], { op: 'configure', path: '0.fileSystemStoragePath', when: ['0.fileSystemStoragePath'] }),
    disk(calls(['@remix-run/node', '@react-router/node'], 'unstable_createFileUploadHandler', 'createFileUploadHandler'), { op: 'configure', path: '0.directory' }),
    disk(['@remix-run/file-storage/local#LocalFileStorage.new', '@mjackson/file-storage/local#LocalFileStorage.new'], { op: 'configure', path: '0' }),
    disk(['download#default()', 'node-downloader-helper#DownloaderHelper.new', 'image-downloader#image()'], { op: 'write', path: '1~0.dest' }),
  ]
}

function resumable(): CatalogRow[] {
  return [
    { path: '@tus/server#Server.new', infra: { kind: 'lock', name: '@tus/server locker', external: ['0.locker'],
      fix: 'pass a `locker` that is shared (Redis), and a datastore that is object storage' } },
    { path: '@tus/server#MemoryLocker.new', store: { kind: 'memory', backend: 'tus' } },
    { path: ['@tus/file-store#FileStore.new', '@tus/server#FileStore.new', 'tus-node-server#FileStore.new'], disk: { op: 'configure', path: '0.directory~0.path' },
      store: { kind: 'file', backend: 'tus' } },
    { path: ['@tus/s3-store#S3Store.new', '@tus/gcs-store#GCSStore.new', '@tus/azure-store#AzureStore.new', 'tus-node-server#S3Store.new',
      'tus-node-server#GCSDataStore.new'], store: { kind: 'external', backend: 'object-storage' },
      evidence: { question: 'session', message: 'resumable uploads go to object storage' } },
    { path: ['@tus/server#MemoryKvStore.new', '@tus/s3-store#MemoryKvStore.new'], store: { kind: 'memory', backend: 'tus' } },
    { path: ['@tus/server#RedisKvStore.new', '@tus/utils#RedisKvStore.new', '@tus/utils#IoRedisKvStore.new'], store: { kind: 'external', backend: 'redis' } },
    { path: ['@tus/server#FileKvStore.new', '@tus/file-store#FileConfigstore.new'], store: { kind: 'file', backend: 'tus' } },
    { path: ['@uppy/companion#app()'], infra: { kind: 'auth-store', name: 'uppy companion', external: ['0.redisUrl', '0.redisOptions'], fix: 'set `redisUrl`' },
      disk: { op: 'configure', path: '0.filePath' } },
    { path: ['@uploadthing/next#createRouteHandler()', 'uploadthing/next#createRouteHandler()', 'uploadthing/express#createRouteHandler()',
      'uploadthing/server#UTApi.new', '@vercel/blob#put()', '@vercel/blob/client#handleUpload()', '@netlify/blobs#getStore()'],
      client: 'sdk', evidence: { question: 'session', message: 'uploads go to a hosted blob store' } },
  ]
}

/** A folder that is both written and served is what clients see differ between replicas. */
function served(): CatalogRow[] {
  return [
    disk(['express#static()', 'serve-static#default()', 'koa-static#default()', 'koa-static-server#default()', '@polka/static#default()', 'sirv#default()',
      'ecstatic#default()', 'restify#plugins.serveStatic()', 'connect-static#default()', '@koa/static#default()'],
      { op: 'serve', path: '0' }),
    disk(registered(['@fastify/static', 'fastify-static']), { op: 'serve', path: '0.root' }),
    disk(['@hono/node-server/serve-static#serveStatic()', 'hono/bun#serveStatic()', 'hono/deno#serveStatic()', 'koa-send#default()', '@koa/send#send()'], { op: 'serve',
      path: '0.root' }),
    disk('@nestjs/serve-static#ServeStaticModule.forRoot()', { op: 'serve', path: '0.rootPath' }),
    disk(['@nestjs/platform-express#NestExpressApplication.new.useStaticAssets', '@nestjs/core#INestApplication.new.useStaticAssets'], { op: 'serve', path: '0' }),
    disk(['@elysiajs/static#staticPlugin()', '@elysiajs/static#default()'], { op: 'serve', path: '0.assets' }),
    disk('serve-index#default()', { op: 'serve', path: '0' }),
  ]
}

/** Uploads: parsers that write what they receive to this machine's disk, and the storages that do not; folders that are served. */
export const uploadRows: CatalogRow[] = [...multer(), ...formidable(), ...others(), ...resumable(), ...served()]
