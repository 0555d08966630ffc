/** Takes access paths and argument paths of the catalog apart. */

export const moduleOf = (path) => path.slice(0, path.indexOf('#'))

export function packageOf(path) {
  const module = moduleOf(path)
  if (/^(global$|node:|#|@ioc:|bun:)/.test(module)) return undefined
  const parts = module.split('/')
  return module.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]
}

/** `Store.new.get` → ['Store', '.new', 'get'], calls as '()'. */
export const stepsOf = (path) => path.slice(path.indexOf('#') + 1).match(/\(\w*\)|\.new\b|[^.()]+/g) ?? []

/** Argument paths that a row names: options that must exist. */
export function optionsOf(row) {
  const { session, infra, container, memo, disk, embedded, store } = row
  const named = [
    ...(session?.store ?? []), session?.driver?.arg, ...(infra?.external ?? []), infra?.driver?.arg, infra?.when,
    ...[container?.bounded, container?.ttl].flat().filter((one) => typeof one === 'string'), container?.off?.arg, memo?.key, memo?.external,
    disk?.path, ...(disk?.when ?? []), ...(disk?.unless ?? []), embedded?.location, embedded?.when?.arg, store?.client,
  ]
  return named.filter((one) => typeof one === 'string').flatMap((one) => one.split('~')).filter((one) => /[a-z]{2,}/i.test(one.replace(/^(last|this)/, '')))
}

/** `0.cache.store` → the place of the argument and the names below it. */
export function argumentOf(option) {
  const [head, ...names] = option.match(/^(?:\d+|last|this|made\.\d+)|\(\)|\[[^\]]*\]|\{[^}]*\}|[^.[\]{}()]+/g) ?? []
  return { index: head === 'last' ? -1 : Number(head), names }
}
