import { SERVES } from '../catalog/packages.js'
import type { Manifest } from '../model/input.js'

const exampleFolder = /(?:^|\/)(?:examples?|samples?)(?:\/|$)/

/** Are the examples of a repository the only servers in it? A library has no others, least of all one that serves by itself: its examples are what can be audited. */
export function onlyExamplesServe(manifests: readonly Manifest[]): boolean {
  const isServer = ({ dependencies, devDependencies, json }: Manifest): boolean => Object.keys(dependencies).some(name => SERVES.test(name) && !devDependencies.includes(name) && !isPeer(json, name))
  const servers = manifests.filter(isServer)
  const isServing = ({ name, dir }: Manifest): boolean => name !== undefined && SERVES.test(name) && !exampleFolder.test(dir)
  return (servers.length > 0 || manifests.some(isServing)) && servers.every(({ dir }) => exampleFolder.test(dir))
}

function isPeer({ peerDependencies }: Record<string, unknown>, name: string): boolean {
  return typeof peerDependencies === 'object' && peerDependencies !== null && name in peerDependencies
}
