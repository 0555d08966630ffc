import type { CatalogRow } from '../../model/catalog.js'

const auths = ['next-auth#default', 'next-auth#NextAuth', '@auth/sveltekit#SvelteKitAuth', '@auth/solid-start#SolidStartAuth', '@auth/qwik#QwikAuth$', '@auth/express#ExpressAuth', '@auth/core#Auth']
/** Their functions are kept until somebody logs in. */
const kinds = ['credentials', 'email', 'nodemailer', 'resend', 'sendgrid', 'postmark', 'mailgun', 'loops', 'passkey', 'webauthn']
const providers = ['next-auth', '@auth/core', '@auth/sveltekit', '@auth/express'].flatMap(name => kinds.flatMap(kind => [`${name}/providers/${kind}#default`, `${name}/providers/${kind}#${kind[0]?.toUpperCase()}${kind.slice(1)}`]))
const asked = ['authorize', 'sendVerificationRequest']
const hooks = ['0', '1', '2'].flatMap(arg => [...asked.map(name => `${arg}.providers[].${name}`), `${arg}.callbacks{}`, `${arg}.events{}`])

/** Its strategies are told what to do with what was sent (`new FormStrategy(async ({ form }) => …)`). */
const remixAuth: CatalogRow[] = [
  { path: 'remix-auth#Authenticator.new.use', returns: 'this', entry: { kind: 'middleware', path: '1', handlers: ['0.@0', '0.@1'], params: ['passport#Given.new', 'passport#Given.new'] } },
]

/** Auth.js: its routes call what the config holds; `signIn` of the config does so too. */
export const authJsRows: CatalogRow[] = [
  ...remixAuth,
  { path: providers, returns: 'arg:0' },
  { path: auths, run: hooks.map(fn => ({ fn, when: 'request' as const })) },
  { path: auths.map(path => `${path}()`), answers: { method: 'POST', each: '0.providers[]', fn: 'authorize', name: 'id', unnamed: 'credentials', path: 'callback/*' } },
  { path: auths.map(path => `${path}().signIn`), run: [{ fn: 'made.0.providers[id=0|credentials].authorize', when: 'now' }] },
]
