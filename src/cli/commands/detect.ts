import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { UserError } from '../../config/errors.js'
import { gitRoot } from '../../config/load.js'

const FRAMEWORKS: readonly [string, string][] = [
  ['@nestjs/core', 'NestJS'], ['next', 'Next.js'], ['fastify', 'Fastify'], ['express', 'Express'], ['koa', 'Koa'], ['hono', 'Hono'], ['elysia', 'Elysia'],
  ['@hapi/hapi', 'Hapi'], ['restify', 'Restify'], ['@trpc/server', 'tRPC'], ['@apollo/server', 'Apollo Server'], ['graphql-yoga', 'GraphQL Yoga'],
  ['@remix-run/node', 'Remix'], ['@react-router/node', 'React Router'], ['@sveltejs/kit', 'SvelteKit'], ['nuxt', 'Nuxt'], ['@adonisjs/core', 'AdonisJS'],
  ['moleculer', 'Moleculer'], ['socket.io', 'Socket.IO'], ['bullmq', 'BullMQ'], ['serverless', 'Serverless Framework'],
]

export type HookManager = 'husky' | 'lefthook' | 'pre-commit' | 'lint-staged'

export interface Service {
  /** From the audited folder, `.` for itself. */
  dir: string
  frameworks: string[]
}

export interface Detected {
  /** The folders whose package.json names a server framework; the audited folder first. */
  services: Service[]
  workspaces: boolean
  ci: 'github' | 'gitlab' | null
  hooks: HookManager | null
  /** Is the package itself among the dependencies? */
  installed: boolean
  /** What installs the dependencies in CI, as its lockfile says. */
  install: string[]
  /** The git root, or the audited folder outside of git. */
  top: string
}

function manifest(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new UserError(`${file}: not valid JSON (${(error as Error).message}); mend it and run init again`)
  }
}

function dependencies(json: Record<string, unknown>): Record<string, string> {
  return { ...(json['dependencies'] as object), ...(json['devDependencies'] as object) } as Record<string, string>
}

function frameworksOf(json: Record<string, unknown>): string[] {
  const names = dependencies(json)
  return FRAMEWORKS.filter(([name]) => name in names).map(([, title]) => title)
}

function hookManager(top: string, names: Record<string, string>): HookManager | null {
  if (existsSync(join(top, '.pre-commit-config.yaml'))) return 'pre-commit'
  if (['lefthook.yml', 'lefthook.yaml', '.lefthook.yml'].some((name) => existsSync(join(top, name)))) return 'lefthook'
  if (existsSync(join(top, '.husky')) || 'husky' in names) return 'husky'
  return 'lint-staged' in names ? 'lint-staged' : null
}

/** Globs of workspaces: of npm, yarn and pnpm. */
async function workspaceGlobs(root: string, json: Record<string, unknown>): Promise<string[] | undefined> {
  const pnpm = join(root, 'pnpm-workspace.yaml')
  if (existsSync(pnpm)) {
    const { parse } = await import('yaml')
    const listed = (parse(readFileSync(pnpm, 'utf8')) as { packages?: unknown } | null)?.packages
    return Array.isArray(listed) ? listed.map(String) : []
  }
  const { workspaces } = json
  const listed = Array.isArray(workspaces) ? workspaces : (workspaces as { packages?: unknown } | undefined)?.packages
  return Array.isArray(listed) ? listed.map(String) : undefined
}

async function servicesBelow(root: string, globs: readonly string[]): Promise<Service[]> {
  const { default: glob } = await import('fast-glob')
  const patterns = globs.map((one) => (one.startsWith('!') ? `!${one.slice(1).replace(/\/$/, '')}/package.json` : `${one.replace(/\/$/, '')}/package.json`))
  const files = (await glob(patterns, { cwd: root, ignore: ['**/node_modules/**'], suppressErrors: true })).sort()
  return files.map((file) => ({ dir: dirname(file), frameworks: frameworksOf(manifest(join(root, file))) })).filter(({ dir, frameworks }) => dir !== '.' && frameworks.length > 0)
}

const INSTALL: readonly [string, string[]][] = [
  ['pnpm-lock.yaml', ['corepack enable', 'pnpm install --frozen-lockfile --ignore-scripts']],
  ['yarn.lock', ['corepack enable', 'yarn install --immutable --mode=skip-build || yarn install --frozen-lockfile --ignore-scripts']],
]

function installOf(top: string): string[] {
  return INSTALL.find(([lockfile]) => existsSync(join(top, lockfile)))?.[1] ?? ['npm ci --ignore-scripts']
}

/** What a project is made of, from its manifests and the files of its tools. */
export async function detect(root: string): Promise<Detected> {
  const json = manifest(join(root, 'package.json'))
  const top = gitRoot(root) ?? root
  const names = { ...dependencies(json), ...(top === root ? {} : dependencies(manifest(join(top, 'package.json')))) }
  const globs = await workspaceGlobs(root, json)
  const own = frameworksOf(json)
  return {
    services: [...(own.length > 0 ? [{ dir: '.', frameworks: own }] : []), ...(globs ? await servicesBelow(root, globs) : [])],
    workspaces: globs !== undefined,
    ci: existsSync(join(top, '.gitlab-ci.yml')) ? 'gitlab' : existsSync(join(top, '.github')) ? 'github' : null,
    hooks: hookManager(top, names),
    installed: 'stateless-audit' in names,
    install: installOf(top),
    top,
  }
}

/** A folder below the git root, for commands that run there. */
export function fromTop({ top }: Detected, folder: string): string {
  return relative(top, folder).split('\\').join('/') || '.'
}
