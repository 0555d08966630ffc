import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import glob from 'fast-glob'
import { afterAll, expect, it, vi } from 'vitest'
// @ts-expect-error -- a script of the build
import { bundleParser } from '../../scripts/bundle-parser.mjs'

const top = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'stateless-audit-parser-'))
afterAll(() => {
  vi.doUnmock('ts-morph')
  rmSync(folder, { recursive: true, force: true })
})

const factsOf = async (files: readonly string[]): Promise<string[]> => {
  vi.resetModules()
  const { extractFacts, extractHead } = await import('../../src/syntax/index.js')
  return files.map((file) => {
    const text = readFileSync(join(top, file), 'utf8')
    const head = extractHead(file, text)
    return `${file} ${JSON.stringify([head, extractFacts(file, text, head)])}`
  })
}

/** What the build leaves out of TypeScript (methods of nodes, `sys`) would show as a fact that is missing or another. */
it('the parser that the build takes out of ts-morph says the same of every file', async () => {
  const files = glob.sync(['fixtures/**/*.{ts,tsx,js,jsx,mts,cts,mjs,cjs,vue,svelte,astro}', 'src/**/*.ts', 'test/**/*.ts'], { cwd: top, dot: true }).sort()
  expect(files.length).toBeGreaterThan(1000)
  const whole = await factsOf(files)
  const parser = join(folder, 'parser.mjs')
  await bundleParser({ from: join(top, 'src/syntax'), to: parser })
  vi.doMock('ts-morph', () => import(pathToFileURL(parser).href))
  expect(readFileSync(parser, 'utf8').length).toBeLessThan(2_000_000)
  const own = await factsOf(files)
  expect(files.filter((_, i) => own[i] !== whole[i])).toEqual([])
})
