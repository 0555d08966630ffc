import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { somePart } from '../link/shape.js'

/** `appendFile(auditLogPath, line)`, `appendFile(join(root, 'logs', logName), line)`: lines of a log are nobody's data. */
export const appendsToLog = ({ inst, site, path }: LibraryCall): boolean => APPENDS.test(path) && site.k === 'call' && site.a[0] !== undefined && isCalledLog(inst, site.a[0])

const isCalledLog = ({ unit }: Instance, path: Expr): boolean => somePart(path, (x) => {
  if (x.k === 'ref' || x.k === 'mem') return LOG_NAME.test(x.k === 'mem' ? x.n : unit.facts.bindings[x.b]?.n ?? '')
  return x.k === 'lit' ? LOG_FILE.test(String(x.v)) : x.k === 'tpl' && LOG_FILE.test(x.q.at(-1) ?? '')
})

/** `fs.writeSync(1, line)`: what the process was started with, no file. */
export const writesToStream = ({ path, site }: LibraryCall): boolean =>
  /#writev?(Sync)?$/.test(path) && site.k === 'call' && ((site.a[0]?.k === 'lit' && typeof site.a[0].v === 'number') || (site.a[0]?.k === 'mem' && site.a[0].n === 'fd'))
const LOG_FILE = /\.log$/i
const APPENDS = /[#.]appendFile(Sync)?$/
const LOG_NAME = /(^|_|[a-z])[Ll]og_?([Ff]ile)?_?([Pp]ath|[Ff]ile|[Nn]ame)$/
