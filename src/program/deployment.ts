import type { DeployFact } from '../model/deploy.js'
import { affinities, appVolumes, environmentValue, singleInstances, topology } from '../deploy/queries.js'

/** What the deployment files of the repository say, as rules ask it. */
export class Deployment {
  constructor(private readonly facts: readonly DeployFact[], /** Were there any files to read? */ readonly read: boolean) {}

  affinities(): ReturnType<typeof affinities> {
    return affinities(this.facts)
  }

  appVolumes(): ReturnType<typeof appVolumes> {
    return appVolumes(this.facts)
  }

  singleInstances(): ReturnType<typeof singleInstances> {
    return singleInstances(this.facts)
  }

  topology(): ReturnType<typeof topology> {
    return topology(this.facts)
  }

  environment(name: string): ReturnType<typeof environmentValue> {
    return environmentValue(this.facts, name)
  }
}
