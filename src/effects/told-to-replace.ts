import type { LibraryCall } from '../link/analysis.js'
import { somePart } from '../link/shape.js'

const REPLACES = /^(update_?existing|replace_?existing|upsert|overwrite|ignore_?(existing|duplicates)|skip_?(existing|duplicates)|if_?not_?exists)$/i

/** `{ body: { members: […], update_existing: true } }`: another service is told that what it has already is to be kept as one. */
export const isToldToReplace = ({ site }: LibraryCall): boolean =>
  site.k === 'call' && site.a.some((arg) => somePart(arg, (x) => x.k === 'obj' && x.m.some(({ n, v }) => n !== undefined && REPLACES.test(n) && v.k === 'lit' && v.v === true)))
