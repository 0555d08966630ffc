import { SERVES } from '../catalog/packages.js'
import type { Manifest } from '../model/input.js'

const exampleFolder = /(?:^|\/)(?:[\w-]+-)?(?:examples?|samples?)(?:\/|$)/
/** So many examples that serve, and so many for each other server, are what a repository is about. */
const MANY = 5
const FOR_EACH_OTHER = 2

/** Are the examples of a repository the only servers in it? A library has no others, least of all one that serves by itself: its examples are what can be audited. A collection of them may hold a few servers beside. */
export function onlyExamplesServe(manifests: readonly Manifest[]): boolean {
  const isServer = ({ dependencies, devDependencies, json }: Manifest): boolean => Object.keys(dependencies).some(name => SERVES.test(name) && !devDependencies.includes(name) && !isPeer(json, name))
  const servers = manifests.filter(isServer)
  const isServing = ({ name, dir }: Manifest): boolean => name !== undefined && SERVES.test(name) && !exampleFolder.test(dir)
  const examples = servers.filter(({ dir }) => exampleFolder.test(dir)).length
  if (examples >= MANY && examples >= FOR_EACH_OTHER * (servers.length - examples)) return true
  return (servers.length > 0 || manifests.some(isServing)) && examples === servers.length
}

function isPeer({ peerDependencies }: Record<string, unknown>, name: string): boolean {
  return typeof peerDependencies === 'object' && peerDependencies !== null && name in peerDependencies
}
