import { expect, it } from 'vitest'
import { audit } from '../../src/index.js'

it('limits in front of a login are an error, whatever they are called', async () => {
  const { findings } = await audit({ root: 'fixtures/rules/in-memory-rate-limit/at-login', config: false })
  expect(findings.map(({ rule, severity, location }) => [rule, severity, location.line])).toEqual([
    ['in-memory-rate-limit', 'error', 5],
    ['in-memory-rate-limit', 'warning', 6],
    ['in-memory-rate-limit', 'error', 10],
  ])
})
