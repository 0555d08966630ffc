/** Pages of rules lie in the package, so each published version has its own on the web. */
const PUBLISHED = 'https://unpkg.com/stateless-audit'
const FOLDER = 'docs/rules'

/** Address of a rule's page. */
export const pageAddress = (rule: string, version: string): string => `${PUBLISHED}@${version}/${FOLDER}/${rule}.md`

/** The same page in the package that runs: it opens without a network. */
export const pageInPackage = (address: string): string | undefined => (address.startsWith(`${PUBLISHED}@`) ? address.slice(address.indexOf(FOLDER)) : undefined)
