// Who claims a delivery sends it alone, for a while.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claim, settleDelivery } from '#subgraphs/operations/delivery-store.ts'
import { openWebhookWorld, type WebhookWorld } from './world.ts'

let world: WebhookWorld
beforeAll(async () => {
  world = await openWebhookWorld()
})
afterAll(() => world.close())

const longMs = 60_000
const shortMs = 1

test('a node that was stopped for too long is succeeded, and its outcome does not count any more', async () => {
  await world.endpoint('https://nobody.example')
  await world.bill('inv')
  await world.noted(1)
  const db = world.database.of('operations')
  const now = world.clock.now()
  const claimFor = async (lease: string, leaseMs: number) => {
    const [claimed] = await claim(db, now, { lease, leaseMs, limit: 1, maxPerEndpoint: 1 })
    return claimed
  }
  const { id } = (await claimFor('stopped', shortMs)) ?? { id: '' }
  await expect.poll(() => claimFor('other', longMs)).toMatchObject({ id, lease: 'other', attempts: 2 })
  expect(await claimFor('third', longMs)).toBeUndefined()
  expect(await settleDelivery(db, { id, lease: 'stopped' }, 'FAILED', now)).toBe(false)
  expect(await settleDelivery(db, { id, lease: 'other' }, 'DELIVERED', now)).toBe(true)
  expect(await world.deliveries()).toMatchObject([{ id, status: 'DELIVERED' }])
})
