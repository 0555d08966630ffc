import type { CatalogRow } from '../../model/catalog.js'
import { calls, instances } from './make.js'

const stored = (path: string[]): CatalogRow => ({ path, container: { kind: 'store' } })

const queryClients = instances(['@tanstack/react-query', '@tanstack/vue-query', '@tanstack/svelte-query', '@tanstack/solid-query', '@tanstack/query-core',
  '@tanstack/angular-query-experimental', 'react-query', 'vue-query'], 'QueryClient', 'QueryCache')
const apollo = instances(['@apollo/client', '@apollo/client/core', 'apollo-client', 'apollo-boost', '@apollo/experimental-nextjs-app-support',
  '@apollo/client-integration-nextjs'], 'ApolloClient', 'default', 'InMemoryCache')

function queries(): CatalogRow[] {
  return [
    stored(queryClients),
    { path: [...apollo, ...instances('apollo-cache-inmemory', 'InMemoryCache')], container: { kind: 'store', off: { arg: '0.defaultOptions.query.fetchPolicy', values: ['no-cache'] } } },
    stored([...calls(['urql', '@urql/core', '@urql/vue', '@urql/svelte', '@urql/next'], 'createClient', 'cacheExchange', 'ssrExchange'), ...instances(['urql',
      '@urql/core'], 'Client'), ...instances('relay-runtime', 'Environment', 'Store', 'RecordSource'), ...calls('react-relay', 'createEnvironment'),
      ...instances('houdini', 'HoudiniClient')]),
    { path: ['swr/_internal#cache'], container: { kind: 'store' } },
    { path: 'swr#mutate', access: { op: 'write', key: '0', value: '1' } },
  ]
}

const reduxLike = [...calls(['@reduxjs/toolkit', 'redux', 'redux-toolkit'], 'configureStore', 'createStore', 'legacy_createStore'), ...calls('easy-peasy', 'createStore')]
const vuex = [...calls('vuex', 'createStore'), ...instances('vuex', 'Store')]
const zustand = [...calls('zustand', 'create', 'default', 'createStore'), ...calls('zustand/vanilla', 'createStore', 'default'), 'zustand#create()()',
  'zustand#createStore()()', 'zustand/traditional#createWithEqualityFn()']
const nano = [...calls('nanostores', 'atom', 'map', 'deepMap', 'computed', 'batched'), ...calls('@nanostores/persistent', 'persistentAtom', 'persistentMap')]
const svelte = calls('svelte/store', 'writable')
const signals = [...calls(['@preact/signals', '@preact/signals-core', '@preact/signals-react', 'alien-signals', 's-js', 'usignal'], 'signal')]

function stores(): CatalogRow[] {
  return [
    stored(reduxLike),
    stored(zustand),
    stored([...calls(['jotai', 'jotai/vanilla'], 'createStore', 'getDefaultStore'), ...calls(['valtio', 'valtio/vanilla'], 'proxy'), ...calls('valtio/utils', 'proxyMap',
      'proxySet'), ...calls('effector', 'createStore', 'createDomain'), ...calls('mobx', 'observable', 'makeAutoObservable'), ...calls('mobx-state-tree',
      'types.model().create'), ...calls(['xstate', '@xstate/store'], 'createActor', 'interpret', 'createStore'), ...calls('@legendapp/state', 'observable'),
      ...calls('recoil', 'atom'), ...calls('overmind', 'createOvermind'), ...calls(['@ngrx/signals'], 'signalStore'), ...instances('@tanstack/store', 'Store'),
      ...calls('hookstate', 'createState'), ...calls('@hookstate/core', 'hookstate', 'createState'), ...calls('storeon', 'createStoreon'), ...calls('unistore',
      'default'), ...calls('react-easy-state', 'store'), ...calls('exome', 'default')]),
    stored(nano),
    stored(vuex),
    stored([...calls('pinia', 'createPinia'), 'pinia#defineStore()()']),
    { path: 'pinia#defineStore()', run: [{ fn: '1', when: 'now' }] },
  ]
}

function reactive(): CatalogRow[] {
  const vue = ['vue', '@vue/reactivity', '@vue/composition-api', '#imports', 'vue-demi', '#app']
  return [
    stored([...calls(vue, 'ref', 'reactive', 'shallowRef', 'shallowReactive', 'customRef'), ...calls('@vueuse/core', 'createGlobalState', 'useStorage', 'useLocalStorage',
      'createSharedComposable')]),
    stored([...svelte, ...calls('svelte', '$state'), 'svelte#$state.raw()']),
    stored([...calls('solid-js', 'createSignal'), ...calls('solid-js/store', 'createStore', 'createMutable')]),
    stored(signals),
    stored([...calls('@angular/core', 'signal')]),
    { path: ['nuxt#useState()', '#imports#useState()', '#app#useState()'], evidence: { question: 'context',
      message: 'shared state of components is kept for each request (useState)' } },
    { path: ['react#cache()'], evidence: { question: 'context', message: 'React cache() holds values for one request' } },
  ]
}

function methods(): CatalogRow[] {
  const on = (bases: string[], names: string[], row: Omit<CatalogRow, 'path'>): CatalogRow => ({ path: bases.flatMap(base => names.map(name => `${base}.${name}`)),
    ...row })
  return [
    on(queryClients, ['setQueryData', 'setQueriesData', 'setDefaultOptions', 'setQueryDefaults', 'setMutationDefaults'], { access: { op: 'write', key: '0',
      value: '1' } }),
    on(queryClients, ['fetchQuery', 'prefetchQuery', 'ensureQueryData', 'fetchInfiniteQuery', 'prefetchInfiniteQuery', 'ensureInfiniteQueryData'],
      { access: { op: 'write', key: '0.queryKey~0' }, run: [{ fn: '0.queryFn~1', when: 'now', result: 'value' }] }),
    on(queryClients, ['getQueryData', 'getQueriesData', 'getQueryState'], { access: { op: 'read', key: '0' } }),
    on(queryClients, ['clear', 'resetQueries'], { access: { op: 'clear' } }),
    on(queryClients, ['removeQueries', 'invalidateQueries'], { access: { op: 'delete', key: '0' } }),
    on(apollo, ['writeQuery', 'writeFragment', 'query', 'mutate', 'restore', 'write'], { access: { op: 'write', value: '0', unless: { arg: '0.fetchPolicy', values: ['no-cache'] } } }),
    on(apollo, ['readQuery', 'readFragment', 'extract'], { access: { op: 'read' } }),
    on(apollo, ['resetStore', 'clearStore'], { access: { op: 'clear' } }),
    on([...reduxLike, ...vuex], ['dispatch', 'commit', 'replaceState', 'replaceReducer'], { access: { op: 'write', value: '0' } }),
    // Thunks: what is dispatched may be a function, which dispatches on.
    on(reduxLike, ['dispatch'], { run: [{ fn: '0', when: 'now', result: 'value', params: ['redux#createStore().dispatch', 'redux#createStore().getState'] }] }),
    on([...reduxLike, ...zustand], ['getState'], { access: { op: 'read' } }),
    // Solid: the second of the pair sets what the first reads.
    on(['solid-js#createSignal()'], ['1'], { access: { op: 'write', value: '0' } }),
    on(['solid-js/store#createStore()'], ['1'], { access: { op: 'write', key: '0', value: 'last' } }),
    on(['solid-js#createSignal()'], ['0'], { access: { op: 'read' } }),
    on(zustand, ['setState'], { access: { op: 'write', value: '0' } }),
    on([...nano, ...svelte], ['set', 'update', 'setKey'], { access: { op: 'write', value: 'last' } }),
    on(svelte, ['subscribe'], { run: [{ fn: '0', when: 'now' }] }),
    on(calls(['jotai', 'jotai/vanilla'], 'createStore', 'getDefaultStore'), ['set'], { access: { op: 'write', key: '0', value: '1' } }),
    on(calls(['jotai', 'jotai/vanilla'], 'createStore', 'getDefaultStore'), ['get'], { access: { op: 'read', key: '0' } }),
    on(calls('xstate', 'createActor', 'interpret'), ['send'], { access: { op: 'write', value: '0' } }),
  ]
}

/** Stores of user interfaces: on a server, one at module level holds the data of every visitor. */
export const ssrStoreRows: CatalogRow[] = [...queries(), ...stores(), ...reactive(), ...methods()]
