import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Source files below a folder, without what is generated. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort()
}

interface Import {
  file: string
  specifier: string
  typeOnly: boolean
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)/g

/** Comments and template texts may show code: neither is an import. */
function code(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

function importsOf(file: string): Import[] {
  return [...code(file).matchAll(IMPORT)].map((match) => ({
    file,
    specifier: match[2] ?? match[3] ?? match[4] ?? match[5] ?? '',
    typeOnly: match[1] !== undefined,
  }))
}

/** `src/link/a.ts` → `link`; `src/audit.ts` → `audit.ts`. */
function layer(file: string): string {
  return file.split('/')[1] ?? ''
}

function target({ file, specifier }: Import): string {
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier
}

const sources = files('src')
const imports = sources.flatMap(importsOf)
const ruleImports = files('rules').filter((file) => file !== 'rules/index.ts').flatMap(importsOf)

function show(list: Import[]): string[] {
  return list.map((one) => `${one.file} imports ${one.specifier}`)
}

describe('walls between the layers', () => {
  it('reads the imports (the test tests something)', () => {
    expect(imports.length).toBeGreaterThan(20)
    expect(show(imports)).toContain('src/cli/main.ts imports commander')
  })

  it('model imports nothing of ours', () => {
    expect(show(imports.filter((one) => layer(one.file) === 'model' && !target(one).startsWith('src/model/')))).toEqual([])
  })

  it('only syntax imports ts-morph, and the public API its types', () => {
    const compiler = imports.filter((one) => /^(ts-morph|@ts-morph\/common|typescript)(\/|$)/.test(one.specifier))
    expect(show(compiler.filter((one) => layer(one.file) !== 'syntax' && !(one.typeOnly && ['index.ts', 'rule.ts'].includes(layer(one.file)))))).toEqual([])
  })

  it('only input, resolve, cache, config and cli read files', () => {
    const mayRead = ['input', 'resolve', 'cache', 'config', 'cli']
    const readers = imports.filter((one) => /^(node:)?fs(\/promises)?$|^fast-glob$/.test(one.specifier))
    expect(show(readers.filter((one) => !mayRead.includes(layer(one.file))))).toEqual([])
  })

  it('rules import only src/rule.ts', () => {
    expect(show(ruleImports.filter((one) => target(one) !== 'src/rule.js'))).toEqual([])
  })

  it('reporters see only the report', () => {
    const allowed = (one: Import) => target(one).startsWith('src/model/') || target(one).startsWith('src/report/') || !one.specifier.startsWith('.')
    expect(show(imports.filter((one) => layer(one.file) === 'report' && !allowed(one)))).toEqual([])
  })

  it('no layer but cli, and the flow that cli calls, knows the cli', () => {
    expect(show(imports.filter((one) => layer(one.file) !== 'cli' && target(one).startsWith('src/cli/')))).toEqual([])
  })

  it('only cli touches process and console', () => {
    const touching = sources.filter((file) => layer(file) !== 'cli').flatMap((file) =>
      code(file).split('\n')
        // Words in strings are knowledge about audited code, not a use.
        .map((line) => line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.)*`|\/(?:[^/\\\n]|\\.)+\/[a-z]*/g, "''"))
        .filter((line) => /(?<![\w.'-])(process|console)\.\w/.test(line) && !/\/\/.*(process|console)\./.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    )
    expect(touching).toEqual([])
  })

  it('help, version and explain load neither ts-morph nor the engine', () => {
    const seen = new Set<string>()
    const visit = (file: string) => {
      if (seen.has(file)) return
      seen.add(file)
      const text = code(file)
      const lazy = new Set([...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map((match) => match[1]))
      for (const one of importsOf(file)) {
        if (one.typeOnly || lazy.has(one.specifier) || !one.specifier.startsWith('.')) continue
        visit(target(one).replace(/\.js$/, '.ts'))
      }
    }
    for (const file of ['src/cli/main.ts', 'src/cli/commands/rules.ts', 'src/cli/commands/completion.ts', 'rules/index.ts']) visit(file)
    const heavy = [...seen].filter((file) => !/^src\/(cli|config\/(errors|suggest|version)|model|rule)|^rules\//.test(file))
    expect(heavy).toEqual([])
    const packages = [...seen].flatMap(importsOf).filter((one) => !one.typeOnly && /^(ts-morph|zod|cosmiconfig|yaml|jiti)$/.test(one.specifier))
    expect(show(packages.filter((one) => !/import\(/.test(readFileSync(one.file, 'utf8'))))).toEqual([])
  })
})
