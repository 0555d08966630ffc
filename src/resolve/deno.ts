import { posix } from 'node:path'
import type { Manifest, Resolution } from '../model/input.js'
import { splitSpecifier } from './packages.js'

/** Packages of JSR that go by another name on npm and deno.land. */
const NAMES: Record<string, string> = { '@hono/hono': 'hono', '@oak/oak': 'oak', '@oak/acorn': 'acorn', '@fresh/core': 'fresh', '@hono/zod-openapi': '@hono/zod-openapi', '@nats-io/nats-core': 'nats' }
const HOSTS = /^https:\/\/(?:deno\.land\/(?:x\/)?|esm\.sh\/|cdn\.skypack\.dev\/|jsr\.io\/)(?:v\d+\/)?/
/** The module of a package that stands for the whole of it. */
const WHOLE = /^(?:mod|index|main|server)\.[cm]?[jt]s$/

/** What the import map of a project (`deno.json`) makes of a specifier: a path from the root, or another specifier. */
export function mapped(specifier: string, manifest: Manifest | undefined): { path: string } | { specifier: string } | undefined {
  if (!manifest?.imports) return undefined
  const names = Object.keys(manifest.imports).filter((name) => specifier === name || (name.endsWith('/') && specifier.startsWith(name)))
  const name = names.sort((a, b) => b.length - a.length)[0]
  if (name === undefined) return undefined
  const target = `${manifest.imports[name]}${specifier.slice(name.length)}`
  return /^\.{1,2}\//.test(target) ? { path: posix.join(manifest.dir, target) } : { specifier: target }
}

/** `npm:express@4`, `jsr:@oak/oak`, `https://deno.land/x/oak@v12.6.1/mod.ts`, `https://deno.land/std@0.200.0/http/server.ts`: the package that is meant. */
export function remotePackage(specifier: string): Resolution | undefined {
  const bare = /^(?:npm|jsr):/.test(specifier) ? specifier.replace(/^\w+:\/?/, '') : HOSTS.test(specifier) ? specifier.replace(HOSTS, '') : undefined
  if (bare === undefined) return undefined
  const unversioned = bare.replace(/[?#].*$/, '').replace(/^((?:@[^/@]+\/)?[^/@]+)@[^/]*/, '$1')
  const { name, subpath } = splitSpecifier(unversioned)
  if (name === '') return undefined
  const known = NAMES[name] ?? name
  const inner = WHOLE.test(subpath) ? '' : subpath
  return inner ? { kind: 'package', name: known, subpath: inner } : { kind: 'package', name: known }
}
