import type { AutoImportRow } from '../model/auto-imports.js'

const nuxt = ['nuxt', 'nuxt3', 'nuxt-edge', 'nuxt-nightly']
/** Nitro, and what brings it along: alone, as a plugin of Vite, under another framework. */
export const nitro = ['nitropack', 'nitro', 'nitropack-edge', 'nitropack-nightly', 'nitro-nightly', 'vite-plugin-with-nitro', '@analogjs/platform', '@analogjs/vite-plugin-nitro']
const code = '{ts,js,mjs,tsx,jsx}'

/** Files of the server part; everything else of a Nuxt project is its application. */
const server = ['server/**', 'src/server/**', 'layers/*/server/**', 'modules/**/runtime/server/**', 'src/runtime/server/**']
const below = (...folders: string[]): string[] =>
  folders.flatMap((folder) => ['', 'app/', 'src/', 'layers/*/', 'layers/*/app/', 'modules/*/runtime/', 'modules/*/runtime/app/', 'src/runtime/', 'src/runtime/app/'].map((base) => `${base}${folder}/**/*.${code}`))

const h3 = 'H3Event H3Error createError appendHeader appendHeaders appendResponseHeader appendResponseHeaders appendCorsHeaders appendCorsPreflightHeaders assertMethod callNodeListener ' +
  'clearResponseHeaders clearSession createApp createAppEventHandler createEvent createEventStream createRouter defaultContentType defineEventHandler defineLazyEventHandler ' +
  'defineNodeListener defineNodeMiddleware defineRequestMiddleware defineResponseMiddleware defineWebSocket defineWebSocketHandler deleteCookie dynamicEventHandler ' +
  'eventHandler fetchWithEvent fromNodeMiddleware fromPlainHandler fromWebHandler getCookie getHeader getHeaders getMethod getProxyRequestHeaders getQuery getRequestFingerprint ' +
  'getRequestHeader getRequestHeaders getRequestHost getRequestIP getRequestPath getRequestProtocol getRequestURL getRequestWebStream getResponseHeader getResponseHeaders ' +
  'getResponseStatus getResponseStatusText getRouterParam getRouterParams getSession getValidatedQuery getValidatedRouterParams handleCacheHeaders handleCors isCorsOriginAllowed ' +
  'isError isEvent isEventHandler isMethod isPreflightRequest isStream isWebResponse lazyEventHandler parseCookies promisifyNodeListener proxyRequest readBody readFormData ' +
  'readMultipartFormData readRawBody readValidatedBody removeResponseHeader sanitizeStatusCode sanitizeStatusMessage sealSession send sendError sendIterable sendNoContent ' +
  'sendProxy sendRedirect sendStream sendWebResponse serveStatic setCookie setHeader setHeaders setResponseHeader setResponseHeaders setResponseStatus splitCookiesString ' +
  'toEventHandler toNodeListener toPlainHandler toWebHandler toWebRequest unsealSession updateSession useBase useSession writeEarlyHints'
const nitropack = 'defineCachedEventHandler cachedEventHandler defineCachedFunction cachedFunction defineNitroPlugin nitroPlugin defineRouteMeta defineNitroErrorHandler defineRenderHandler ' +
  'defineTask runTask getRouteRules useRuntimeConfig useAppConfig useStorage useNitroApp useEvent useDatabase'
const app = 'useState clearNuxtState useFetch useLazyFetch useAsyncData useLazyAsyncData useNuxtData refreshNuxtData clearNuxtData useCookie refreshCookie useRequestEvent useRequestHeaders ' +
  'useRequestHeader useRequestFetch useRequestURL useResponseHeader setResponseStatus useNuxtApp tryUseNuxtApp defineNuxtPlugin definePayloadPlugin defineNuxtRouteMiddleware addRouteMiddleware ' +
  'navigateTo abortNavigation setPageLayout definePageMeta defineNuxtComponent defineNuxtLink defineLazyHydrationComponent defineAppConfig useAppConfig useRuntimeConfig useRoute useRouter ' +
  'useError showError clearError createError isNuxtError useHead useHeadSafe useSeoMeta useServerHead useServerHeadSafe useServerSeoMeta useScript useLoadingIndicator useRouteAnnouncer ' +
  'usePreviewMode useId useRuntimeHook onNuxtReady onPrehydrate callOnce prefetchComponents preloadComponents preloadRouteComponents loadPayload preloadPayload prerenderRoutes ' +
  'reloadNuxtApp updateAppConfig getAppManifest getRouteRules isPrerendered isVue2 isVue3 requestIdleCallback cancelIdleCallback useNuxtDevTools useHydration ' +
  'onBeforeRouteLeave onBeforeRouteUpdate useLink defineNuxtModule useNuxt'
const vue = 'ref reactive computed shallowRef shallowReactive shallowReadonly readonly customRef triggerRef toRef toRefs toRaw toValue unref isRef isReactive isReadonly isProxy isShallow markRaw proxyRefs ' +
  'watch watchEffect watchPostEffect watchSyncEffect onWatcherCleanup effect effectScope getCurrentScope onScopeDispose withCtx withDirectives withKeys withMemo withModifiers withScopeId ' +
  'onActivated onBeforeMount onBeforeUnmount onBeforeUpdate onDeactivated onErrorCaptured onMounted onRenderTracked onRenderTriggered onServerPrefetch onUnmounted onUpdated ' +
  'h defineComponent defineAsyncComponent resolveComponent getCurrentInstance hasInjectionContext inject provide nextTick useAttrs useSlots useCssModule useCssVars useModel useTemplateRef mergeModels ' +
  'Component ComponentPublicInstance VNode Ref'
/** Compiler macros of `<script setup>`. */
const macros = 'defineProps defineEmits defineExpose defineOptions defineSlots defineModel withDefaults definePage'

const vueuse = 'createGlobalState createSharedComposable createEventHook createInjectionState createReusableTemplate createTemplatePromise computedAsync computedEager computedWithControl ' +
  'autoResetRef controlledRef debouncedRef debouncedWatch extendRef ignorableWatch isDefined makeDestructurable onClickOutside onKeyDown onKeyPressed onKeyStroke onKeyUp onLongPress onStartTyping ' +
  'pausableWatch reactify reactifyObject reactiveComputed reactiveOmit reactivePick refAutoReset refDebounced refDefault refThrottled refWithControl resolveRef resolveUnref syncRef syncRefs ' +
  'templateRef throttledRef throttledWatch toReactive tryOnBeforeMount tryOnBeforeUnmount tryOnMounted tryOnScopeDispose tryOnUnmounted unrefElement until useActiveElement useAnimate useArrayFilter ' +
  'useArrayFind useArrayMap useAsyncQueue useAsyncState useBase64 useBreakpoints useBroadcastChannel useBrowserLocation useCached useClipboard useCloned useColorMode useConfirmDialog useCounter ' +
  'useCssVar useCurrentElement useCycleList useDark useDateFormat useDebounce useDebounceFn useDebouncedRefHistory useDeviceOrientation useDevicePixelRatio useDevicesList useDocumentVisibility ' +
  'useDraggable useDropZone useElementBounding useElementHover useElementSize useElementVisibility useEventBus useEventListener useEventSource useFavicon useFileDialog useFileSystemAccess useFocus ' +
  'useFocusWithin useFps useFullscreen useGeolocation useIdle useImage useInfiniteScroll useIntersectionObserver useInterval useIntervalFn useKeyModifier useLastChanged useLocalStorage useMagicKeys ' +
  'useManualRefHistory useMediaControls useMediaQuery useMemoize useMemory useMounted useMouse useMouseInElement useMousePressed useMutationObserver useNetwork useNow useObjectUrl useOnline ' +
  'usePageLeave useParallax useParentElement usePermission usePointer usePointerSwipe usePreferredColorScheme usePreferredDark usePreferredLanguages usePreferredReducedMotion usePrevious useRafFn ' +
  'useRefHistory useResizeObserver useScreenOrientation useScriptTag useScroll useScrollLock useSessionStorage useShare useSorted useSpeechSynthesis useStepper useStorageAsync useStyleTag useSupported ' +
  'useSwipe useTextSelection useTextareaAutosize useThrottle useThrottleFn useThrottledRefHistory useTimeAgo useTimeout useTimeoutFn useTimeoutPoll useTimestamp useTitle useToggle useTransition ' +
  'useUrlSearchParams useVModel useVModels useVibrate useVirtualList useWakeLock useWebNotification useWebSocket useWebWorker useWindowFocus useWindowScroll useWindowSize watchArray watchAtMost ' +
  'watchDebounced watchDeep watchIgnorable watchImmediate watchOnce watchPausable watchThrottled watchTriggerable watchWithFilter whenever noop'

const i18n = 'useI18n useLocalePath useSwitchLocalePath useLocaleHead useLocaleRoute useRouteBaseName useBrowserLocale useCookieLocale useSetI18nParams defineI18nConfig defineI18nLocale defineI18nRoute'
const oauth = ['Apple', 'Atlassian', 'Auth0', 'Authentik', 'AWSCognito', 'AzureB2C', 'BattleDotNet', 'Bluesky', 'Discord', 'Dropbox', 'Facebook', 'Gitea', 'GitHub', 'GitLab', 'Google', 'Hubspot', 'Instagram', 'Kick', 'Keycloak',
  'Line', 'Linear', 'LinkedIn', 'LiveChat', 'Microsoft', 'Okta', 'Ory', 'PayPal', 'Polar', 'RoR', 'Salesforce', 'Seznam', 'Slack', 'Spotify', 'Steam', 'Strava', 'TikTok', 'Twitch', 'VK', 'WorkOS', 'X', 'XSUAA', 'Yandex', 'Zitadel']
const sessions = `setUserSession getUserSession requireUserSession clearUserSession replaceUserSession sessionHooks hashPassword verifyPassword passwordNeedsRehash
  defineWebAuthnRegisterEventHandler defineWebAuthnAuthenticateEventHandler ${oauth.map((name) => `defineOAuth${name}EventHandler oauth${name}EventHandler`).join(' ')}`

/** Names of one module for a part of a project. */
const given = (packages: string[], names: Record<string, string>, part: Omit<AutoImportRow, 'packages' | 'names'> = {}): AutoImportRow => ({ packages, names, ...part })
const inApp = { not: server }
const inServer = { into: server }

/** What Nuxt, Nitro and their modules import by themselves. A row before another wins; the project's own names win over all. */
export const autoImports: AutoImportRow[] = [
  { packages: nuxt, into: server, modules: ['server/utils/**/*.' + code, 'layers/*/server/utils/**/*.' + code, 'shared/{utils,types}/**/*.' + code, 'modules/*/runtime/server/utils/**/*.' + code, 'src/runtime/server/utils/**/*.' + code], configured: 'nitro.imports.dirs' },
  { packages: nuxt, not: server, modules: [...below('composables', 'utils', 'stores'), 'shared/{utils,types}/**/*.' + code], configured: 'imports.dirs' },
  { packages: nitro, modules: ['', 'server/', 'src/server/'].flatMap((base) => [`${base}utils/**/*.${code}`]), configured: 'imports.dirs', config: 'nitro' },
  given(nuxt, { h3, nitropack, ofetch: '$fetch' }, inServer),
  given(nitro, { h3, nitropack, ofetch: '$fetch' }),
  given(nuxt, { nuxt: app, vue: `${vue} ${macros}`, ofetch: '$fetch' }, inApp),
  { packages: ['sails'], modules: ['api/models/**/*.' + code], as: 'waterline#Model', says: { globalId: 'name', identity: 'small' }, on: 'global#sails.models' },
  given(['sails'], { lodash: '_' }),
  given(['svelte'], { svelte: '$state $derived $effect $props $bindable $inspect $host' }, { into: ['**/*.svelte', '**/*.svelte.{ts,js}'] }),
  given(['vue'], { vue: macros }, { into: ['**/*.vue'] }),
  given(['@vueuse/nuxt', '@vueuse/core'], { '@vueuse/core': vueuse }, inApp),
  given(['@nuxtjs/i18n'], { 'vue-i18n': i18n }, inApp),
  given(['@nuxtjs/i18n'], { 'vue-i18n': 'useTranslation' }, inServer),
  given(['@pinia/nuxt'], { pinia: 'defineStore acceptHMRUpdate usePinia storeToRefs' }, inApp),
  given(['@nuxtjs/color-mode', '@nuxt/ui'], { '@nuxtjs/color-mode': 'useColorMode' }, inApp),
  given(['@nuxt/ui', '@nuxt/ui-pro'], { '@nuxt/ui': 'useToast useModal useSlideover useOverlay defineShortcuts extendShortcuts extractShortcuts' }, inApp),
  given(['@nuxt/content'], { '@nuxt/content': 'queryContent queryCollection queryCollectionNavigation queryCollectionItemSurroundings queryCollectionSearchSections fetchContentNavigation useContent serverQueryContent parseContent' }),
  given(['@nuxt/image'], { '@nuxt/image': 'useImage' }, inApp),
  given(['nuxt-auth-utils'], { 'nuxt-auth-utils': sessions }, inServer),
  given(['nuxt-auth-utils'], { 'nuxt-auth-utils': 'useUserSession useWebAuthn' }, inApp),
  given(['@sidebase/nuxt-auth'], { '@sidebase/nuxt-auth': 'useAuth useAuthState' }, inApp),
  { packages: ['@nuxthub/core'], into: server, gathered: { 'hub:db#schema': ['server/db/schema.ts', 'server/db/schema/index.ts', 'server/database/schema.ts', 'server/database/schema/index.ts'] } },
  given(['@nuxthub/core'], { 'hub:db': 'db', 'hub:kv': 'kv', 'hub:blob': 'blob' }, inServer),
  given(['@nuxthub/core'], { '@nuxthub/core': 'hubDatabase hubKV hubBlob hubAI hubBrowser hubCache hubVectorize' }, inServer),
  given(['@nuxtjs/supabase'], { '@nuxtjs/supabase': 'useSupabaseClient useSupabaseUser useSupabaseSession useSupabaseCookieRedirect' }, inApp),
  given(['@nuxtjs/apollo'], { '@nuxtjs/apollo': 'useQuery useLazyQuery useAsyncQuery useMutation useSubscription useApollo useApolloClient' }, inApp),
  given(['@nuxtjs/strapi'], { '@nuxtjs/strapi': 'useStrapi useStrapiUser useStrapiAuth useStrapiClient useStrapiToken' }, inApp),
  given(['@nuxtjs/device'], { '@nuxtjs/device': 'useDevice' }, inApp),
  given(['@vee-validate/nuxt'], { 'vee-validate': 'useForm useField useFieldArray useFormErrors useIsFormValid useSetFormValues' }, inApp),
  given(['nuxt-graphql-client'], { 'nuxt-graphql-client': 'useGql GqlError useAsyncGql useGqlHost useGqlToken' }),
]
