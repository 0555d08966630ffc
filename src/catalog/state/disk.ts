import type { CatalogRow, DiskModel } from '../../model/catalog.js'
import { instances } from './make.js'

const writes = (path: string | string[], at: string, more: Partial<DiskModel> = {}): CatalogRow => ({ path, disk: { op: 'write', path: at, ...more } })

function documents(): CatalogRow[] {
  return [
    writes(['exceljs#Workbook.new.xlsx.writeFile', 'exceljs#Workbook.new.csv.writeFile'], '0'),
    { path: 'exceljs#stream.xlsx.WorkbookWriter.new', disk: { op: 'configure', path: '0.filename', when: ['0.filename'] } },
    writes(['xlsx#writeFile', 'xlsx#writeFileSync', 'xlsx#writeFileXLSX', 'xlsx-js-style#writeFile', '@e965/xlsx#writeFile'], '1'),
    writes(['xlsx#writeFileAsync'], '0'),
    { path: ['csv-writer#createObjectCsvWriter', 'csv-writer#createArrayCsvWriter'], disk: { op: 'configure', path: '0.path' } },
    writes(['fast-csv#writeToPath', '@fast-csv/format#writeToPath'], '0'),
    writes(['html-pdf#create().toFile', 'html-pdf-node#create().toFile', 'docxtemplater#default.new.toFile', 'pdfmake#createPdf().write',
      'excel4node#Workbook.new.write'], '0'),
    writes('pdf-creator-node#create', '0.path'),
    writes(['qrcode#toFile', 'bwip-js#toFile'], '0'),
    ...['puppeteer', 'puppeteer-core'].flatMap((module): CatalogRow[] => [
      { path: [`${module}#launch()`, `${module}#connect()`], returns: `${module}#Browser.new` },
      { path: [`${module}#Browser.new.newPage()`, `${module}#Browser.new.createBrowserContext().newPage()`], returns: `${module}#Page.new` },
    ]),
    ...['playwright', 'playwright-core', '@playwright/test'].flatMap((module): CatalogRow[] => [
      { path: ['chromium', 'firefox', 'webkit'].flatMap(name => [`${module}#${name}.launch()`, `${module}#${name}.connect()`]), returns: 'playwright#Browser.new' },
    ]),
    { path: ['playwright#Browser.new.newPage()', 'playwright#Browser.new.newContext().newPage()'], returns: 'playwright#Page.new' },
    writes(['puppeteer#Page.new.pdf', 'puppeteer#Page.new.screenshot', 'playwright#Page.new.screenshot', 'playwright#Page.new.pdf', 'puppeteer-core#Page.new.pdf',
      'puppeteer-core#Page.new.screenshot'], '0.path', { when: ['0.path'] }),
    { path: 'playwright#Page.new.waitForEvent()', returns: 'playwright#Download.new' },
    writes(['playwright#Download.new.saveAs'], '0'),
  ]
}

function media(): CatalogRow[] {
  const edits = ['resize', 'jpeg', 'png', 'webp', 'avif', 'rotate', 'toFormat', 'composite', 'extract', 'withMetadata', 'flatten', 'blur', 'tiff', 'gif', 'trim',
    'grayscale', 'keepMetadata'].map(name => `sharp#default().${name}`)
  const chains = {
    'gm#default()': 'resize resizeExact crop quality autoOrient noProfile strip gravity extent rotate flip flop background setFormat blur sepia charcoal compress density selectFrame colorspace font drawText '
      + 'fill fontSize interlace trim in out command geometry composite append',
    'fluent-ffmpeg#default()': 'input addInput inputOptions outputOptions addOption addOptions addOutputOptions videoCodec audioCodec withVideoCodec withAudioCodec size fps format toFormat inputFormat audioBitrate '
      + 'videoBitrate audioChannels audioFrequency noVideo noAudio duration setDuration seekInput setStartTime seek videoFilters videoFilter complexFilter audioFilters aspect autopad map native on once',
    'jimp#read()': 'resize quality greyscale grayscale cover contain crop scale scaleToFit blur rotate flip mirror autocrop composite print color background opacity normalize circle invert contrast brightness',
  }
  return [
    { path: edits, returns: 'this' },
    ...Object.entries(chains).map(([of, names]) => ({ path: names.split(' ').map(name => `${of}.${name}`), returns: 'this' })),
    writes('sharp#default().toFile', '0'),
    writes('gm#default().thumb', '2'),
    writes(['base64-img#img', 'base64-img#imgSync'], '1'),
    writes(['openimg/node#getImgResponse', 'openimg/bun#getImgResponse'], '1.cacheFolder', { when: ['1.cacheFolder'], not: ['no_cache'] }),
    writes(['jimp#default.new.write', 'jimp#default.new.writeAsync', 'jimp#read().write', 'jimp#read().writeAsync', 'jimp#Jimp.new.write', 'jimp#Jimp.read().write'],
      '0'),
    writes(['gm#default().write', 'gm#subClass().write'], '0'),
    writes(['fluent-ffmpeg#default().save', 'fluent-ffmpeg#default().saveToFile', 'fluent-ffmpeg#default().output', 'fluent-ffmpeg#default.new.save'], '0'),
    writes('fluent-ffmpeg#default().screenshots', '0.folder'),
    writes(['@napi-rs/canvas#createCanvas().saveAsFile'], '0'),
    writes(['youtube-dl-exec#default'], '1.output', { when: ['1.output'] }),
  ]
}

function archives(): CatalogRow[] {
  return [
    writes(['adm-zip#default.new.writeZip', 'adm-zip#default.new.writeZipPromise'], '0'),
    writes(['adm-zip#default.new.extractAllTo', 'adm-zip#default.new.extractAllToAsync'], '0'),
    writes('adm-zip#default.new.extractEntryTo', '1'),
    writes(['tar#create', 'tar#c'], '0.file', { when: ['0.file'] }),
    writes(['tar#extract', 'tar#x'], '0.cwd~0.C'),
    writes(['extract-zip#default'], '1.dir'),
    writes(['decompress#default', 'cross-zip#zip', 'cross-zip#unzip'], '1'),
    writes(['unzipper#Extract', 'unzipper#Open.file().extract'], '0.path'),
    writes(['simple-git#default().clone', 'simple-git#simpleGit().clone'], '1'),
    writes('isomorphic-git#clone', '0.dir'),
    writes(['@google-cloud/storage#File.new.download', '@google-cloud/storage#Bucket.new.file().download'], '0.destination', { when: ['0.destination'] }),
    writes(['basic-ftp#Client.new.downloadTo'], '0'),
    writes('ssh2-sftp-client#default.new.fastGet', '1'),
  ]
}

/** Code that is fetched while the server runs: only the replica that was asked has it. */
function plugins(): CatalogRow[] {
  return [
    { path: 'live-plugin-manager#PluginManager.new', disk: { op: 'configure', path: '0.pluginsPath', usedBy: ['install', 'installFromNpm', 'installFromPath',
      'installFromGithub', 'installFromCode', 'uninstall'].map(name => `live-plugin-manager#PluginManager.new.${name}`) } },
    { path: ['unstorage/drivers/fs#default()', 'unstorage/drivers/fs-lite#default()'], disk: { op: 'configure', path: '0.base', usedBy: ['nitropack#useStorage()',
      'unstorage#createStorage()', 'nitropack/runtime#useStorage()'].flatMap(storage => ['setItem', 'set', 'setItemRaw', 'setItems'].map(name => `${storage}.${name}`)) } },
  ]
}

/** Log files: information only, a platform collects standard output. */
function logs(): CatalogRow[] {
  return [
    { path: ['winston#transports.File.new', 'winston-daily-rotate-file#default.new', 'winston#transports.DailyRotateFile.new'], client: 'logger',
      disk: { op: 'log', path: '0.filename~0.dirname' } },
    { path: ['pino#destination()', 'rotating-file-stream#createStream()', 'file-stream-rotator#getStream()', 'bunyan-rotating-file-stream#default.new', 'pino-roll#default()',
      'simple-node-logger#createSimpleFileLogger()'], client: 'logger', disk: { op: 'log', path: '0.dest~0.file~0.path~0.filename~0' } },
    { path: ['pino#transport()'], client: 'logger' },
    { path: ['log4js#configure()', 'log4js#getLogger()', 'tracer#dailyfile()', 'tracer#console()', 'simple-node-logger#createRollingFileLogger()'], client: 'logger' },
  ]
}

function jsonFiles(): CatalogRow[] {
  return [
    writes(['jsonfile#writeFile', 'jsonfile#writeFileSync', 'write-json-file#default', 'write-json-file#writeJsonFile', 'write-json-file#writeJsonFileSync',
      'load-json-file#writeJsonFile', 'write-file-atomic#default', 'write-file-atomic#sync', 'write#default', 'write-yaml-file#default', 'write-yaml#default',
      'atomically#writeFile', 'atomically#writeFileSync', 'steno#default', 'comment-json-file#write', 'write-pkg#default'], '0'),
    { path: instances('steno', 'Writer'), disk: { op: 'configure', path: '0' } },
  ]
}

/** Libraries that write to a path they are given: images, documents, archives, logs. Those of Node itself are with the effects. */
export const diskRows: CatalogRow[] = [...documents(), ...media(), ...archives(), ...plugins(), ...logs(), ...jsonFiles()]
