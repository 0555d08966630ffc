/*
 * Writes code from paths of the catalog: how a value of an access path is made, and what is given to it where an argument path says so. It is code as people
 * write it, in so far as a path tells: imports, calls, `new`, plugins that are registered, decorators.
 */

/** What stands at an argument path: a text of code, or parts of it. */
type Part = string | { fields: Map<string, Part> } | { returns: Part } | { elements: Part }

const asFields = (part: Part | undefined): Map<string, Part> | undefined => (typeof part === 'object' && 'fields' in part ? part.fields : undefined)

/** Puts a value at the end of steps such as `.cache`, `()`, `[]`; what stands there already stays beside it. */
function put(into: Part | undefined, steps: string[], value: string): Part {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (step === '()') return { returns: put(typeof into === 'object' && 'returns' in into ? into.returns : undefined, rest, value) }
  if (step === '[]') return { elements: put(typeof into === 'object' && 'elements' in into ? into.elements : undefined, rest, value) }
  const fields = new Map(asFields(into))
  const name = step === '{}' ? 'one' : step.slice(1)
  fields.set(name, put(fields.get(name), rest, value))
  return { fields }
}

function show(part: Part): string {
  if (typeof part === 'string') return part
  if ('returns' in part) return `() => (${show(part.returns)})`
  if ('elements' in part) return `[${show(part.elements)}]`
  return `{ ${[...part.fields].map(([name, inner]) => `${/^\w+$/.test(name) ? name : `'${name}'`}: ${show(inner)}`).join(', ')} }`
}

/** `0.cache.store` and its like; `last` is the second, since handlers and options come after something. */
const placeOf = (path: string): { index: number; steps: string[] } | undefined => {
  const [, head, rest = ''] = /^(\d+|last)((?:\.[\w$-]+|\(\)|\[\]|\{\})*)$/.exec(path.split('~')[0] ?? '') ?? []
  return head === undefined ? undefined : { index: head === 'last' ? 1 : Number(head), steps: rest.match(/\.[\w$-]+|\(\)|\[\]|\{\}/g) ?? [] }
}

/** The arguments of a call that gives these values at these places; undefined where a place cannot be written. */
export function argumentsFor(given: readonly (readonly [path: string, value: string])[]): string | undefined {
  const parts: Part[] = []
  for (const [path, value] of given) {
    const place = placeOf(path)
    if (!place) return undefined
    for (let i = 0; i < place.index; i++) parts[i] ??= "'x'"
    const old = parts[place.index]
    parts[place.index] = put(old === "'x'" ? undefined : old, place.steps, value)
  }
  return parts.map(show).join(', ')
}

/** How a value is made: its import, and the expression as a function of the arguments of its last call. */
export interface Made { imports: string; bare: string; code: (args: string) => string; isPlugin: boolean; isDecorator: boolean }

const PATH = /^(.+)#([\w$]+)((?:\(\w*\)|\.[\w$]+)*)$/

/** What no import reaches: what frameworks put into the scope, and what has to be told by its type. */
const isImported = (module: string): boolean => module !== 'global' && !/^(#|@ioc:)/.test(module)

export function made(path: string, name: string): Made | undefined {
  const [, module = '', exported = '', rest = ''] = PATH.exec(path) ?? []
  if (exported === '' || (module !== 'global' && !isImported(module))) return undefined
  const imports = module === 'global' ? '' : exported === 'default' ? `import ${name} from '${module}'` : `import { ${exported} as ${name} } from '${module}'`
  const steps = rest.match(/\(\w*\)|\.[\w$]+/g) ?? []
  const last = steps.at(-1)
  const base = module === 'global' ? exported : name
  const inner = steps.slice(0, last === '()' || last === '.new' || last === '(register)' ? -1 : undefined).reduce((code, step) => (step === '.new' ? `(new ${code}())` : step === '()' ? `${code}(host)` : `${code}${step}`), base)
  const code = (args: string): string => {
    if (last === '(register)') return `app.register(${[inner, args].filter((one) => one !== '').join(', ')})`
    if (last === '.new') return `new ${/[()]/.test(inner) ? `(${inner})` : inner}(${args})`
    return `${inner}(${args})`
  }
  return { imports, code, bare: inner, isPlugin: last === '(register)', isDecorator: last !== '()' && last !== '.new' && last !== '(register)' }
}
