import { join } from 'node:path'
import { ts } from 'ts-morph'
import { argumentOf, moduleOf, stepsOf } from './paths.mjs'

const OPTIONS = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], strict: true, skipLibCheck: true, noEmit: true, types: [], esModuleInterop: true, allowJs: false }

/** What programs share: TypeScript's own files. */
const libraries = new Map()

/** Follows access paths through the types of packages. */
export class PackageTypes {
  constructor(folder, modules) {
    const name = join(folder, '__verify.ts')
    const text = modules.map((module, i) => `import * as m${i} from '${module}'\nimport d${i} from '${module}'\nexport const a${i} = m${i}, b${i} = d${i}`).join('\n')
    const host = ts.createCompilerHost(OPTIONS)
    const read = host.readFile.bind(host)
    host.readFile = (file) => (file === name ? text : read(file))
    const exists = host.fileExists.bind(host)
    host.fileExists = (file) => file === name || exists(file)
    const get = host.getSourceFile.bind(host)
    host.getSourceFile = (file, target, ...rest) => {
      if (file === name) return ts.createSourceFile(file, text, target)
      if (!/\/lib\.[\w.]+\.d\.ts$/.test(file)) return get(file, target, ...rest)
      if (!libraries.has(file)) libraries.set(file, get(file, target, ...rest))
      return libraries.get(file)
    }
    const program = ts.createProgram([name], OPTIONS, host)
    this.checker = program.getTypeChecker()
    this.file = program.getSourceFile(name)
    this.modules = new Map(modules.map((module, i) => [module, i]))
    this.seen = new Map()
  }

  /** The symbol of a module, where it resolves. */
  module(module) {
    const i = this.modules.get(module)
    const statement = this.file.statements[i * 3]
    return statement && this.checker.getSymbolAtLocation(statement.moduleSpecifier)
  }

  /** What an export may be: values by their type, classes and interfaces by the type that instances have. */
  exported(module, name) {
    const symbol = this.module(module)
    if (!symbol) return []
    const exports = this.checker.getExportsOfModule(symbol)
    const whole = symbol.exports?.get('export=')
    const resolved = (one) => (one.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(one) : one)
    const found = exports.filter((one) => one.name === name).map(resolved)
    if (name === 'default') found.push(...(whole ? [resolved(whole)] : []), ...exports.filter((one) => one.name === 'module.exports').map(resolved))
    const holders = [...(whole ? [resolved(whole)] : []), ...exports.filter((one) => one.name === 'default').map(resolved)]
    if (name !== 'default') for (const holder of holders) found.push(...this.members(this.typeOf(holder), name))
    return found
  }

  typeOf(symbol) {
    return this.checker.getTypeOfSymbolAtLocation(symbol, this.file)
  }

  members(type, name) {
    const parts = type.isUnion() ? type.types : [type]
    return parts.flatMap((part) => {
      const apparent = this.checker.getApparentType(part)
      const found = apparent.getProperty(name) ?? this.checker.getPropertyOfType(apparent, name)
      return found ? [found] : []
    })
  }

  /** The places after each step; `called` is what the last call or `new` was of. */
  walk(path) {
    if (this.seen.has(path)) return this.seen.get(path)
    const [first, ...steps] = stepsOf(path)
    let at = this.exported(moduleOf(path), first).map((symbol) => ({ symbol, type: this.typeOf(symbol) }))
    if (first === 'default' && at.length === 0 && steps.length > 0 && !/^[(.]/.test(steps[0])) at = this.exported(moduleOf(path), steps.shift()).map((symbol) => ({ symbol, type: this.typeOf(symbol) }))
    let called = at
    for (const step of steps) {
      if (step === '(register)') { called = at; continue }
      if (step.startsWith('(')) { called = at; at = at.flatMap((one) => this.returned(one.type, 'getCallSignatures')) }
      else if (step === '.new') { called = at; at = at.flatMap((one) => this.instance(one)) }
      else if (step !== '*') { at = at.flatMap(({ type }) => this.members(type, step).map((symbol) => ({ symbol, type: this.typeOf(symbol) }))); called = at }
    }
    const result = { at, called }
    this.seen.set(path, result)
    return result
  }

  returned(type, signatures) {
    return (type.isUnion() ? type.types : [type]).flatMap((part) => part[signatures]()).map((signature) => ({ type: this.checker.getAwaitedType(signature.getReturnType()) ?? signature.getReturnType() }))
  }

  instance({ symbol, type }) {
    const made = this.returned(type, 'getConstructSignatures')
    const declared = symbol && symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias) ? [{ type: this.checker.getDeclaredTypeOfSymbol(symbol) }] : []
    // Factories are often called without `new`.
    return made.length + declared.length > 0 ? [...made, ...declared] : []
  }

  has(path) {
    const { at } = this.walk(path)
    return at.length > 0
  }

  hasOption(path, option) {
    const { index, names } = argumentOf(option)
    const { called } = this.walk(path)
    let types = called.flatMap(({ type, symbol }) => this.parameters(type, index, path.endsWith('(register)'), symbol))
    for (const name of names) {
      if (name === '()') types = types.flatMap((type) => this.returned(this.checker.getNonNullableType(type), 'getCallSignatures').map((one) => one.type))
      else if (name.startsWith('[')) types = types.flatMap((type) => this.parts(type).flatMap((part) => this.checker.getIndexTypeOfType(part, ts.IndexKind.Number) ?? []))
      else if (!name.startsWith('{')) types = types.flatMap((type) => this.parts(type).flatMap((part) => this.members(part, name)).map((symbol) => this.typeOf(symbol)))
    }
    return names.length > 0 && types.length > 0
  }

  parts(type) {
    const some = this.checker.getNonNullableType(type)
    return some.isUnion() ? some.types : [some]
  }

  parameters(type, index, isPlugin) {
    return (type.isUnion() ? type.types : [type]).flatMap((part) => {
      const register = isPlugin ? this.members(part, 'register').map((symbol) => this.typeOf(symbol)) : []
      return [part, ...register].flatMap((one) => [...one.getCallSignatures(), ...one.getConstructSignatures()]).flatMap((signature) => {
        const parameter = signature.getParameters().at(isPlugin ? index + 1 : index)
        return parameter ? [this.typeOf(parameter)] : []
      })
    })
  }
}
