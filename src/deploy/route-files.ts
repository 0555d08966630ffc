import type { DeployedHandler } from '../model/handlers.js'

/** Routes that a file beside their handlers describes: `route.json` with a path and its methods; the modules of the folder answer in turn. */
export const handlersBeside = (path: string, text: string, sources: readonly string[]): DeployedHandler[] => {
  const described = parsed(text)
  const route = described['path']
  if (typeof route !== 'string' || !route.startsWith('/')) return []
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const methods = [described['methods'] ?? described['method'] ?? 'GET'].flat().filter((method): method is string => typeof method === 'string')
  const files = sources.filter((file) => file.startsWith(folder) && !file.slice(folder.length).includes('/')).sort()
  return methods.flatMap((method) => files.map((file): DeployedHandler => ({
    file: file.replace(/\.\w+$/, ''), export: 'default', name: folder.split('/').at(-2) ?? 'route', event: 'route', method: method.toUpperCase(), path: route, group: `${path} ${method}`,
  })))
}

const parsed = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
