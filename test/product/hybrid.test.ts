// Two legal entities under two models at once (row 21): one is led by its sales, the other by its accounting.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenRules } from './amending.ts'
import { activate, heldOf, sell, upgrade } from './article.ts'
import { recordDeal, recordPlatform } from './deals.ts'
import { type FlowWorld, openFlowWorld } from './flows.ts'

/** Where nothing is charged on top: in Oregon, and on a French business, which owes the tax itself. */
const OREGON = { line1: '1 Main St', city: 'Portland', postalCode: '97201', region: 'OR', country: 'US' }
const FRANCE = { line1: '1 Rue A', city: 'Paris', postalCode: '75001', region: null, country: 'FR' }

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
  world.clock.set('2026-01-01T12:00:00Z')
  await recordPlatform(world)
  await activate(world, 'hybrid', 'January')
})
afterAll(() => world.close())

it('ends in the same documents, balances and schedules in both, with the books of both in order', async () => {
  const american = await recordDeal(world, 'us', { address: OREGON })
  const french = await recordDeal(world, 'fr', {
    address: FRANCE,
    taxIds: [{ type: 'eu_vat', value: 'FR12345678901' }],
    currency: 'EUR',
  })
  const [us, de] = await Promise.all([sell(world, american.opportunityId), sell(world, french.opportunityId)])
  expect([us.approved, de.approved]).toEqual([[], ['finance-approval']])
  // The books first, and CRM last, where accounting leads.
  expect(us.order).not.toBe(de.order)

  world.clock.set('2026-05-01T12:00:00Z')
  const [upgradedUs, upgradedDe] = await Promise.all([
    upgrade(world, us.payload.contract, 'USD'),
    upgrade(world, de.payload.contract, 'EUR'),
  ])
  expect([upgradedUs.approved, upgradedDe.approved]).toEqual([[], ['finance-approval']])

  const held = await heldOf(world, us.payload.contract.id)
  expect(await heldOf(world, de.payload.contract.id)).toEqual(held)
  expect(held).toMatchObject({ balances: { RECEIVABLES: 1_602_740, DEFERRED_REVENUE: -1_602_740 } })
  const companies = await world.database.owner.rows({
    text: `SELECT w.model, l.code, count(*)::int AS workflows FROM operations.workflow w
      JOIN erp.legal_entity l ON l.id = w.legal_entity_id GROUP BY 1, 2 ORDER BY 2`,
    values: [],
  })
  expect(companies).toEqual([
    { model: 'hybrid', code: 'DE', workflows: 2 },
    { model: 'hybrid', code: 'US', workflows: 2 },
  ])
  expect(await brokenRules(world)).toEqual([])
})
