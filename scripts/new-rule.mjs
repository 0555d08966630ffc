// `npm run new-rule my-rule`: a rule and two fixtures to start from. Overwrites nothing.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repo = fileURLToPath(new URL('..', import.meta.url))
const id = process.argv[2] ?? ''

const handler = (line) => `import express from 'express'

const app = express()
${line}
app.listen(3000)
`

const files = {
  [`rules/${id}.ts`]: `import { defineRule } from '../src/rule.js'

export default defineRule({
  id: '${id}',
  question: 'context',
  alsoAffects: [],
  severity: 'warning',
  summary: 'what it reports, in one line',
  why: 'What a client sees with two replicas, after a restart, or after a repeated request.',
  fix: 'What to do instead.',
  messages: {},
  *check(program) {
    // Ask the program and yield findings.
  },
})
`,
  [`fixtures/rules/${id}/fires/app.ts`]: handler(`app.get('/', (req, res) => res.send('change me so that it fires')) // want ${id} ""`),
  [`fixtures/rules/${id}/silent/app.ts`]: handler("app.get('/', (req, res) => res.send('change me into what only looks like it'))"),
}

function fail(message) {
  process.stderr.write(`new-rule: ${message}\n`)
  process.exitCode = 2
}

const taken = Object.keys(files).find((path) => existsSync(join(repo, path)))
if (!/^[a-z]+(-[a-z]+)*$/.test(id)) fail('name the rule in kebab-case: npm run new-rule my-rule')
else if (taken) fail(`${taken} is there already`)
else {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repo, path)), { recursive: true })
    writeFileSync(join(repo, path), text)
    process.stdout.write(`${path}\n`)
  }
  process.stdout.write('next: write check, then npm run generate && npm test\n')
}
