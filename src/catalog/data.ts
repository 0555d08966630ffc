import type { CatalogRow } from '../model/catalog.js'

const FILES = ['readJson', 'readJSON', 'readJsonSync', 'readJSONSync']

/** What libraries hand to methods that they call by themselves. */
const givenRows: CatalogRow[] = [
  { path: 'library#argument', owned: 'request', identity: 'input' },
  { path: 'library#sessionArgument', owned: 'request', identity: 'session' },
]

/** Readers of texts and files whose result is plain data: what a program keeps of it is in its own memory. */
export const dataRows: CatalogRow[] = [
  ...givenRows,
  { path: ['global#JSON.parse', 'json5#parse', 'jsonc-parser#parse', 'comment-json#parse', 'hjson#parse'], data: true },
  { path: ['js-yaml#load', 'js-yaml#safeLoad', 'yaml#parse', 'yamljs#parse', 'yamljs#load', 'toml#parse', '@iarna/toml#parse', 'smol-toml#parse', 'ini#parse'], data: true },
  { path: [...['fs-extra', 'jsonfile'].flatMap((module) => FILES.map((name) => `${module}#${name}`)), 'jsonfile#readFile', 'jsonfile#readFileSync', 'load-json-file#loadJsonFile', 'load-json-file#loadJsonFileSync', 'load-json-file#default'], data: true },
  { path: ['csv-parse/sync#parse', 'csvtojson#default().fromFile', 'papaparse#parse'], data: true },
]
