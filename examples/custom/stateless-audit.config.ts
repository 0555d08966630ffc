import { defineConfig, defineModel } from 'stateless-audit'
import replicaName from './audit/replica-name.js'

/** What the library of our own does: it counts in process memory unless it is given Redis. */
const limits = defineModel({
  path: '@acme/limits#createLimiter()',
  infra: { kind: 'rate-limit', name: '@acme/limits', external: ['0.redis'], fix: 'pass `redis`, the client of src/redis.ts' },
})

export default defineConfig({
  exclude: ['audit'],
  models: [limits],
  // A value, or the path of a module; a config in JSON or YAML can only name paths.
  customRules: [replicaName, './audit/no-counter.ts'],
  rules: { 'module-mutable-state': 'off' },
})
