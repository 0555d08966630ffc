import { posix } from 'node:path'
import type { Manifest } from '../model/input.js'

/** Packages that lead what an API description names to functions of the project. */
const routesByDescription = /^(?:swagger-tools|swagger-node-runner|swagger-(?:express|restify|connect|hapi|sails)-mw|swagger-hapi|exegesis(?:-\w+)?|express-openapi-validator|oas-tools|@oas-tools\/\w+|oas3-tools)$/
const description = /(?:swagger|openapi|oas|api|spec)[\w.-]*\.(?:ya?ml|json)$/i
const most = 40

/** Files that describe routes of modules: `route.json` beside them, or an API description whose operations are functions of controllers. */
export function routeFiles(files: readonly string[], manifests: readonly Manifest[]): string[] {
  const described = manifests.some(({ dependencies }) => Object.keys(dependencies).some(name => routesByDescription.test(name)))
  const beside = files.filter(file => posix.basename(file) === 'route.json')
  return described ? [...beside, ...files.filter(file => description.test(posix.basename(file))).slice(0, most)].sort() : beside
}
