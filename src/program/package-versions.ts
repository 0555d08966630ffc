import type { Analysis, LibraryCall } from '../link/analysis.js'

/** The package of a path of the catalog. */
export const packageNamed = (path: string): string => /^(?:@[^/]+\/)?[^/#]+/.exec(path)?.[0] ?? ''

/** Does a row that holds for some versions of a package hold for the one that is used here? */
export const fits = ({ row, inst, path }: LibraryCall, { resolver }: Analysis): boolean =>
  row?.version === undefined || resolver.isVersion(inst.unit.path, packageNamed(path), row.version) !== false

/** An option that the version which is used here does not know. */
export const isUnknownOption = ({ row, inst, path }: LibraryCall, option: string, { resolver }: Analysis): boolean => {
  const range = row?.knownIn?.[option]
  return range !== undefined && resolver.isVersion(inst.unit.path, packageNamed(path), range) === false
}
