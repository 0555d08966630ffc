import type { CatalogRow, ConventionRow } from '../../model/catalog.js'
import { autoImports, nitro } from '../auto-imports.js'
import { aliases, identities, members, verbs } from './build.js'

const webRequest = 'global#Request.new'
const code = '{ts,js,mjs,tsx,jsx}'
const methods = Object.values(verbs)
const route = (method: string, params: string[]) => ({ kind: 'route' as const, method, params })
const byMethod = (params: string[], names = methods) => Object.fromEntries(names.map(name => [name, route(name, params)]))
/** A page whose component is rendered on the server alone, and one that browsers run too. */
const page = { kind: 'page' as const, method: 'GET' }
const rendered = { ...page, isomorphic: true as const }

// --- Nuxt and Nitro: the method is the last part of the file's name. -------------------------------------------------

const event = 'h3#H3Event.new'
const nuxt = ['nuxt', 'nuxt3', 'nuxt-edge', 'nuxt-nightly']
const suffixes = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']

function nitroRoutes(packages: string[], folder: string, strip: string[]): ConventionRow[] {
  return [
    ...suffixes.map((suffix): ConventionRow => ({
      packages, files: [`${folder}/**/*.${suffix}.${code}`], route: { strip, stripSuffix: `.${suffix}`, dropSegments: ['index'] },
      exports: { default: route(suffix.toUpperCase(), [event]) },
    })),
    {
      packages, files: [`${folder}/**/*.${code}`], not: [...suffixes.map(suffix => `${folder}/**/*.${suffix}.${code}`), `${folder}/**/*.{test,spec,d}.${code}`],
      route: { strip, dropSegments: ['index'] }, exports: { default: route('ALL', [event]) },
    },
  ]
}

const nitroServer = (packages: string[], base: string): ConventionRow[] => [
  ...nitroRoutes(packages, `${base}api`, [base.replace(/\/$/, '')]),
  ...nitroRoutes(packages, `${base}routes`, [`${base}routes`]),
  { packages, files: [`${base}middleware/**/*.${code}`], exports: { default: { kind: 'middleware', params: [event] } } },
  { packages, files: [`${base}plugins/**/*.${code}`], exports: { default: { kind: 'hook', params: ['nitropack#NitroApp.new'], startup: true } } },
  { packages, files: [`${base}tasks/**/*.${code}`], exports: { 'default.run': { kind: 'job' } } },
]

const nuxtApp: ConventionRow[] = ['', 'app/', 'src/'].flatMap((base): ConventionRow[] => [
  { packages: nuxt, files: [`${base}pages/**/*.vue`], route: { strip: [`${base}pages`], dropSegments: ['index'] }, exports: { '<body>': rendered } },
  { packages: nuxt, files: [`${base}{app,error}.vue`, `${base}layouts/**/*.vue`], exports: { '<body>': rendered } },
  { packages: nuxt, files: [`${base}plugins/**/*.${code}`], not: [`${base}plugins/**/*.client.${code}`], exports: { default: { kind: 'hook', params: ['nuxt#NuxtApp.new'], isomorphic: true } } },
  { packages: nuxt, files: [`${base}middleware/**/*.${code}`], exports: { default: { kind: 'middleware', params: ['nuxt#Route.new', 'nuxt#Route.new'], isomorphic: true } } },
])

// --- Remix and React Router in framework mode ------------------------------------------------------------------------

const remix = [
  '@remix-run/node', '@remix-run/serve', '@remix-run/server-runtime', '@remix-run/cloudflare', '@remix-run/dev', '@remix-run/express', '@remix-run/deno', '@vercel/remix',
  '@netlify/remix-adapter', '@shopify/remix-oxygen', '@react-router/dev', '@react-router/node', '@react-router/serve', '@react-router/express', '@react-router/cloudflare',
]
const loaderArgs = '@react-router/node#RouteArgs.new'
const remixRoute = { strip: ['app/routes', 'app'], flatDots: true as const, dropSegments: ['route', 'index', '_index', 'root'] }
const remixExports: ConventionRow['exports'] = {
  loader: { kind: 'loader', method: 'GET', params: [loaderArgs] }, action: { kind: 'action', method: 'POST', params: [loaderArgs] },
  headers: { ...page, params: [''] }, 'middleware[]': { kind: 'middleware', params: [loaderArgs, ''] }, 'unstable_middleware[]': { kind: 'middleware', params: [loaderArgs, ''] },
  default: rendered, ErrorBoundary: rendered, HydrateFallback: rendered, Layout: rendered, meta: rendered, links: rendered,
}
const notRoutes = ['app/**/*.{server,client}.*', 'app/**/*.{test,spec}.*', 'app/entry.*', 'app/routes.*', 'app/routes/**/+*/**']
const remixConventions: ConventionRow[] = [
  { packages: remix, routes: { folder: 'app' }, files: [`app/routes/**/*.${code}`, `app/root.${code}`], not: notRoutes, route: remixRoute, exports: remixExports },
  { packages: remix, routes: { folder: 'app', named: true }, files: [`app/**/*.${code}`], not: notRoutes, route: remixRoute, exports: remixExports },
  { packages: remix, files: [`app/entry.server.${code}`], exports: { default: route('ALL', [webRequest]), handleRequest: route('ALL', [webRequest]), handleDataRequest: route('ALL', ['', loaderArgs]), handleError: { kind: 'hook', params: ['', loaderArgs] } } },
]

// --- SvelteKit -------------------------------------------------------------------------------------------------------

const svelte = ['@sveltejs/kit']
const kitEvent = '@sveltejs/kit#RequestEvent.new'
const kitRoute = { strip: ['src/routes'], dropSegments: ['+server', '+page', '+layout', '+page.server', '+layout.server', '+error'] }
/** `export const ssr = false` of a page, or of a layout around it. */
const ssr = { unless: 'ssr', said: ['+page', '+page.server'], above: ['+layout', '+layout.server'] }
const svelteConventions: ConventionRow[] = [
  { packages: svelte, files: [`src/routes/**/+server.${code}`], route: kitRoute, exports: { ...byMethod([kitEvent]), fallback: route('ALL', [kitEvent]) } },
  { packages: svelte, files: [`src/routes/**/+{page,layout}.server.${code}`], route: kitRoute, exports: { load: { kind: 'loader', method: 'GET', params: [kitEvent] } } },
  { packages: svelte, files: [`src/routes/**/+{page,layout}.${code}`], route: kitRoute, inBrowser: ssr, exports: { load: { kind: 'loader', method: 'GET', params: [kitEvent], isomorphic: true } } },
  { packages: svelte, files: [`src/routes/**/+page.server.${code}`], route: kitRoute, exports: { actions: { kind: 'action', method: 'POST', params: [kitEvent], members: true } } },
  { packages: svelte, files: ['src/routes/**/+{page,layout,error}*.svelte'], route: kitRoute, inBrowser: ssr, exports: { '<body>': { ...rendered, params: ['@sveltejs/kit#PageData.new'] } } },
  {
    packages: svelte, files: [`src/hooks.server.${code}`, `src/hooks.${code}`, `src/hooks.server/index.${code}`],
    exports: {
      handle: { kind: 'middleware', params: ['@sveltejs/kit#HandleInput.new'] }, handleFetch: { kind: 'middleware', params: ['@sveltejs/kit#HandleInput.new'] },
      handleError: { kind: 'hook', params: ['@sveltejs/kit#HandleInput.new'] }, reroute: { kind: 'hook', params: [''] }, getSession: { kind: 'hook', params: [kitEvent] }, init: { kind: 'hook', startup: true },
    },
  },
]
const svelteRows: CatalogRow[] = [
  { path: '@sveltejs/kit/hooks#sequence', returns: 'arg:0..' },
  { path: ['$app/server#query', '$app/server#query.batch', '$app/server#prerender'], entry: { kind: 'loader', method: 'GET', handlers: ['last'], params: ['@sveltejs/kit#Input.new'] } },
  { path: ['$app/server#form', '$app/server#command'], entry: { kind: 'action', method: 'POST', handlers: ['last'], params: ['@sveltejs/kit#Input.new'] } },
  { path: '$app/server#getRequestEvent', returns: kitEvent },
  { path: [kitEvent, '@sveltejs/kit#HandleInput.new', '@sveltejs/kit#Input.new', 'nuxt#NuxtApp.new', 'nuxt#Route.new', loaderArgs], owned: 'request' },
  { path: '@sveltejs/kit#HandleInput.new.event', property: true, returns: kitEvent },
  ...aliases(kitEvent, ['@sveltejs/kit#ServerLoadEvent.new', '@sveltejs/kit#LoadEvent.new']),
  ...identities(kitEvent, { 'locals.user': 'user', 'locals.session': 'session', locals: 'user', cookies: 'token', params: 'input', url: 'input', request: 'input' }),
  { path: `${kitEvent}.request`, property: true, returns: webRequest },
]
const routerContext = 'react-router#RouterContext.new'
/** What middleware and `getLoadContext` fill, and loaders and actions read. */
const routerContexts = ['react-router#RouterContextProvider.new', 'react-router#unstable_RouterContextProvider.new', `${loaderArgs}.context`]
const remixRows: CatalogRow[] = [
  ...aliases(loaderArgs, ['@remix-run/node', '@remix-run/server-runtime', '@remix-run/cloudflare', 'react-router', '@vercel/remix', '@shopify/remix-oxygen'].flatMap(name => [
    'LoaderFunctionArgs', 'ActionFunctionArgs', 'LoaderArgs', 'ActionArgs', 'DataFunctionArgs',
  ].map(type => `${name}#${type}.new`))),
  { path: `${loaderArgs}.request`, property: true, returns: webRequest },
  ...identities(loaderArgs, { params: 'input', context: 'user' }),
  ...aliases(routerContext, ['react-router#createContext', 'react-router#unstable_createContext']),
  { path: members(routerContexts, ['set']), along: { key: '0', put: '1', on: 'react-router' } },
  { path: members(routerContexts, ['get']), along: { key: '0', on: 'react-router' } },
  { path: ['@react-router/node#createRequestListener'], run: [{ fn: '0.getLoadContext', when: 'request', params: [webRequest] }] },
  { path: ['@remix-run/express#createRequestHandler', '@react-router/express#createRequestHandler'], run: [{ fn: '0.getLoadContext', when: 'request', params: ['express#Request.new', 'express#Response.new'] }] },
]
const oauthHandlers = autoImports.flatMap(({ names }) => names?.['nuxt-auth-utils']?.split(/\s+/) ?? []).filter(name => /^(?:defineOAuth|oauth|defineWebAuthn)\w+EventHandler$/.test(name))
const nuxtModules = ['nuxt', 'nuxt/app', '#app', '#imports', 'global']
const ofNuxt = (...names: string[]): string[] => nuxtModules.flatMap(module => names.map(name => `${module}#${name}`))
const nuxtRows: CatalogRow[] = [
  { path: ofNuxt('defineNuxtPlugin'), returns: 'arg:0.setup~0' },
  { path: ofNuxt('defineNuxtRouteMiddleware'), returns: 'arg:0' },
  { path: ofNuxt('addRouteMiddleware'), entry: { kind: 'middleware', handlers: ['last'], params: ['nuxt#Route.new', 'nuxt#Route.new'], isomorphic: true } },
  { path: ofNuxt('useState'), owned: 'request', run: [{ fn: 'last', when: 'now', result: 'value' }] },
  { path: ofNuxt('useNuxtApp', 'useRequestEvent', 'useCookie', 'useRequestHeaders', 'useRequestFetch', 'useError'), owned: 'request' },
  { path: ofNuxt('useRequestEvent'), returns: event },
  { path: oauthHandlers.flatMap(name => [`nuxt-auth-utils#${name}`, `#imports#${name}`]), returns: 'arg:0.onSuccess' },
  { path: ofNuxt('useRoute'), returns: 'nuxt#Route.new' },
  ...identities('nuxt#Route.new', { params: 'input', query: 'input', fullPath: 'input', path: 'input', hash: 'input' }),
]

// --- Expo Router: `app/orders+api.ts` ---------------------------------------------------------------------------------

const expoConventions: ConventionRow[] = [
  {
    packages: ['expo-router'], files: ['app', 'src/app'].map(folder => `${folder}/**/*+api.${code}`), route: { strip: ['app', 'src/app'], stripSuffix: '+api', dropSegments: ['index'] },
    exports: byMethod([webRequest, '']),
  },
  { packages: ['expo-router'], files: ['app', 'src/app'].map(folder => `${folder}/+middleware.${code}`), exports: { default: { kind: 'middleware', params: [webRequest] } } },
]

// --- Servers of one's own that render: what the build takes for the server (`vite build --ssr src/entry-server.js`) --

const sent = 'next/server#FormInput.new'
const renderingConventions: ConventionRow[] = [
  {
    packages: ['vite', 'webpack', 'vue-server-renderer', '@vue/server-renderer'], files: ['entry-server', 'entry.server', 'server-entry', 'entry_server'].map(name => `**/${name}.${code}`),
    not: ['app/entry.server.*', '**/node_modules/**'], exports: { default: { kind: 'page', method: 'GET', params: [sent, sent, sent] }, render: { kind: 'page', method: 'GET', params: [sent, sent, sent] } },
  },
]

// --- Astro, SolidStart, TanStack Start -------------------------------------------------------------------------------

const astroContext = 'astro#APIContext.new'
const astroRoute = { strip: ['src/pages'], dropSegments: ['index'] }
const astroConventions: ConventionRow[] = [
  { packages: ['astro'], files: ['src/pages/**/*.{ts,js,mjs}'], route: astroRoute, exports: { ...byMethod([astroContext]), ALL: route('ALL', [astroContext]), get: route('GET', [astroContext]), post: route('POST', [astroContext]), all: route('ALL', [astroContext]) } },
  { packages: ['astro'], files: ['src/pages/**/*.astro'], route: astroRoute, exports: { '<body>': page } },
  { packages: ['astro'], files: ['src/{components,layouts}/**/*.astro'], exports: { '<body>': page } },
  { packages: ['astro'], files: ['src/middleware.{ts,js,mjs}', 'src/middleware/index.{ts,js,mjs}'], exports: { onRequest: { kind: 'middleware', params: [astroContext, ''] } } },
]
const astroRows: CatalogRow[] = [
  { path: ['astro:middleware#defineMiddleware', 'astro/middleware#defineMiddleware'], returns: 'arg:0' },
  { path: ['astro:middleware#sequence', 'astro/middleware#sequence'], returns: 'arg:0..' },
  { path: 'astro:actions#defineAction', entry: { kind: 'action', method: 'POST', handlers: ['0.handler'], params: ['astro#Input.new', astroContext] } },
  { path: [astroContext, 'astro#Input.new', 'global#Astro'], owned: 'request' },
  ...[astroContext, 'global#Astro'].flatMap(base => identities(base, { 'locals.user': 'user', locals: 'user', cookies: 'token', params: 'input', url: 'input', session: 'session', request: 'input', clientAddress: 'input' })),
  { path: `${astroContext}.request`, property: true, returns: webRequest },
]

const solid = ['@solidjs/start', 'solid-start']
const solidEvent = '@solidjs/start#APIEvent.new'
const solidConventions: ConventionRow[] = [
  { packages: solid, files: [`src/routes/**/*.${code}`], route: { strip: ['src/routes'], dropSegments: ['index'] }, exports: { ...byMethod([solidEvent]), default: rendered } },
  { packages: solid, files: [`src/**/*.${code}`], directive: 'use server', exports: { '*': { kind: 'action', params: ['next/server#FormInput.new'] } } },
]
const solidRows: CatalogRow[] = [
  { path: ['@solidjs/start/middleware#createMiddleware'], entry: { kind: 'middleware', handlers: ['0.onRequest', '0.onBeforeResponse'], params: [solidEvent] } },
  { path: ['@solidjs/router#query', '@solidjs/router#cache'], returns: 'arg:0' },
  { path: '@solidjs/router#action', returns: 'arg:0' },
  { path: ['solid-start/server#server$', 'solid-start/server#createServerData$', 'solid-start/server#createServerAction$'], entry: { kind: 'action', handlers: ['0'], params: ['next/server#FormInput.new', solidEvent] } },
  { path: ['solid-js/web#getRequestEvent'], owned: 'request', returns: solidEvent },
  { path: [solidEvent], owned: 'request' },
  ...identities(solidEvent, { params: 'input', locals: 'user', request: 'input' }),
  { path: `${solidEvent}.request`, property: true, returns: webRequest },
]

const start = ['@tanstack/react-start', '@tanstack/solid-start', '@tanstack/start', '@tanstack/vue-start', '@tanstack/start-client-core']
const routerModules = ['@tanstack/react-router', '@tanstack/solid-router', '@tanstack/vue-router']
const serverFn = '@tanstack/start#ServerFn.new'
const startArgs = '@tanstack/start#Args.new'
const tanstackRows: CatalogRow[] = [
  { path: [...routerModules.flatMap(name => [`${name}#createFileRoute`, `${name}#createLazyFileRoute`]), ...start.flatMap(name => [`${name}/server#createServerFileRoute`, `${name}/api#createAPIFileRoute`])], prefix: '0' },
  { path: start.map(name => `${name}#createServerFn`), returns: serverFn },
  { path: members([serverFn], ['middleware', 'validator', 'inputValidator', 'type']), returns: 'this', run: [{ fn: '0', when: 'request', params: ['next/server#FormInput.new'] }] },
  { path: `${serverFn}.handler`, returns: 'arg:0', entry: { kind: 'action', handlers: ['0'], params: [startArgs] } },
  { path: start.map(name => `${name}#createMiddleware`), returns: '@tanstack/start#Middleware.new' },
  { path: members(['@tanstack/start#Middleware.new'], ['middleware', 'validator', 'inputValidator', 'client']), returns: 'this' },
  { path: '@tanstack/start#Middleware.new.server', returns: 'this', entry: { kind: 'middleware', handlers: ['0'], params: [startArgs] } },
  {
    path: routerModules.flatMap(name => [`${name}#createFileRoute()`, `${name}#createRootRouteWithContext()()`, `${name}#createRootRouteWithContext()`]),
    entry: { kind: 'loader', method: 'GET', handlers: ['0.beforeLoad', '0.loader', '0.head', '0.component'], params: [startArgs], isomorphic: true },
  },
  { path: routerModules.map(name => `${name}#createRootRoute`), entry: { kind: 'loader', method: 'GET', handlers: ['0.beforeLoad', '0.loader', '0.head', '0.component'], params: [startArgs], isomorphic: true } },
  ...methods.map((method): CatalogRow => ({
    path: routerModules.map(name => `${name}#createFileRoute()`),
    entry: { kind: 'route', method, handlers: [`0.server.handlers.${method}`, `0.server.handlers.${method}.handler`, `0.server.handlers().${method}`], params: [startArgs] },
  })),
  ...methods.map((method): CatalogRow => ({
    path: start.flatMap(name => [`${name}/server#createServerFileRoute().methods`, `${name}/api#createAPIFileRoute()`]), entry: { kind: 'route', method, handlers: [`0.${method}`], params: [startArgs] },
  })),
  { path: startArgs, owned: 'request' },
  ...identities(startArgs, { data: 'input', params: 'input', search: 'input', context: 'user', request: 'input' }),
  { path: `${startArgs}.request`, property: true, returns: webRequest },
]

// --- Qwik City, Waku --------------------------------------------------------------------------------------------------

const qwik = ['@builder.io/qwik-city', '@qwik.dev/router']
const qwikEvent = '@builder.io/qwik-city#RequestEvent.new'
const qwikMethods = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options']
const qwikConventions: ConventionRow[] = [
  {
    packages: qwik, files: [`src/routes/**/*.${code}`], route: { strip: ['src/routes'], dropSegments: ['index', 'layout'] },
    exports: { ...Object.fromEntries(qwikMethods.map(name => [`on${name}`, route(name.toUpperCase(), [qwikEvent])])), onRequest: { kind: 'middleware', params: [qwikEvent] }, default: rendered },
  },
]
const qwikRows: CatalogRow[] = [
  { path: qwik.map(name => `${name}#routeLoader$`), entry: { kind: 'loader', method: 'GET', handlers: ['0'], params: [qwikEvent] } },
  { path: qwik.flatMap(name => [`${name}#routeAction$`, `${name}#globalAction$`]), entry: { kind: 'action', method: 'POST', handlers: ['0'], params: ['next/server#FormInput.new', qwikEvent] } },
  { path: qwik.map(name => `${name}#server$`), entry: { kind: 'action', handlers: ['0'], params: ['next/server#FormInput.new'], thisIs: qwikEvent } },
  { path: qwikEvent, owned: 'request' },
  ...identities(qwikEvent, { params: 'input', query: 'input', url: 'input', cookie: 'token', headers: 'input', sharedMap: 'user' }),
  { path: `${qwikEvent}.request`, property: true, returns: webRequest },
]

const wakuConventions: ConventionRow[] = [
  { packages: ['waku'], files: ['_api', 'api'].map(folder => `src/pages/${folder}/**/*.${code}`), route: { strip: ['src/pages'], dropSegments: ['_api', 'index'] }, exports: { ...byMethod([webRequest]), default: route('ALL', [webRequest]) } },
  { packages: ['waku'], files: [`src/pages/**/*.${code}`], not: ['src/pages/{_api,api}/**'], route: { strip: ['src/pages'], dropSegments: ['index'] }, exports: { default: page } },
  { packages: ['waku'], files: [`src/**/*.${code}`], directive: 'use server', exports: { '*': { kind: 'action', params: ['next/server#FormInput.new'] } } },
]

export const fileRouteRows: CatalogRow[] = [...svelteRows, ...remixRows, ...nuxtRows, ...astroRows, ...solidRows, ...tanstackRows, ...qwikRows]
export const fileRouteConventions: ConventionRow[] = [
  ...expoConventions,
  ...nitroServer([...nuxt, ...nitro], 'server/'), ...nitroServer(nitro, ''), ...nitroServer(nitro, 'src/server/'), ...nuxtApp,
  ...remixConventions, ...svelteConventions, ...astroConventions, ...solidConventions, ...qwikConventions, ...wakuConventions, ...renderingConventions,
]
