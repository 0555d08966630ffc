import type { CatalogRow, DiskModel, EffectKind } from '../../model/catalog.js'
import { exported, members, yields } from './build.js'

const modules = ['node:fs', 'node:fs/promises', 'fs-extra', 'graceful-fs', 'memfs']
const handle = 'node:fs/promises#FileHandle.new'
const fix = 'write to an object store under a key made from the content'

function disk(path: string[], kind: EffectKind, op: DiskModel['op'], data?: string, target = '0'): CatalogRow {
  return { path, disk: { op, path: target }, effect: { kind, by: 'file system', model: target, ...(data === undefined ? {} : { data }), ...(op === 'write' ? { fix } : {}) } }
}

/** Flags of an option, or alone, by which a file is only added to. */
const APPENDS = ['a', 'a+', 'as', 'as+', 'ax']
const appending = (row: CatalogRow, arg: string): CatalogRow => ({ ...row, ...(row.effect && { effect: { ...row.effect, addsWhere: { arg, words: APPENDS } } }) })

/** Paths of functions of the file system, also as `fs.promises.x`. */
function fs(names: string): string[] {
  return [...exported(modules, names), ...members('node:fs#promises', names)]
}

/** Writes to the local disk: it belongs to one replica, and an append adds twice. */
export const rows: CatalogRow[] = [
  appending(disk(fs('writeFile writeFileSync'), 'file-write', 'write', '1'), '2'),
  disk(fs('outputFile outputFileSync writeJson writeJSON writeJsonSync writeJSONSync outputJson outputJSON outputJsonSync'), 'file-write', 'write', '1'),
  disk(fs('appendFile appendFileSync'), 'append', 'write', '1'),
  appending(disk(fs('createWriteStream'), 'file-write', 'write'), '1'),
  // By a descriptor: its path is where it was opened.
  disk(exported(['node:fs', 'graceful-fs', 'fs-extra'], 'write writeSync writev writevSync'), 'file-write', 'write', '1'),
  // What is written through a handle goes where it was opened to.
  yields(exported(['node:fs/promises', 'fs-extra'], 'open').concat('node:fs#promises.open'), handle),
  { path: members(handle, 'write writev appendFile writeFile'), effect: { kind: 'append', by: 'file system', data: '0', addsWhere: { arg: 'made.1', words: APPENDS, alone: true } } },
  disk(fs('copyFile copyFileSync rename renameSync cp cpSync copy copySync move moveSync symlink link'), 'file-write', 'write', '0', '1'),
  disk(fs('unlink unlinkSync rm rmSync rmdir rmdirSync remove removeSync emptyDir emptyDirSync truncate truncateSync'), 'delete', 'delete'),
  disk(['write-file-atomic#default', 'write-file-atomic#sync', 'jsonfile#writeFile', 'jsonfile#writeFileSync', 'write-json-file#default', 'write-json-file#writeJsonFile'], 'file-write', 'write', '1'),
  disk(['global#Bun.write', 'bun#write', 'global#Deno.writeFile', 'global#Deno.writeTextFile'], 'file-write', 'write', '1'),
  { path: 'sharp#default().toFile', effect: { kind: 'file-write', by: 'file system', model: '0', fix } },
  { path: fs('readFile readFileSync readJson readJSON createReadStream'), disk: { op: 'read', path: '0' } },
  { path: fs('readdir readdirSync'), disk: { op: 'read', path: '0' }, lists: '0' },
  { path: exported(['node:fs', 'graceful-fs', 'fs-extra'], 'readdir'), run: [{ fn: 'last', when: 'now', params: ['', 'result'] }] },
]
