import type { FileFacts, ImportFact } from '../model/facts.js'

/** Does an import leave nothing when the file is compiled: marked so, or of names that its target declares as types alone? */
export const isOfTypesAlone = (fact: ImportFact, target: FileFacts): boolean => {
  if (fact.typeOnly) return true
  return fact.names.length > 0 && fact.names.every(({ n, typeOnly }) => typeOnly || (target.types.some((type) => type.n === n && type.exported) && !target.exports.some((one) => one.n === n && !one.typeOnly)))
}
