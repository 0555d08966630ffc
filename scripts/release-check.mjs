// `node scripts/release-check.mjs`: may what stands here be published? `--sync` names the version of package.json where others repeat it (part of `npm run release:version`).
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'))
/** Files that name the version beside package.json, and how. */
const repeated = [['action.yml', /(Version of the package[^\n]*\n\s+default: )(\S+)/]]
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

const problems = () => {
  const titles = new Set([...read('CHANGELOG.md').matchAll(/^## (\S+)/gm)].map(([, title]) => title))
  const waiting = existsSync('.changeset') ? readdirSync('.changeset').filter((file) => file.endsWith('.md') && file !== 'README.md') : []
  return [
    ...(titles.has(version) ? [] : [`CHANGELOG.md has no section '## ${version}': \`npm run release:version\` writes it from the changesets`]),
    ...(titles.has('Unreleased') ? ["CHANGELOG.md has a section 'Unreleased': name it by the version"] : []),
    ...(waiting.length > 0 ? [`${waiting.length} changeset${waiting.length > 1 ? 's wait' : ' waits'} (${waiting[0]}): merge the pull request that \`changeset version\` made first`] : []),
    ...(repository ? [] : ["package.json has no 'repository', which provenance needs: name the repository that the workflow runs in"]),
    ...repeated.filter(([file, pattern]) => (pattern.exec(read(file))?.[2] ?? version) !== version).map(([file]) => `${file} names another version than package.json (${version}): node scripts/release-check.mjs --sync`),
  ]
}

if (process.argv.includes('--sync')) {
  for (const [file, pattern] of repeated) writeFileSync(file, read(file).replace(pattern, `$1${version}`))
} else {
  const found = problems()
  for (const problem of found) process.stderr.write(`release: ${problem}\n`)
  if (found.length > 0) process.exitCode = 1
  else process.stdout.write(`${version} may be published\n`)
}
