import type { CatalogRow } from '../../model/catalog.js'

const chain = 'express-validator#Chain.new'
const modules = ['express-validator', 'express-validator/check', 'express-validator/filter']
const makers = ['body', 'check', 'param', 'query', 'header', 'cookie', 'buildCheckFunction()', 'sanitize', 'sanitizeBody', 'sanitizeParam', 'sanitizeQuery', 'sanitizeCookie']
const of = (names: string[]): string[] => modules.flatMap(module => names.map(name => `${module}#${name}`))

/** Validators that stand in front of a handler: what their own functions refuse, the handler learns by asking. */
export const validatorRows: CatalogRow[] = [
  { path: of(makers), returns: chain },
  { path: `${chain}.*`, returns: 'this' },
  { path: `${chain}.custom`, validates: '0', run: [{ fn: '0', when: 'request', params: [''] }] },
  { path: `${chain}.customSanitizer`, run: [{ fn: '0', when: 'request', params: [''] }] },
  { path: of(['checkSchema']), returns: chain, validates: '0{}.custom.options', run: [{ fn: '0{}.custom.options', when: 'request', params: [''] }] },
  { path: of(['validationResult', 'validationResult.withDefaults()']), asksValidation: true },
]
