import type { Finding } from '../model/finding.js'
import type { Location, Site } from '../model/site.js'
import type { Program } from '../program/program.js'
import type { Rule } from '../rule.js'

/** Findings about the deployment itself: there is nothing to join them with. */
const ABOUT_DEPLOYMENT = new Set(['sticky-routing', 'local-volume', 'single-instance-deployment'])
/** Wrong however many instances run, or no matter of instances: what is left of the questions after these is state, stores and sockets. */
const REGARDLESS = new Set(['cookie-session-auth', 'public-cache-of-private-response', 'readonly-filesystem'])

const dependsOnReplicas = (rule: Rule): boolean =>
  !ABOUT_DEPLOYMENT.has(rule.id) && !REGARDLESS.has(rule.id) && (rule.alsoAffects.includes('scaling') || ['session', 'scaling', 'auth'].includes(rule.question))

export interface Join {
  rules: readonly Rule[]
  /** Did every rule run? Only then does silence say that nothing needs an affinity. */
  allRan: boolean
  /** Sites of findings, before they became locations. */
  siteOf: ReadonlyMap<Finding, Site>
  locate(site: Site): Location
}

/** Joins findings with what the deployment files say: live, masked, latent or unknown; and affinity that nothing needs. */
export const joinDeployment = (program: Program, findings: readonly Finding[], { rules, allRan, siteOf, locate }: Join): void => {
  const joined = new Set(rules.filter(dependsOnReplicas).map((rule) => rule.id))
  const dependent = findings.filter((finding) => joined.has(finding.rule))
  for (const finding of dependent) {
    const { verdict, why, fact } = program.deploy.verdictFor(finding.location.file)
    const location = fact && locate(fact.site)
    finding.deployment = { verdict, why, ...(location ? { location } : {}) }
    if (verdict === 'masked' && fact && location) finding.related.push({ message: `${fact.key} hides it`, location })
  }
  if (!allRan || program.entries.length === 0) return
  for (const finding of findings) {
    const site = finding.rule === 'sticky-routing' ? siteOf.get(finding) : undefined
    if (site && !dependent.some((other) => program.deploy.isAbout(site, other.location.file))) finding.fix = 'Remove it: nothing that was found in the code needs it.'
  }
}
