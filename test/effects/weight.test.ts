import { expect, it } from 'vitest'
import { costsMoney } from '../../src/effects/weight.js'

it.each([['insert', 'Order'], ['insert', 'order_items'], ['relative-update', 'userWallet'], ['payment', undefined]] as const)('%s of %s costs money', (kind, model) => {
  expect(costsMoney({ kind, model })).toBe(true)
})

it.each([['insert', 'Border'], ['insert', 'comments'], ['update', 'Order'], ['insert', undefined]] as const)('%s of %s does not', (kind, model) => {
  expect(costsMoney({ kind, model })).toBe(false)
})

it('a payment that is only opened costs nothing yet', () => {
  expect(costsMoney({ kind: 'payment', model: 'session', opens: true })).toBe(false)
})
