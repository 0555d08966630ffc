// Puts a real report of examples/shop between the markers of README.md. `--check` only compares.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const START = '<!-- report:start -->'
const END = '<!-- report:end -->'
const repo = fileURLToPath(new URL('..', import.meta.url))
const readme = `${repo}README.md`

function report() {
  const args = ['bin/stateless-audit.js', 'examples/shop', '--no-cache', '--no-config', '--no-color', '--exit-zero']
  const env = { ...process.env, COLUMNS: '100', NO_COLOR: '1', CI: 'true', FORCE_HYPERLINK: '0' }
  delete env.FORCE_COLOR
  return execFileSync('node', args, { cwd: repo, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trimEnd()
}

const text = readFileSync(readme, 'utf8')
const [before, rest] = text.split(START)
const after = rest.split(END)[1]
const fresh = `${before}${START}\n\`\`\`text\n${report()}\n\`\`\`\n${END}${after}`
if (process.argv.includes('--check')) {
  if (fresh !== text) {
    process.stderr.write('README.md shows an old report; run `npm run docs`\n')
    process.exitCode = 1
  }
} else writeFileSync(readme, fresh)
