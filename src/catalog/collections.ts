import type { CatalogRow, CollectionModel } from '../model/catalog.js'

const wholes = ['lodash', 'lodash-es', 'underscore', 'es-toolkit/compat', 'lodash/fp']
const singles = (name: string): string[] => [`lodash/${name}#default`, `lodash-es/${name}#default`, `lodash.${name.toLowerCase()}#default`]

/** lodash and its kin: what they do to their first argument is what JavaScript's own functions do to theirs. */
const like = (does: CollectionModel, names: string): CatalogRow =>
  ({ path: names.split(' ').flatMap(name => [...wholes.map(module => `${module}#${name}`), ...singles(name)]), collection: does })

/** Ramda and its kin are given the function first and the list last, and change nothing in place. */
const dataLast = (does: CollectionModel, names: string): CatalogRow =>
  ({ path: ['ramda', 'rambda'].flatMap(module => names.split(' ').map(name => `${module}#${name}`)), collection: does, listLast: true })

export const collectionRows: CatalogRow[] = [
  ...['lodash', 'underscore'].flatMap((module): CatalogRow[] => [
    { path: [`${module}#default`, `${module}#chain`], returns: `${module}#Chain.new` },
    { path: 'forEach each forEachRight eachRight forOwn forIn'.split(' ').map(name => `${module}#Chain.new.${name}`), collection: 'each', chained: true, returns: 'this' },
    { path: 'map flatMap mapValues filter reject some every reduce'.split(' ').map(name => `${module}#Chain.new.${name}`), collection: 'test', chained: true },
  ]),
  like('each', 'forEach each forEachRight eachRight forOwn forOwnRight forIn forInRight times'),
  like('map', 'map flatMap flatMapDeep invokeMap mapValues mapKeys'),
  like('same', 'filter reject sortBy orderBy uniq uniqBy uniqWith compact flatten flattenDeep difference differenceBy union unionBy concat toArray values take takeRight takeWhile drop dropRight dropWhile slice shuffle '
    + 'reverse partition without intersection sampleSize keyBy groupBy chunk pluck'),
  { path: 'lodash#_', property: true, returns: 'lodash#default' },
  like('one', 'find findLast first head last nth minBy maxBy sample'),
  like('fold', 'reduce reduceRight foldl foldr transform'),
  like('test', 'some every any all findIndex findKey countBy sumBy includes'),
  // They look at what they are given, and call nothing.
  like('test', 'isArray isArrayLike isBoolean isBuffer isDate isElement isEmpty isError isFinite isFunction isInteger isMap isNaN isNil isNull isNumber isObject isObjectLike isPlainObject isRegExp isSet isString isSymbol isUndefined has size'),
  like('merge', 'merge mergeWith assign assignIn assignWith extend extendOwn defaults defaultsDeep'),
  dataLast('joined', 'mergeRight mergeLeft mergeDeepRight mergeDeepLeft merge mergeDeep'),
  dataLast('each', 'forEach forEachObjIndexed'),
  dataLast('map', 'map chain mapObjIndexed'),
  dataLast('same', 'filter reject sort sortBy uniqBy takeWhile dropWhile'),
  dataLast('one', 'find findLast'),
  dataLast('fold', 'reduce reduceRight'),
  dataLast('test', 'any all none findIndex'),
  like('copy', 'clone cloneDeep cloneWith pick pickBy omit omitBy'),
  { path: ['deepmerge#default', 'merge-deep#default', 'merge-options#default', 'defu#default', 'defu#defu', 'extend#default', 'deep-extend#default', 'object-assign#default', 'xtend#default', 'xtend/mutable#default'], collection: 'merge' },
  { path: ['deepmerge#all', 'merge#default', 'merge#recursive'], collection: 'merge' },
]

/** Functions that load the modules of a folder, or name its files. */
export const folderRows: CatalogRow[] = [
  { path: ['global#import.meta.glob'], loads: { dir: '0', as: 'modules', lazily: 'global#import.meta.glob.load' } },
  { path: ['global#import.meta.globEager'], loads: { dir: '0', as: 'modules' } },
  { path: ['global#import.meta.glob.load'], returns: 'this' },
  { path: ['auto-load#default', 'require-all#default', 'require-dir#default', 'requiredir#default', 'require-dir-all#default', 'include-all#default', 'require-tree#default'], loads: { dir: '0.dirname~0', as: 'exports' } },
  // Modules by their path from the root of the package.
  { path: ['rfr#default', 'app-root-path#require', 'root-require#default', 'rootrequire#default', 'require-root#default'], loads: { dir: '0', as: 'module', from: 'package' } },
  { path: ['require-directory#default'], loads: { dir: '1', as: 'exports', beside: true } },
  { path: ['@graphql-tools/load-files#loadFilesSync', '@graphql-tools/load-files#loadFiles', 'merge-graphql-schemas#fileLoader', 'import-dir#default', 'require-glob#sync', 'require-glob#default'], loads: { dir: '0', as: 'list' } },
  {
    path: ['glob#sync', 'glob#globSync', 'glob#glob', 'glob#default', 'fast-glob#sync', 'fast-glob#globSync', 'fast-glob#default', 'fast-glob#glob', 'globby#default', 'globby#sync', 'globby#globby', 'globby#globbySync', 'tiny-glob#default', 'tiny-glob/sync#default', 'tinyglobby#globSync', 'tinyglobby#glob', 'node:fs#globSync', 'fs-jetpack#find', 'fs-jetpack#findAsync', 'node-dir#files', 'recursive-readdir#default', 'readdirp#readdirpPromise', 'readdirp#default.promise', 'klaw-sync#default', 'walk-sync#default', 'walkdir#sync'],
    loads: { dir: '0', as: 'paths', from: 'package' },
    // Before promises they told a callback.
    run: [{ fn: 'last', when: 'now', params: ['', 'result'] }],
  },
]
