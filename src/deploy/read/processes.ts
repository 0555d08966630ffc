import { wordLines } from '../lex/lines.js'
import { envFact, factBase } from '../source.js'
import type { Reading } from '../source.js'

/** Procfile: process types run as many times as the platform is told; variables in front of a command are committed values. */
export function readProcfile(reading: Reading): void {
  for (const line of wordLines(reading.source.text)) {
    const name = /^([\w-]+):$/.exec(line.words[0]?.text ?? '')?.[1]
    if (!name) continue
    if (name === 'web') reading.facts.push({ kind: 'platform', ...factBase(reading, 'heroku', line, 'web', name), platform: 'paas', name: 'Procfile' })
    for (const word of line.words.slice(1)) {
      const [, variable, value] = /^([A-Z_][A-Z0-9_]*)=(.*)$/.exec(word.text) ?? []
      if (!variable) break
      reading.facts.push(envFact(reading, 'heroku', word, variable, value, name))
    }
  }
}

const RUNS_APP = /\b(node|nodejs|npm|pnpm|yarn|bun|deno|tsx|pm2)\b/

/** A systemd unit that starts a Node program: one process, its environment, and the state folder it asks for. */
export function readSystemd(reading: Reading): void {
  const lines = wordLines(reading.source.text, '#;')
  const start = lines.find((line) => line.words[0]?.text.startsWith('ExecStart='))
  if (!start || !RUNS_APP.test(reading.source.text.slice(start.start, start.end))) return
  const unit = reading.source.path.split('/').at(-1)?.replace(/\.service$/, '') ?? ''
  if (!unit.endsWith('@')) reading.facts.push({ kind: 'replicas', ...factBase(reading, 'systemd', start, 'ExecStart', unit), count: 1, autoscaled: false })
  for (const line of lines) {
    const text = reading.source.text.slice(line.start, line.end)
    const state = /^StateDirectory=(\S+)/.exec(text)?.[1]
    if (state) reading.facts.push({ kind: 'volume', ...factBase(reading, 'systemd', line, 'StateDirectory', unit), volume: 'hostPath', target: `/var/lib/${state}`, readOnly: false, holds: 'state', owner: 'unit' })
    if (!text.startsWith('Environment=')) continue
    for (const match of text.slice('Environment='.length).matchAll(/"?([A-Za-z_]\w*)=([^"\s]*)"?/g)) {
      reading.facts.push(envFact(reading, 'systemd', line, match[1] ?? '', match[2], unit))
    }
  }
}

/** `.env` files: `NAME=value`, quotes and `export` allowed; the rest of a line after ` #` is a comment. */
export function readEnvFile(reading: Reading): void {
  for (const match of reading.source.text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[^\r\n]*)/gm)) {
    const [whole, name = '', raw = ''] = match
    const value = /^["']/.test(raw) ? raw.slice(1, -1) : raw.replace(/(^|\s)#.*$/, '').trim()
    const start = match.index + whole.indexOf(name)
    const fact = envFact(reading, 'env-file', { start, end: match.index + whole.trimEnd().length }, name, value)
    reading.facts.push({ ...fact, origin: 'env-file' })
  }
}
