import type { FileHead } from '../model/facts.js'

export const PM2_FILE = /(^|\/)(ecosystem|pm2|processes)[\w.-]*\.[cm]?[jt]s$/
export const SERVERLESS_FILE = /(^|\/)serverless[\w.-]*\.[cm]?[jt]s$/
const INFRASTRUCTURE = /^(aws-cdk-lib|@aws-cdk|monocdk|cdk8s|cdktf|@cdktf|@pulumi|constructs)(\/|$|-)/

/** Does a file describe machines and services with a library for it? */
export const isInfrastructure = ({ specifiers }: FileHead): boolean => specifiers.some((specifier) => INFRASTRUCTURE.test(specifier))

/** May a source file say how the program is deployed? By its name, or by what it imports. */
export const isDeploymentCode = (path: string, facts: FileHead): boolean => PM2_FILE.test(path) || SERVERLESS_FILE.test(path) || isInfrastructure(facts)

const SST_FILE = /(^|\/)(sst\.config\.[cm]?[jt]s|(infra|stacks)\/[^/]+\.[cm]?[jt]s)$/
const SST = /^(sst|@serverless-stack|@sst)(\/|$)/

/** May a source file name functions as handlers of events? */
export const namesFunctions = (path: string, facts: FileHead): boolean => SST_FILE.test(path) || isInfrastructure(facts) || facts.specifiers.some((specifier) => SST.test(specifier))
