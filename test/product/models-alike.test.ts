// The same deal under each workflow model: other steps come first, and the documents and balances are the same.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenRules } from './amending.ts'
import { activate, heldOf, sell, upgrade } from './article.ts'
import { recordDeal, recordPlatform } from './deals.ts'
import { type FlowWorld, openFlowWorld } from './flows.ts'

const MODELS = ['crm-led', 'billing-led', 'erp-led', 'event-driven']

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
  world.clock.set('2026-01-01T12:00:00Z')
  await recordPlatform(world)
})
afterAll(() => world.close())

it('ends in the same documents, balances and schedules, when it is sold and when it is amended', async () => {
  const orders: string[] = []
  const gates: string[][] = []
  const contracts = []
  for (const model of MODELS) {
    await activate(world, model, 'January')
    const { opportunityId } = await recordDeal(world, model)
    const { payload, order, approved } = await sell(world, opportunityId)
    expect(payload.workflow).toMatchObject({ model })
    orders.push(order)
    gates.push([...approved])
    contracts.push(payload.contract)
  }
  const sold = await Promise.all(contracts.map(({ id }) => heldOf(world, id)))
  expect(sold).toEqual(sold.map(() => sold[0]))
  expect(sold[0]).toMatchObject({ balances: { RECEIVABLES: 1_248_000, DEFERRED_REVENUE: -1_200_000 } })

  world.clock.set('2026-05-01T12:00:00Z')
  for (const [place, contract] of contracts.entries()) {
    await activate(world, MODELS[place] ?? '', 'May')
    const { order, approved } = await upgrade(world, contract, 'USD')
    orders.push(order)
    gates[place]?.push(...approved)
  }
  const amended = await Promise.all(contracts.map(({ id }) => heldOf(world, id)))
  expect(amended).toEqual(amended.map(() => amended[0]))
  // 12,000 / 365 × 120 + 18,000 / 365 × 245, and four percent of tax on what is billed.
  expect(amended[0]).toMatchObject({ balances: { RECEIVABLES: 1_666_850, DEFERRED_REVENUE: -1_602_740 } })

  // Accounting looks first where it leads; what else differs is the order.
  expect(gates).toEqual([[], [], ['finance-approval', 'finance-approval'], []])
  expect(new Set(orders).size).toBeGreaterThan(4)
  expect(await brokenRules(world)).toEqual([])
})
