import type { FileFacts } from '../model/facts.js'

/** Does a name stand for one value, whoever asks: imported, an enum, or a constant of the module? */
export const isConstant = ({ kind, f }: FileFacts['bindings'][number]): boolean => kind === 'import' || kind === 'enum' || (kind === 'const' && f === 0)
