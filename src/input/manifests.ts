import { posix } from 'node:path'
import type { InputFiles, Manifest } from '../model/input.js'
import { readText } from './text.js'

/** Reads the package.json files; one that is no JSON object counts as a package without content, with a notice. */
export function readManifests(root: string, files: string[], notices: InputFiles['notices']): Manifest[] {
  return files.map(file => {
    const json = parse(readText(root, file))
    if (!json) notices.push({ id: 'manifest-unreadable', message: `${file} is not valid JSON: its dependencies and entry points are unknown.`, file })
    return toManifest(posix.dirname(file), json ?? {})
  })
}

function toManifest(dir: string, json: Record<string, unknown>): Manifest {
  const devDependencies = strings(json['devDependencies'])
  const dependencies = { ...strings(json['optionalDependencies']), ...strings(json['peerDependencies']), ...devDependencies, ...strings(json['dependencies']) }
  return {
    dir,
    ...(typeof json['name'] === 'string' ? { name: json['name'] } : {}),
    ...(json['type'] === 'module' || json['type'] === 'commonjs' ? { type: json['type'] } : {}),
    dependencies,
    devDependencies: Object.keys(devDependencies),
    scripts: strings(json['scripts']),
    ...(typeof json['main'] === 'string' ? { main: json['main'] } : {}),
    bin: typeof json['bin'] === 'string' ? [json['bin']] : Object.values(strings(json['bin'])),
    json,
  }
}

function parse(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function strings(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
