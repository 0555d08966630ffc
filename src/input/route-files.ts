import { posix } from 'node:path'
import { ROUTES_BY_DESCRIPTION } from '../catalog/packages.js'
import type { Manifest } from '../model/input.js'

const description = /(?:swagger|openapi|oas|api|spec)[\w.-]*\.(?:ya?ml|json)$/i
const most = 40

/** Files that describe routes of modules: `route.json` beside them, or an API description whose operations are functions of controllers. */
export function routeFiles(files: readonly string[], manifests: readonly Manifest[]): string[] {
  const described = manifests.some(({ dependencies }) => Object.keys(dependencies).some(name => ROUTES_BY_DESCRIPTION.test(name)))
  const beside = files.filter(file => posix.basename(file) === 'route.json')
  return described ? [...beside, ...files.filter(file => description.test(posix.basename(file))).slice(0, most)].sort() : beside
}
