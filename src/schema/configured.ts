import type { SchemaFacts } from '../model/schema.js'

/** `config/default.json`, `config/production.yaml` of node-config, `config/config.json` of Sequelize, `ormconfig.json` of TypeORM. */
export const CONFIGURATION_FILE = /(?:^|\/)config\/(?:(?:default|production)\.(?:json5?|ya?ml)|config\.json)$|(?:^|\/)ormconfig\.(?:json|ya?ml)$/

const DIALECT = /(?:^|[\s{,])["']?[\w-]*(?:client|dialect|type|engine|driver)["']?\s*:\s*["']?(sqlite3?|better-sqlite3|sqljs|pg|postgres(?:ql)?|cockroachdb|mysql2?|mariadb|mssql|oracle(?:db)?|mongodb)["']?(?=[\s,}]|$)/gim
const ENVIRONMENT = /(?:^|[\s{,])["']?(development|test|testing|staging|production)["']?\s*:/gm

/** Databases that a configuration file names, with the environment whose part of the file that is. */
export function readConfigured(file: string, text: string): SchemaFacts {
  const environments = [...text.matchAll(ENVIRONMENT)].map((found) => ({ at: found.index, name: found[1] as string }))
  const whole = /(?:^|\/)production\./.test(file) ? 'production' : undefined
  const providers = [...text.matchAll(DIALECT)].map((found) => {
    const end = found.index + found[0].length
    const environment = whole ?? environments.findLast(({ at }) => at < found.index)?.name
    return { site: { file, start: found.index, end }, provider: found[1] as string, configured: true as const, ...(environment === undefined ? {} : { environment }) }
  })
  return { tables: [], providers, notices: [] }
}
