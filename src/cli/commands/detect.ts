import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../config/errors.js'
import { gitRoot } from '../../config/load.js'

const FRAMEWORKS: readonly [string, string][] = [
  ['@nestjs/core', 'NestJS'], ['next', 'Next.js'], ['fastify', 'Fastify'], ['express', 'Express'], ['koa', 'Koa'], ['hono', 'Hono'],
  ['@hapi/hapi', 'Hapi'], ['@trpc/server', 'tRPC'], ['@remix-run/node', 'Remix'], ['@sveltejs/kit', 'SvelteKit'], ['nuxt', 'Nuxt'],
]

export interface Detected {
  frameworks: string[]
  workspaces: boolean
  ci: 'github' | 'gitlab' | null
  hooks: 'husky' | 'lefthook' | 'pre-commit' | 'lint-staged' | null
}

function manifest(root: string): Record<string, unknown> {
  const file = join(root, 'package.json')
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new UserError(`${file}: not valid JSON (${(error as Error).message}); mend it and run init again`)
  }
}

function hookManager(top: string, has: (name: string) => boolean): Detected['hooks'] {
  if (existsSync(join(top, '.pre-commit-config.yaml'))) return 'pre-commit'
  if (['lefthook.yml', 'lefthook.yaml', '.lefthook.yml'].some((name) => existsSync(join(top, name)))) return 'lefthook'
  if (has('lint-staged')) return 'lint-staged'
  return existsSync(join(top, '.husky')) || has('husky') ? 'husky' : null
}

/** What a project is made of, from its manifest and the files of its tools. */
export function detect(root: string): Detected {
  const json = manifest(root)
  const dependencies = { ...(json['dependencies'] as object), ...(json['devDependencies'] as object) } as Record<string, string>
  const has = (name: string) => name in dependencies
  const top = gitRoot(root) ?? root
  return {
    frameworks: FRAMEWORKS.filter(([name]) => has(name)).map(([, title]) => title),
    workspaces: json['workspaces'] !== undefined || existsSync(join(root, 'pnpm-workspace.yaml')),
    ci: existsSync(join(top, '.github')) ? 'github' : existsSync(join(top, '.gitlab-ci.yml')) ? 'gitlab' : null,
    hooks: hookManager(top, has),
  }
}
