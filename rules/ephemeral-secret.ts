import { defineRule } from '../src/rule.js'

/** Signing secrets and key pairs that are made at start-up. */
export const rule = defineRule({
  id: 'ephemeral-secret',
  question: 'auth',
  alsoAffects: ['scaling'],
  severity: 'error',
  summary: 'A secret or key pair is generated at start-up',
  why: 'Each replica signs with its own key, and a restart makes a new one: tokens and cookies of one are rejected by the next.',
  fix: 'Read the secret from the environment or a key service, and fail at start-up when it is missing.',
  example: { bad: "const secret = process.env.SECRET ?? crypto.randomBytes(32).toString('hex')", good: "const secret = required(process.env.SECRET)" },
  messages: {
    made: '{what} is generated at start-up and used as a secret; tokens of one replica are rejected by another and after a restart',
    onDemand: '{what} is generated when it is first needed and used as a secret; tokens of one replica are rejected by another and after a restart',
  },
  *check(program) {
    for (const { site, name, onDemand } of program.startupSecrets()) yield { at: site, symbol: name, message: onDemand ? 'onDemand' : 'made', data: { what: `\`${name}\`` } }
  },
})
