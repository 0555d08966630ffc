import type { CatalogRow } from '../../model/catalog.js'

const names = (modules: string[], listed: string): string[] => modules.flatMap(module => listed.split(/\s+/).map(name => `${module}#${name}`))
/** A callback that waits for a browser: a server that renders the component never calls it. */
const neverOf = (path: string[], fn = '0'): CatalogRow => ({ path, run: [{ fn, when: 'never' }] })

const react = ['react', 'preact/hooks', 'preact/compat']
const vue = ['vue', '@vue/composition-api', 'vue-demi', '#imports', '@vue/runtime-core']
const query = ['@tanstack/react-query', '@tanstack/vue-query', '@tanstack/solid-query', '@tanstack/svelte-query', 'react-query']

const reactRows: CatalogRow[] = [
  neverOf(names(react, 'useEffect useLayoutEffect useInsertionEffect useImperativeHandle')),
  { path: names(react, 'useCallback'), returns: 'arg:0', run: [{ fn: '0', when: 'never' }] },
  { path: names(react, 'useMemo'), run: [{ fn: '0', when: 'now', result: 'value' }] },
  { path: names(react, 'useState useReducer'), run: [{ fn: '0', when: 'now' }] },
  { path: names(react, 'useTransition useOptimistic useActionState'), run: [{ fn: '0', when: 'never' }] },
  neverOf(['swr#default', 'swr/immutable#default', 'swr/infinite#default', 'swr/mutation#default'], '1'),
  ...['queryFn', 'mutationFn', 'onSuccess', 'onError', 'onSettled', 'onMutate', 'select'].map(member => neverOf(names(query, 'useQuery useMutation useInfiniteQuery createQuery createMutation'), `0.${member}`)),
  neverOf(['react-hook-form#useForm().handleSubmit', 'react-hook-form#UseFormReturn.new.handleSubmit', '@mantine/form#useForm().onSubmit', 'vee-validate#useForm().handleSubmit']),
  ...['onSubmit', 'onReset'].map(member => neverOf(['formik#useFormik', '@tanstack/react-form#useForm', '@conform-to/react#useForm', 'react-final-form#useForm'], `0.${member}`)),
  { path: names(query, 'useSuspenseQuery useSuspenseInfiniteQuery'), run: [{ fn: '0.queryFn', when: 'now' }] },
]

const vueRows: CatalogRow[] = [
  neverOf(names(vue, 'onMounted onBeforeMount onUpdated onBeforeUpdate onUnmounted onBeforeUnmount onActivated onDeactivated onErrorCaptured onRenderTracked onRenderTriggered')),
  // A watcher runs on a server only where it is immediate.
  neverOf(names(vue, 'watch watchPostEffect'), '1~0'),
  { path: names(vue, 'watchEffect watchSyncEffect onServerPrefetch effectScope().run'), run: [{ fn: '0', when: 'now' }] },
  { path: names(vue, 'computed'), run: [{ fn: '0', when: 'now' }, { fn: '0.get', when: 'now' }, { fn: '0.set', when: 'never' }] },
  { path: names(vue, 'defineComponent').concat(names(['nuxt', '#imports', '#app', 'nuxt/app'], 'defineNuxtComponent')), returns: 'arg:0' },
  neverOf(names(['@vueuse/core', '@vueuse/shared'], 'onClickOutside onKeyStroke onKeyDown onKeyUp onLongPress onStartTyping tryOnMounted tryOnBeforeMount tryOnUnmounted tryOnBeforeUnmount useIntervalFn useTimeoutFn useRafFn')),
  neverOf(names(['@vueuse/core', '@vueuse/shared'], 'watchDebounced watchThrottled watchOnce watchPausable watchIgnorable watchArray whenever debouncedWatch throttledWatch pausableWatch useIntersectionObserver useResizeObserver useMutationObserver useInfiniteScroll'), '1'),
  neverOf(names(['@vueuse/core', '@vueuse/shared'], 'useEventListener'), 'last'),
  neverOf(names(['vue-router', 'nuxt', '#imports'], 'onBeforeRouteLeave onBeforeRouteUpdate')),
  neverOf(names(['nuxt', '#imports', '#app', 'nuxt/app'], 'onNuxtReady onPrehydrate')),
  { path: names(['nuxt', '#imports', '#app', 'nuxt/app'], 'useAsyncData useLazyAsyncData callOnce'), run: [{ fn: '0', when: 'now', result: 'value' }, { fn: '1', when: 'now', result: 'value' }] },
]

const others: CatalogRow[] = [
  neverOf(names(['svelte'], 'onMount beforeUpdate afterUpdate')),
  neverOf(['svelte#$effect', 'svelte#$effect.pre']),
  neverOf(names(['$app/navigation'], 'beforeNavigate afterNavigate onNavigate')),
  neverOf(names(['solid-js'], 'createEffect onMount createReaction')),
  { path: names(['solid-js'], 'createMemo createRenderEffect createComputed createRoot untrack batch'), run: [{ fn: '0', when: 'now', result: 'value' }] },
  { path: names(['solid-js'], 'createResource'), run: [{ fn: '0', when: 'now' }, { fn: '1', when: 'now' }] },
  { path: names(['@solidjs/router'], 'createAsync createAsyncStore'), run: [{ fn: '0', when: 'now', result: 'value' }] },
  neverOf(names(['@builder.io/qwik', '@qwik.dev/core'], 'useVisibleTask$ useOnDocument useOnWindow')),
  { path: names(['@builder.io/qwik', '@qwik.dev/core'], 'component$ $ sync$'), returns: 'arg:0' },
  { path: names(['@builder.io/qwik', '@qwik.dev/core'], 'useTask$ useResource$ useComputed$'), run: [{ fn: '0', when: 'now' }] },
]

/** What components are told of the request that is served: its route, and what was loaded for it. */
const given: CatalogRow[] = [
  { path: names(['@remix-run/react', 'react-router', 'react-router-dom'], 'useLoaderData useActionData useRouteLoaderData useMatches useParams useSearchParams useLocation').map(path => `${path}()`), owned: 'request', identity: 'input' },
  { path: names(['@tanstack/react-router', '@tanstack/solid-router'], 'useLoaderData useParams useSearch useLocation useRouteContext').map(path => `${path}()`), owned: 'request', identity: 'input' },
  { path: [...names(['next/navigation'], 'useSearchParams useParams usePathname'), 'next/router#useRouter'].map(path => `${path}()`), owned: 'request', identity: 'input' },
  { path: names(['nuxt', '#imports', '#app', 'nuxt/app'], 'useFetch useLazyFetch useAsyncData useLazyAsyncData').map(path => `${path}()`), owned: 'request' },
  { path: ['vue#defineProps()', 'svelte#$props()', '@sveltejs/kit#PageData.new', 'vue-router#useRoute()'], owned: 'request' },
  { path: ['$app/state#page', '$app/stores#page'], owned: 'request', identity: 'input' },
  { path: ['solid-js/router#useParams()', '@solidjs/router#useParams()', '@solidjs/router#useSearchParams()', '@solidjs/router#useLocation()'], owned: 'request', identity: 'input' },
]

/** What rendering a component on a server runs, and what it leaves to browsers. */
export const renderingRows: CatalogRow[] = [...reactRows, ...vueRows, ...others, ...given]
