import { posix } from 'node:path'
import type { SourceTree } from './tree.js'

/**
 * Folders (or files) into which Prisma generates its client, by the schemas' `generator` blocks. They are seldom committed,
 * and what stands there is the library's own: an import of them means `@prisma/client`.
 */
export function generatedPrismaClients(schemas: string[], tree: SourceTree): string[] {
  const outputs = schemas.filter(file => file.endsWith('.prisma')).flatMap(file => {
    const blocks = (tree.read(file) ?? '').match(/^\s*generator\s+\w+\s*\{[^}]*\}/gm) ?? []
    return blocks.filter(block => /provider\s*=\s*"prisma-client(?:-js)?"/.test(block)).flatMap(block => {
      const output = /^\s*output\s*=\s*"([^"]+)"/m.exec(block)?.[1]
      return output ? [posix.join(posix.dirname(file), output).replace(/(.)\/$/, '$1')] : []
    })
  })
  return [...new Set(outputs)].filter(output => !output.startsWith('..')).sort()
}
