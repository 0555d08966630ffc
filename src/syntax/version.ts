/** The TypeScript that ts-morph bundles. A constant, so that a warm run makes its cache key without loading a parser. */
export const TYPESCRIPT_VERSION = '6.0.2'
