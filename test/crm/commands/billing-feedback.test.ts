// What billing and ERP know of a customer is seen on it in CRM, the newest of it, told once.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { readRows } from '#platform/table.ts'
import { noteBillingFeedback, type ToldFeedback } from '#subgraphs/crm/commands/note-billing-feedback.ts'
import { customers } from '#subgraphs/crm/store.ts'
import { crm as graph } from '#subgraphs/crm/subgraph.ts'
import { ask } from '#test/support/ask.ts'
import { at50Once } from '#test/support/at-once.ts'
import { customerFact } from '#test/support/facts.ts'
import { type CrmCommands, openCrmCommands } from './support.ts'

let crm: CrmCommands
beforeAll(async () => {
  crm = await openCrmCommands()
})
beforeEach(async () => {
  await crm.reset()
  await crm.record({
    customers: [customerFact(), customerFact({ id: 'cus_old', status: 'MERGED', mergedIntoId: 'cus_acme' })],
  })
})
afterAll(() => crm.close())

const at = (time: string) => Temporal.Instant.from(`2026-06-15T${time}:00Z`)

const tell = (told: Partial<ToldFeedback> = {}, key = 'wfl_1/feedback') =>
  noteBillingFeedback(crm.db, crm.effect(key), { customerId: 'cus_acme', asOf: at('10:00'), ...told })

const shown = async () => (await readRows(crm.db, customers, ['cus_acme']))[0]?.billingFeedback

it('shows what is told, once, 50 times at once', async () => {
  expect(await shown()).toBeNull()
  const told = { standing: 'WATCH', disputeOpen: true, dunningPaused: true } as const
  expect(await at50Once(() => tell(told))).toEqual([
    { value: { customerId: 'cus_acme', version: 2, isChanged: true } },
  ])
  expect(await shown()).toEqual({ ...told, creditHold: false, asOf: at('10:00') })
  expect(await crm.eventsOf('cus_acme')).toEqual(['customer.created', 'customer.changed'])
})

it('is a field of the customer in the graph', async () => {
  await tell({ standing: 'AT_RISK', dunningPaused: true })
  const document =
    '{ customer(id: "cus_acme") { billingFeedback { standing disputeOpen dunningPaused creditHold asOf } } }'
  expect(await ask(graph(crm.db, manualClock('2026-06-15T12:00:00Z')), document)).toEqual({
    customer: {
      billingFeedback: {
        standing: 'AT_RISK',
        disputeOpen: false,
        dunningPaused: true,
        creditHold: false,
        asOf: '2026-06-15T10:00:00Z',
      },
    },
  })
})

it('keeps what is not told, and changes nothing for what is known or older', async () => {
  await tell({ disputeOpen: true, dunningPaused: true }, 'k1')
  await tell({ creditHold: true, standing: 'HOLD', asOf: at('11:00') }, 'k2')
  const now = {
    standing: 'HOLD',
    disputeOpen: true,
    dunningPaused: true,
    creditHold: true,
    asOf: at('11:00'),
  }
  expect(await shown()).toEqual(now)
  expect((await tell({ creditHold: true, asOf: at('12:00') }, 'k3')).value?.isChanged).toBe(false)
  expect((await tell({ creditHold: false, asOf: at('10:30') }, 'k4')).value?.isChanged).toBe(false)
  expect(await shown()).toEqual(now)
})

it('stays when the CRM tells of the customer again', async () => {
  await tell({ standing: 'AT_RISK' })
  await crm.record({ customers: [customerFact({ name: 'Acme Inc.', sourceVersion: 2n })] })
  expect(await shown()).toMatchObject({ standing: 'AT_RISK' })
})

it('is of the customer that carries on', async () => {
  expect((await tell({ customerId: 'cus_old', standing: 'WATCH' })).value?.customerId).toBe('cus_acme')
  expect(await shown()).toMatchObject({ standing: 'WATCH' })
})

it('is refused for a customer that there is not', async () => {
  expect((await tell({ customerId: 'cus_x' })).violations).toMatchObject([
    { code: 'REFERENCE_MISSING', field: 'customerId' },
  ])
})
