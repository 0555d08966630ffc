// `node scripts/release-check.mjs v1.2.3`: may this tag be published? `--notes` prints its section of the changelog.
import { readFileSync } from 'node:fs'

const notes = process.argv.includes('--notes')
const tag = process.argv.slice(2).find((arg) => !arg.startsWith('--')) ?? ''
const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'))
const sections = new Map(readFileSync('CHANGELOG.md', 'utf8').split(/^## /m).slice(1).map((text) => {
  const [title = '', ...lines] = text.split('\n')
  return [title.split(' ')[0], lines.join('\n').trim()]
}))

const problems = [
  ...(tag === `v${version}` ? [] : [`the tag is '${tag}', package.json says ${version}: tag v${version}, or change the version`]),
  ...(sections.get(version) ? [] : [`CHANGELOG.md has no section '## ${version}': rename 'Unreleased'`]),
  ...(sections.get('Unreleased') ? ["CHANGELOG.md has entries under 'Unreleased': move them to the version"] : []),
  ...(repository ? [] : ["package.json has no 'repository', which provenance needs: name the repository that this workflow runs in"]),
]

if (notes) process.stdout.write(`${sections.get(tag.replace(/^v/, '')) ?? ''}\n`)
else if (problems.length > 0) {
  for (const problem of problems) process.stderr.write(`release: ${problem}\n`)
  process.exitCode = 1
} else process.stdout.write(`${tag} may be published\n`)
