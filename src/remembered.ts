import type { AuditOptions } from './audit.js'
import { openStudies, studyKey } from './cache/index.js'
import type { ResolvedConfig } from './config/types.js'
import type { Study } from './engine/study.js'
import { readSource } from './input/index.js'
import type { InputFiles } from './model/input.js'
import { isStill, type Witness } from './resolve/index.js'

/** The files of a project, and keys of what the sources say, in their order. */
export interface FoundFiles {
  input: InputFiles
  keys: readonly string[]
}

/** The study of an earlier run over the same files with the same tool, or a new one. Rules that the user brings may ask for anything: theirs are made each time. */
export const remembered = async (options: AuditOptions, found: FoundFiles, make: () => Promise<{ study: Study; witness: Witness }>): Promise<Study> => {
  if (options.cacheDir === null || options.config.customRules?.length) return (await make()).study
  const studies = openStudies<Study, Witness>(options.cacheDir)
  // Making a study adds notices to the input.
  const key = keyOf(options, found)
  const known = studies.get(key, (witness) => isStill(options.root, witness))
  if (known) return known
  const { study, witness } = await make()
  // What failed once may go well with another memory or stack.
  if (study.failures.length === 0) studies.set(key, study, witness)
  return study
}

const keyOf = ({ root, config, version }: AuditOptions, { input, keys }: FoundFiles): string => {
  const { root: _, texts: __, ...lists } = input
  const others = [...input.deployment, ...input.schemas, ...input.environments, ...(input.migrations ?? []), ...(input.routeFiles ?? [])]
  return studyKey([version, deciding(config), lists, keys, others.map((path) => readSource(root, path))])
}

/** Those parts of a config that decide what is found; the others are applied to what was found. */
const deciding = ({ include, exclude, only, rules, overrides, entries, models, idempotent }: ResolvedConfig): unknown => ({ include, exclude, only, rules, overrides, entries, models, idempotent })
