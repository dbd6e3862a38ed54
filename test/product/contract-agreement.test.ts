// A contract shows its version in each system and whether they agree (row 6), while an amendment is half way and after.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AMEND, type AmendPayload, openAmendWorld, previewed, upgrade, yearOf } from './amending.ts'
import { type FlowWorld, usd } from './flows.ts'
import { whileLocked } from './locked.ts'

const CONTRACT = `query ($id: ID!) { contract(id: $id) {
  version totalContractValue { amount } subscriptions { version } revenueSchedules { version }
  agreement { asOf agrees breaks {
    cause left { system value { amount } } right { system value { amount } } delta { amount currency } owner } } } }`

let world: FlowWorld
let stop: () => Promise<void>
beforeAll(async () => {
  world = await openAmendWorld()
  stop = await world.startOperations()
  await yearOf(world, 'acme')
  await yearOf(world, 'globex')
})
afterAll(async () => {
  await stop()
  await world.close()
})

const contract = async (name: string): Promise<unknown> => {
  const { data, errors } = await world.ask<{ contract: object }>(CONTRACT, { id: `ctr_${name}` })
  expect(errors).toBeUndefined()
  return data?.contract
}

const AS_SOLD = {
  version: 1,
  totalContractValue: { amount: '12000.00' },
  subscriptions: [{ version: 1 }],
  revenueSchedules: [{ version: 1 }],
  agreement: { agrees: true, breaks: [] },
}

it('is ahead in CRM while the books cannot take an amendment, and the same everywhere once they have', async () => {
  await expect.poll(() => contract('acme')).toMatchObject(AS_SOLD)
  const input = { ...(await previewed(world, upgrade('acme'))), idempotencyKey: 'amend' }
  let amending: Promise<AmendPayload> | undefined
  await whileLocked(world, ['erp.contract_plan', 'erp.journal_entry'], async () => {
    amending = world.start<AmendPayload>(AMEND, input)
    await expect
      .poll(() => contract('acme'))
      .toMatchObject({
        version: 2,
        totalContractValue: { amount: '16027.40' },
        subscriptions: [{ version: 2 }],
        revenueSchedules: [{ version: 1 }],
        agreement: {
          agrees: false,
          breaks: expect.arrayContaining([
            {
              cause: 'PRICE_DRIFT',
              left: { system: 'CRM', value: { amount: '16027.40' } },
              right: { system: 'ERP', value: { amount: '12000.00' } },
              delta: usd('4027.40'),
              owner: 'FINANCE',
            },
          ]) as unknown,
        },
      })
    expect(await contract('globex')).toMatchObject(AS_SOLD)
  })
  await amending
  await expect
    .poll(() => contract('acme'))
    .toMatchObject({
      version: 2,
      subscriptions: [{ version: 2 }],
      revenueSchedules: expect.arrayContaining([{ version: 2 }]) as unknown,
      agreement: { agrees: true, breaks: [] },
    })
}, 60_000)
