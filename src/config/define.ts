import type { Config } from './schema.js'

export { defineModel, defineRule } from '../rule.js'

/** Types a config in an editor: `export default defineConfig({ … })`. */
export function defineConfig(config: Config): Config {
  return config
}
