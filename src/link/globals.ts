import { CLOCKS, PLATFORM_GLOBALS } from '../catalog/packages.js'

/** Names that the language or the runtime provides. Everything else that a file does not bind is a project's own global. */
const BUILTINS = new Set((
  'Array Object String Number Boolean Symbol BigInt Function Math JSON Date RegExp Error TypeError RangeError SyntaxError EvalError ReferenceError URIError AggregateError ' +
  'Map Set WeakMap WeakSet WeakRef FinalizationRegistry Promise Proxy Reflect Intl Atomics SharedArrayBuffer ArrayBuffer DataView Iterator ' +
  'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array ' +
  'process console require Buffer __dirname __filename setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask structuredClone ' +
  'fetch Request Response Headers FormData Blob File URL URLSearchParams AbortController AbortSignal Event EventTarget CustomEvent MessageChannel MessagePort BroadcastChannel ' +
  'TextEncoder TextDecoder ReadableStream WritableStream TransformStream CompressionStream DecompressionStream crypto Crypto performance WebSocket Worker caches ' +
  'parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape eval atob btoa NaN Infinity ' +
  'Deno Bun EdgeRuntime WebAssembly navigator document localStorage sessionStorage alert location history '
).split(' '))

/** A global in which a framework that the package depends on keeps the time. */
export const isClock = (name: string, dependencies: () => Record<string, unknown>): boolean => Object.hasOwn(CLOCKS, name) && (CLOCKS[name] ?? []).some((framework) => framework in dependencies())
export const isPlatformGlobal = (name: string): boolean => PLATFORM_GLOBALS.has(name)
export const isBuiltinGlobal = (name: string): boolean => BUILTINS.has(name)
