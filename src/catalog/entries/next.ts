import type { CatalogRow, ConventionRow, EntryKind } from '../../model/catalog.js'
import { identities, members, verbs } from './build.js'

const request = 'next/server#NextRequest.new'
const apiParams = ['next#NextApiRequest.new', 'next#NextApiResponse.new']
const packages = ['next']

/** The same globs below the package's root and below `src/`. */
const inRootOrSrc = (...globs: string[]): string[] => globs.flatMap(glob => [glob, `src/${glob}`])
const code = '{ts,tsx,js,jsx,mjs}'
const appRoute = { strip: ['src/app', 'app'], slots: true as const, dropSegments: ['route', 'page', 'layout', 'template', 'default', 'loading', 'error', 'not-found'] }
const pagesRoute = { strip: ['src/pages', 'pages'], dropSegments: ['index'] }
const endings = { config: 'next.config', at: 'pageExtensions' }
const entry = (kind: EntryKind, params: string[], method?: string) => ({ kind, params, ...(method === undefined ? {} : { method }) })

const httpExports = Object.fromEntries(Object.values(verbs).map(method => [method, entry('route', [request, 'next/server#RouteContext.new'], method)]))
const pageProps = ['next#PageProps.new']

export const nextConventions: ConventionRow[] = [
  { packages, files: inRootOrSrc(`app/**/route.${code}`), exports: httpExports, route: appRoute },
  {
    packages, files: inRootOrSrc(`app/**/{page,layout,template,default,loading,error,not-found}.${code}`), route: appRoute,
    exports: {
      default: entry('page', pageProps, 'GET'), generateMetadata: entry('page', [...pageProps, ''], 'GET'), generateViewport: entry('page', pageProps, 'GET'),
    },
  },
  { packages, files: inRootOrSrc(`app/{global-error,global-not-found}.${code}`), exports: { default: entry('page', pageProps, 'GET') }, route: appRoute },
  {
    packages, files: inRootOrSrc(`app/**/{opengraph-image,twitter-image,icon,apple-icon,sitemap,robots,manifest}.${code}`),
    exports: { default: entry('route', pageProps, 'GET') }, route: { strip: ['src/app', 'app'] },
  },
  { packages, files: inRootOrSrc(`pages/api/**/*.${code}`), exports: { default: entry('route', apiParams, 'ALL') }, route: pagesRoute, endings },
  {
    packages, files: inRootOrSrc(`pages/**/*.${code}`), not: inRootOrSrc('pages/api/**'), route: pagesRoute, endings,
    exports: {
      default: { ...entry('page', pageProps, 'GET'), isomorphic: true }, getServerSideProps: entry('loader', ['next#GetServerSidePropsContext.new'], 'GET'),
      'default.getInitialProps': { ...entry('loader', ['next#NextPageContext.new'], 'GET'), isomorphic: true },
    },
  },
  {
    packages, files: inRootOrSrc(`{middleware,proxy}.${code}`),
    exports: Object.fromEntries(['middleware', 'proxy', 'default'].map(name => [name, entry('middleware', [request, 'next/server#NextFetchEvent.new'])])),
  },
  { packages, files: inRootOrSrc(`instrumentation.${code}`), exports: { register: { kind: 'hook', startup: true }, onRequestError: entry('hook', ['', 'next#Request.new', '']) } },
  { packages, files: [`**/*.${code}`], not: ['**/node_modules/**'], directive: 'use server', exports: { '*': entry('action', ['next/server#FormInput.new']) } },
]

const requestValues: CatalogRow[] = [
  {
    path: [
      request, 'next/server#RouteContext.new', 'next/server#FormInput.new', 'next/server#NextFetchEvent.new', 'next#PageProps.new', 'next#NextPageContext.new',
      'next#GetServerSidePropsContext.new', ...apiParams, 'next#Request.new', 'global#Request.new',
    ],
    owned: 'request',
  },
  { path: 'next/server#FormInput.new', identity: 'input' },
  ...identities('next#PageProps.new', { params: 'input', searchParams: 'input' }),
  ...identities('next/server#RouteContext.new', { params: 'input' }),
  ...identities('next#GetServerSidePropsContext.new', { params: 'input', query: 'input', 'req.cookies': 'token', 'req.headers': 'input' }),
  ...identities('next#NextApiRequest.new', { body: 'input', query: 'input', cookies: 'token', headers: 'input', 'headers.authorization': 'token', session: 'session', user: 'user', url: 'input' }),
  ...[request, 'global#Request.new'].flatMap(base => identities(base, { headers: 'input', cookies: 'token', url: 'input', nextUrl: 'input', ip: 'input', geo: 'input', body: 'input' })),
  { path: members([request, 'global#Request.new'], ['json', 'text', 'formData', 'arrayBuffer', 'blob', 'bytes']), owned: 'request', identity: 'input' },
  { path: members(['next#NextApiResponse.new'], ['status', 'setHeader', 'json', 'send', 'redirect', 'revalidate']), returns: 'this' },
  { path: 'next/headers#cookies()', owned: 'request', identity: 'token' },
  { path: 'next/headers#headers()', owned: 'request', identity: 'input' },
  { path: 'next/headers#draftMode()', owned: 'request' },
]

const calls: CatalogRow[] = [
  { path: ['next/server#after', 'next/server#unstable_after'], run: [{ fn: '0', when: 'later' }] },
  { path: ['next/server#waitUntil', '@vercel/functions#waitUntil'], run: [{ fn: '0', when: 'now' }] },
  { path: ['next/cache#unstable_cache', 'react#cache', '@clerk/nextjs/server#clerkMiddleware', '@clerk/nextjs/server#withClerkMiddleware', '@clerk/nextjs#withClerkMiddleware'], returns: 'arg:0' },
  { path: ['next/dynamic#default', 'react#lazy', 'react#memo', 'react#forwardRef'], returns: 'arg:0' },
  { path: ['next#default', 'next#next'], returns: 'next#NextServer.new' },
  { path: 'next#NextServer.new.getRequestHandler', returns: 'next#RequestHandler' },
  { path: 'next#NextServer.new.prepare', returns: 'next#NextServer.new' },
]

const connectVerbs = { ...verbs, all: 'ALL' }
const connectBases = ['next-connect#NodeRouter.new', 'next-connect#EdgeRouter.new']
const zsaSteps = ['input', 'output', 'onStart', 'onError', 'onSuccess', 'onComplete', 'onInputParseError', 'onOutputParseError', 'timeout', 'retry', 'id', 'experimental_shapeError']

const libraries: CatalogRow[] = [
  { path: ['next-connect#createRouter', 'next-connect#default', 'next-connect#nc'], returns: connectBases[0] as string },
  { path: 'next-connect#createEdgeRouter', returns: connectBases[1] as string },
  ...Object.entries(connectVerbs).flatMap(([member, method]): CatalogRow[] => [
    { path: `${connectBases[0]}.${member}`, returns: 'this', entry: { kind: 'route', method, path: '0', handlers: ['0..'], params: [...apiParams, ''], ofFile: true } },
    { path: `${connectBases[1]}.${member}`, returns: 'this', entry: { kind: 'route', method, path: '0', handlers: ['0..'], params: [request, '', ''], ofFile: true } },
  ]),
  { path: `${connectBases[0]}.use`, returns: 'this', mount: { path: '0', children: ['0..'], params: [...apiParams, ''] } },
  { path: `${connectBases[1]}.use`, returns: 'this', mount: { path: '0', children: ['0..'], params: [request, '', ''] } },
  { path: members(connectBases, ['handler', 'clone']), returns: 'this' },
  { path: ['next-safe-action#createSafeActionClient', 'next-safe-action#default'], returns: 'next-safe-action#Client.new' },
  { path: members(['next-safe-action#Client.new'], ['schema', 'inputSchema', 'outputSchema', 'metadata', 'bindArgsSchemas']), returns: 'this' },
  { path: 'next-safe-action#Client.new.use', returns: 'this', entry: { kind: 'middleware', handlers: ['0'], params: ['next-safe-action#Args.new'] } },
  {
    path: members(['next-safe-action#Client.new'], ['action', 'stateAction']),
    entry: { kind: 'action', handlers: ['0'], params: ['next-safe-action#Args.new', 'next-safe-action#Args.new'] },
  },
  ...identities('next-safe-action#Args.new', { parsedInput: 'input', clientInput: 'input', ctx: 'user', bindArgsParsedInputs: 'input' }),
  { path: 'next-safe-action#Args.new', owned: 'request' },
  { path: 'zsa#createServerAction', returns: 'zsa#Procedure.new' },
  // What stands in front of each action that is made of it.
  { path: 'zsa#createServerActionProcedure', returns: 'zsa#Base.new' },
  { path: members(['zsa#Base.new'], zsaSteps), returns: 'this' },
  { path: 'zsa#Base.new.handler', returns: 'this', entry: { kind: 'middleware', handlers: ['0'], params: ['next-safe-action#Args.new'] } },
  { path: 'zsa#Base.new.createServerAction', returns: 'zsa#Procedure.new' },
  { path: members(['zsa#Procedure.new'], zsaSteps), returns: 'this' },
  { path: 'zsa#Procedure.new.handler', returns: 'this', entry: { kind: 'action', handlers: ['0'], params: ['next-safe-action#Args.new'] } },
]

export const nextRows: CatalogRow[] = [...requestValues, ...calls, ...libraries]
