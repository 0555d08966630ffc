// Puts the files that docs/api.md names (`<!-- file: path -->`) below their marks. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const repo = fileURLToPath(new URL('..', import.meta.url))
const page = `${repo}docs/api.md`
const text = readFileSync(page, 'utf8')
const fresh = text.replace(/(<!-- file: (\S+) -->)\n(?:\n```ts\n[\s\S]*?\n```\n)?/g, (_, mark, file) => `${mark}\n\n\`\`\`ts\n${readFileSync(repo + file, 'utf8').trim()}\n\`\`\`\n`)
if (process.argv.includes('--check')) {
  if (fresh !== text) {
    process.stderr.write('docs/api.md shows old files; run `npm run docs`\n')
    process.exitCode = 1
  }
} else writeFileSync(page, fresh)
