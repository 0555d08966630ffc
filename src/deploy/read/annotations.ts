import type { AffinityFact, ServiceRole } from '../../model/deploy.js'
import { entrySpan, factBase } from '../source.js'
import type { Reading } from '../source.js'
import type { Entry } from '../tree.js'
import { textAt } from '../tree.js'

type Pin = Pick<AffinityFact, 'by' | 'what'>

/** Annotations (and Helm values or labels of that name) that pin clients to an instance. */
const PINS: readonly { key: RegExp; value: RegExp; pin: (value: string) => Pin }[] = [
  { key: /^nginx\.ingress\.kubernetes\.io\/affinity$/, value: /^cookie$/i, pin: () => ({ by: 'cookie', what: 'a cookie of the ingress' }) },
  { key: /^nginx\.ingress\.kubernetes\.io\/upstream-hash-by$/, value: /\$(remote_addr|binary_remote_addr|http_x_forwarded_for|cookie_|http_|arg_|server_name)/i, pin: hashPin },
  { key: /^nginx\.org\/(sticky-cookie-services)$/, value: /./, pin: () => ({ by: 'cookie', what: 'a cookie of the ingress' }) },
  { key: /^nginx\.org\/lb-method$/, value: /ip_hash|hash \$(remote_addr|cookie_)/, pin: (value) => (/cookie/.test(value) ? { by: 'cookie', what: 'a cookie' } : clientAddress) },
  { key: /^alb\.ingress\.kubernetes\.io\/target-group-attributes$/, value: /stickiness\.enabled=true/i, pin: (value) => (/type=source_ip/i.test(value) ? clientAddress : { by: 'cookie', what: 'a cookie of the load balancer' }) },
  { key: /^service\.beta\.kubernetes\.io\/aws-load-balancer-target-group-attributes$/, value: /stickiness\.enabled=true/i, pin: () => clientAddress },
  { key: /^alb\.ingress\.kubernetes\.io\/actions\.[\w.-]+$/, value: /targetGroupStickinessConfig[\s\S]*"?enabled"?:\s*true/i, pin: () => ({ by: 'cookie', what: 'a cookie of the load balancer' }) },
  { key: /^traefik\.(ingress\.kubernetes\.io\/(service\.sticky\.cookie|affinity)|io\/affinity)$/, value: /^true$/i, pin: () => ({ by: 'cookie', what: 'a cookie of Traefik' }) },
  { key: /^(ingress\.kubernetes\.io|haproxy-ingress\.github\.io)\/affinity$/, value: /^cookie$/i, pin: () => ({ by: 'cookie', what: 'a cookie of the ingress' }) },
  { key: /^haproxy\.org\/cookie-persistence$/, value: /./, pin: (value) => ({ by: 'cookie', what: `the cookie "${value}"` }) },
  { key: /^(haproxy\.org\/load-balance|(haproxy-ingress\.github\.io|ingress\.kubernetes\.io)\/balance-algorithm)$/, value: /^source/i, pin: () => clientAddress },
  { key: /^appgw\.ingress\.kubernetes\.io\/cookie-based-affinity$/, value: /^true$/i, pin: () => ({ by: 'cookie', what: 'a cookie of Application Gateway' }) },
  { key: /^run\.googleapis\.com\/sessionAffinity$/, value: /^true$/i, pin: () => ({ by: 'cookie', what: 'a cookie of Cloud Run' }) },
  { key: /^service\.beta\.kubernetes\.io\/do-loadbalancer-sticky-sessions-type$/, value: /^cookies$/i, pin: () => ({ by: 'cookie', what: 'a cookie of the load balancer' }) },
  { key: /^loadbalancer\.openstack\.org\/session-persistence$|^service\.beta\.kubernetes\.io\/(linode-loadbalancer-default-proxy-)?sticky-sessions$/, value: /./, pin: () => clientAddress },
  { key: /^konghq\.com\/hash-on$/, value: /^(ip|cookie|header|consumer)$/i, pin: (value) => (value === 'cookie' ? { by: 'cookie', what: 'a cookie' } : value === 'ip' ? clientAddress : { by: 'header', what: `the ${value}` }) },
  { key: /^(ingress\.kubernetes\.io|projectcontour\.io)\/session-affinity$/, value: /^(true|cookie)$/i, pin: () => ({ by: 'cookie', what: 'a cookie of the ingress' }) },
]

export const clientAddress: Pin = { by: 'client-ip', what: "the client's address" }

/** What a hashed variable of nginx stands for. */
export function hashPin(value: string): Pin {
  const cookie = /\$cookie_(\w+)/.exec(value)?.[1]
  if (cookie) return { by: 'cookie', what: `the cookie "${cookie}"` }
  const query = /\$arg_(\w+)/.exec(value)?.[1]
  if (query) return { by: 'query', what: `the parameter "${query}"` }
  if (/\$(binary_)?remote_addr|forwarded_for|real_ip/i.test(value)) return clientAddress
  const header = /\$http_(\w+)/.exec(value)?.[1]
  return { by: 'header', what: header ? `the header "${header.replaceAll('_', '-')}"` : value }
}

/** Adds the fact of an annotation that pins. */
export function readAnnotation(reading: Reading, entry: Entry, workload: string | undefined, role: ServiceRole, format: 'kubernetes' | 'helm' | 'kustomize'): void {
  const value = textAt(entry.value)
  const row = value === undefined ? undefined : PINS.find(({ key, value: accepted }) => key.test(entry.key) && accepted.test(value))
  if (row && value !== undefined) reading.facts.push({ kind: 'affinity', ...factBase(reading, format, entrySpan(entry), entry.key, workload, role), ...row.pin(value) })
}

/** Does a label of Traefik (1 or later) switch stickiness on? */
export const stickyLabel = (name: string, value: string): boolean =>
  (/^traefik\.(http|tcp)\.services\.[^.]+\.loadbalancer\.sticky(\.cookie(\.\w+)?)?$/i.test(name) || /^traefik\.(backend\.)?loadbalancer\.(sticky|stickiness(\.cookieName)?)$/i.test(name))
  && !/^false$/i.test(value)
