/**
 * Members of JavaScript's own values. What they return is known by kind alone, so that chains of string and array
 * methods do not grow into paths.
 */
const NAMES: Record<string, Set<string>> = {
  'global#String.new': words('at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf length localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll search slice split startsWith substr substring toLocaleLowerCase toLocaleUpperCase toLowerCase toString toUpperCase trim trimEnd trimStart valueOf anchor'),
  'global#Array.new': words('at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach includes indexOf join keys lastIndexOf length map pop push reduce reduceRight reverse shift slice some sort splice toLocaleString toReversed toSorted toSpliced toString unshift values with'),
  'global#Number.new': words('toFixed toString toPrecision toLocaleString valueOf toExponential'),
  'global#Date.new': words('getTime getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds getTimezoneOffset getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMinutes getUTCMonth getUTCSeconds toISOString toJSON toString toDateString toUTCString toLocaleString toLocaleDateString toLocaleTimeString toTimeString valueOf setDate setFullYear setHours setMilliseconds setMinutes setMonth setSeconds setTime setUTCDate setUTCHours setUTCMinutes setUTCSeconds setUTCMonth setUTCFullYear setUTCMilliseconds'),
  'global#RegExp.new': words('test exec source flags lastIndex global toString'),
}

function words(text: string): Set<string> {
  return new Set(text.split(' '))
}

const STRINGS = new Set('charAt concat normalize padEnd padStart repeat replace replaceAll slice substr substring toLocaleLowerCase toLocaleUpperCase toLowerCase toString toUpperCase trim trimEnd trimStart join toISOString toJSON toFixed toPrecision toLocaleString toDateString toUTCString'.split(' '))
const LISTS = new Set(['split', 'match', 'matchAll'])
const NUMERIC_PARENTS = /^global#(Number|parseInt|parseFloat|Math\.\w+|Date\.now)\(\)$/

/** Is this the path of one of JavaScript's own values? */
export const isPrimitive = (path: string): boolean => path in NAMES

export const hasMember = (path: string, name: string): boolean => NAMES[path]?.has(name) ?? true

const OWN_OBJECT = /^global#(?!Function|Proxy)\w+\.new$/

/** What is made of JavaScript's own classes is nothing to call. */
export const mayBeCalled = (path: string): boolean => !OWN_OBJECT.test(path)

/** What a method of such a value returns; `undefined` where the path is none of them. */
export const primitiveResult = (path: string): string | undefined => {
  const at = path.lastIndexOf('.')
  const base = path.slice(0, at)
  if (!isPrimitive(base)) return primitiveCall(`${path}()`)
  const name = path.slice(at + 1)
  if (LISTS.has(name)) return 'global#String.new'
  return STRINGS.has(name) ? 'global#String.new' : 'global#Number.new'
}

const primitiveCall = (path: string): string | undefined => {
  if (NUMERIC_PARENTS.test(path)) return 'global#Number.new'
  if (path === 'global#String()' || path === 'global#JSON.stringify()') return 'global#String.new'
  return path === 'global#Date()' ? 'global#String.new' : undefined
}
