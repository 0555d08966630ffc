import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { discover } from '../../src/input/index.js'

const root = new URL('../../fixtures/deploy/', import.meta.url).pathname
const folders = readdirSync(root).flatMap((format) => readdirSync(join(root, format)).map((side) => `${format}/${side}`))

describe('files of every format are found in a repository', () => {
  it.each(folders)('%s', async (folder) => {
    const found = await discover(join(root, folder))
    const all = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'Chart.yaml')
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1)).sort()
    // Deployment in code is a source by what it imports, not a deployment file by its name.
    const read = folder.startsWith('cdk') ? found.sources : found.deployment
    expect([...read].sort()).toEqual(all)
  })
})
