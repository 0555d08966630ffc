import type { CatalogRow } from '../../model/catalog.js'

/** Methods by which the client of an API that nobody has looked at makes another object there, or sends something. What lasts for a moment, or stays in the process, is none. */
const MAKES = /^[^#]+#(?:\w*(?:Client|Api|API|Sdk|SDK)(?:\.new|\(\))(?:\.\w+)*|\w+\.new(?:\.\w+)+)\.(?:create|(?!create(?:Or[A-Z]|If[A-Z]))(?!create(?:\w*(?:Client|Instance|Session|Token|Url|URL|Link|Stream|Sign\w*|Transport|Element|Node|Namespaced\w*|(?:Login|Logout|Registration|Recovery|Verification|Settings|Auth)Flow))$)create[A-Z]\w*|(?!\w*(?:Token|Session|Link|Url)Create$)[a-z]\w+Create)$/
/** What is set up under a name of its own, and refused where it is there. */
const NAMED = /(?:ind(?:ex|exes|exe|ices)|(?:schema|database|table|collection|bucket|container|topic|queue|namespace|pipeline|alias)(?:es|s)?)\.create\w*$|(?:Index|Schema|Database|Table|Collection|Bucket|Container|Topic|Queue|Namespace|Pipeline|Alias)(?:Create)?$/
const SENDS = /^[^#]+#\w*(?:Client|Api|API|Sdk|SDK|Mailer|Sender)(?:\.new|\(\))(?:\.\w+)*\.send(E?mail|Sms|SMS|Notification)$/i
const FIX = 'look for the object under a reference of your own first, and remember its id with the request\'s key'

/** What such a call does, by its path and the number of its arguments: the package's own name says where. */
export const madeByUnknown = (path: string, given: number): CatalogRow | undefined => {
  if (given === 0 || /^(?:global#|node:)/.test(path)) return undefined
  const by = path.slice(0, path.indexOf('#'))
  const sends = SENDS.exec(path)?.[1]?.toLowerCase()
  if (sends) return { path, effect: { kind: sends.endsWith('mail') ? 'mail' : sends === 'sms' ? 'sms' : 'push', by, data: '0', fix: FIX } }
  return MAKES.test(path) && !NAMED.test(path) ? { path, effect: { kind: 'create-remote', by, data: '0', fix: FIX } } : undefined
}
