import { posix } from 'node:path'
import { parseDocument } from 'yaml'
import type { DeployedHandler } from '../model/handlers.js'
import { type Plain, isObject } from './functions.js'

const VERBS = ['get', 'head', 'post', 'put', 'patch', 'delete']
/** Where an operation, or the path around it, says which module answers, by the package that asks: swagger-tools, exegesis, express-openapi-validator, oas-tools. */
const CONTROLLER = ['x-swagger-router-controller', 'x-exegesis-controller', 'x-eov-operation-handler', 'x-openapi-router-controller', 'x-router-controller']
const FUNCTION = ['x-eov-operation-id', 'x-exegesis-operationId', 'operationId']
const HANDLER_FOLDER = /(?:^|\/)(?:controllers?|handlers?|routes?|operations?)\//

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const firstOf = (names: string[], ...places: Plain[]): string | undefined => names.flatMap((name) => places.map((place) => text(place[name]))).find((found) => found !== undefined)

/** Routes that an API description (OpenAPI, Swagger) leads to functions by the names of controllers and operations. */
export const handlersDescribed = (path: string, source: string, sources: readonly string[]): DeployedHandler[] => {
  if (!CONTROLLER.some((name) => source.includes(name))) return []
  const document = parsed(source)
  if (!isObject(document['paths'])) return []
  const base = (text(document['basePath']) ?? '').replace(/\/$/, '')
  return Object.entries(document['paths']).flatMap(([route, item]) => (isObject(item) ? VERBS.flatMap((verb) => {
    const operation = item[verb]
    return isObject(operation) ? operationOf({ route: `${base}${route}`, verb, controller: firstOf(CONTROLLER, operation, item), name: firstOf(FUNCTION, operation) ?? verb }, path, sources) : []
  }) : []))
}

interface Operation {
  route: string
  verb: string
  controller: string | undefined
  name: string
}

const operationOf = ({ route, verb, controller, name }: Operation, path: string, sources: readonly string[]): DeployedHandler[] => {
  const file = controller === undefined ? undefined : moduleOf(controller, path, sources)
  return file === undefined ? [] : [{ file, export: name, name, event: 'route', method: verb.toUpperCase(), path: route }]
}

/** The module of a controller's name: in a folder for such, below the folder of the description or beside it. */
const moduleOf = (controller: string, path: string, sources: readonly string[]): string | undefined => {
  const wanted = controller.replace(/^\.?\//, '').replace(/\.[cm]?[jt]s$/, '')
  const found = sources.map((file) => file.replace(/\.\w+$/, '')).filter((file) => file === wanted || file.endsWith(`/${wanted}`))
  const near = (file: string): number => sharedFolders(file, path) * 2 + Number(HANDLER_FOLDER.test(file))
  return found.sort((a, b) => near(b) - near(a) || a.length - b.length)[0]
}

const sharedFolders = (one: string, other: string): number => {
  const [a, b] = [posix.dirname(one).split('/'), posix.dirname(other).split('/')]
  const differs = a.findIndex((folder, index) => folder !== b[index])
  return differs < 0 ? a.length : differs
}

const parsed = (source: string): Plain => {
  try {
    const value: unknown = parseDocument(source, { logLevel: 'silent', strict: false, uniqueKeys: false }).toJS({ maxAliasCount: 100 })
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
