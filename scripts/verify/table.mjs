/** The outcome of a check, for people. */

const names = (paths, by) => Object.entries(paths).filter(([, one]) => one.by === by).map(([path]) => path.slice(path.indexOf('#') + 1))
const short = (list) => (list.length > 6 ? `${list.slice(0, 6).join(', ')} and ${list.length - 6} more` : list.join(', ')) || '–'

/** A path that no version has, of a package of which others are there. */
export function nowhere({ versions }) {
  const all = Object.values(versions)
  return Object.keys(all[0] ?? {}).filter((path) => all.every((paths) => paths[path].by === 'absent'))
}

export function optionsNowhere({ versions }) {
  const found = new Map()
  for (const paths of Object.values(versions)) for (const [path, { options }] of Object.entries(paths)) for (const [option, by] of Object.entries(options)) {
    const key = `${path} ${option}`
    found.set(key, found.get(key) === true || by !== 'absent')
  }
  return [...found].filter(([, there]) => !there).map(([key]) => key)
}

/** The rows that a table had, by their packages. */
export const rowsOf = (text) => text.split('\n').filter((line) => /^\| [@\w]/.test(line) && line.split(' | ').length > 4 && !line.startsWith('| package')).map((line) => [line.slice(2, line.indexOf(' | ')), line])

export function table(result, missed, without, kept = [], on) {
  const fresh = Object.entries(result).map(([pack, one]) => {
    const all = Object.values(one.versions)
    const count = (by) => new Set(all.flatMap((paths) => names(paths, by))).size
    const options = all.flatMap((paths) => Object.values(paths).flatMap(({ options: named }) => Object.values(named)))
    return `| ${pack} | ${Object.keys(one.versions).join(', ')} | ${one.families.join(', ')} | ${count('types')} | ${count('text')} | ${short(nowhere(one).map((path) => `\`${path.slice(path.indexOf('#') + 1)}\``))} | ${options.filter((by) => by === 'types').length} / ${options.filter((by) => by === 'text').length} | ${optionsNowhere(one).map((key) => `\`${key}\``).join(', ') || '–'} | ${one.defaults.map(({ file, means }) => `${means} (${file})`).join('; ') || '–'} |`
  })
  const lines = [...rowsOf(fresh.join('\n')), ...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
  return `# What the catalog says, checked against the packages

Written by \`node scripts/verify-catalog.mjs\`${on ? ` on ${on}` : ''}, which reads packages and runs nothing of them. *By types*: the export and its members exist in the package's own
types (or in \`@types\`); *by text*: all names of the path are words of its sources, no more. *Not there*: paths that no version checked has; they stand for older versions, which a row names
too, unless another column says otherwise. *Options*: found in the types / in the text.

| package | versions | families | paths by types | by text | not there | options | options not there | default seen in the sources |
|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}

## Without a row

Packages that were looked at and have no row, and why; those that the registry does not have are named too.

| package | why |
|---|---|
${without.map(({ package: pack, why }) => `| ${pack} | ${why} |`).join('\n')}
${missed.length > 0 ? `\nDefaults that were not found: ${missed.map(({ package: pack, means }) => `${pack}: ${means}`).join('; ')}\n` : ''}`
}
