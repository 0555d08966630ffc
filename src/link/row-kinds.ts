import type { MergedRow } from './catalog-index.js'

export const withoutResult = (row: MergedRow): MergedRow => {
  const { returns: _, ...rest } = row
  return rest
}

/** Decorators that a function of the project puts together must keep what they were given. */
export const isDecorator = (row: MergedRow | undefined): boolean => row !== undefined && (row.component !== undefined || row.entries.some((entry) => entry.decorator))

const KEPT = ['container', 'infra', 'store', 'embedded', 'session', 'prefix', 'client', 'bag'] as const

/** Objects that matter as themselves: each call makes one of its own. */
export const isKept = (row: MergedRow | undefined): boolean => row !== undefined && KEPT.some((facet) => row[facet] !== undefined)
