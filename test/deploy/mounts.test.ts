import { describe, expect, it } from 'vitest'
import { holdsOf, isDataPath } from '../../src/deploy/mounts.js'

describe('what a mount holds', () => {
  it('is data where the last part of the path says so, hidden or not', () => {
    expect(['/app/data', '/app/.data', '/srv/uploads/', '/var/lib/shop', '/app/src'].map(isDataPath)).toEqual([true, true, true, true, false])
  })

  it('is configuration or scratch where that is said', () => {
    expect([holdsOf('./config', '/app/config', true), holdsOf(undefined, '/tmp', false), holdsOf('./.data', '/app/.data', true)]).toEqual(['config', 'scratch', 'state'])
  })
})
