// How deals get on: each figure is moved by a fault of its own, and by nothing else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordBillingFacts } from '#subgraphs/billing/record.ts'
import { recordCrmFacts } from '#subgraphs/crm/record.ts'
import { day, invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { yearly } from '#test/domain/deals.ts'
import { contractFact, opportunityFact } from '#test/support/facts.ts'
import { recordDeal, recordPlatform } from './deals.ts'
import { type FlowWorld, openFlowWorld, usd } from './flows.ts'

const HEALTH = `query ($from: Date, $to: Date) { processHealth(from: $from, to: $to) {
  id
  funnel { stage count waiting totals { amount currency } }
  dealToInvoiceDays { count p50 p90 }
  invoiceToPostingSeconds { count p50 p90 }
  lateInvoices { deadlineDays count totals { amount currency }
    deals { opportunity { id name } contract { id } customer { name } amount { amount currency }
      wonOn dueOn ageDays owner } }
  stuckWorkflows { count byStatus { status count } workflows { workflow { id flow } step ageSeconds owner dueAt } }
  gates { gate decidedSeconds { count p50 p90 } pending oldestPendingSeconds }
} }`
const CLOSING = `{ processHealth { closing {
  period { period legalEntity { code } } blockers { rule count } } } }`

interface Health {
  readonly funnel: readonly { readonly stage: string; readonly count: number; readonly waiting: number }[]
  readonly lateInvoices: { readonly count: number; readonly deals: readonly object[] }
  readonly stuckWorkflows: { readonly count: number; readonly workflows: readonly object[] }
  readonly gates: readonly object[]
}

let world: FlowWorld
beforeAll(async () => {
  world = await openFlowWorld()
  await recordPlatform(world)
})
afterAll(() => world.close())

const ask = async <Data>(document: string, variables: object = {}): Promise<Data> => {
  const { data, errors } = await world.ask<Record<string, Data>>(document, variables)
  if (!data || errors) throw new Error(JSON.stringify(errors))
  const [answer] = Object.values(data)
  if (answer === undefined) throw new Error('no answer')
  return answer
}
const health = (): Promise<Health> => ask<Health>(HEALTH)
const write = (text: string, values: readonly unknown[] = []) =>
  world.database.owner.rows({ text, values: [...values] })
const context = (subgraph: string) => ({ subgraph, clock: world.clock, correlationId: 'fault' })

/** Where deals wait, by the last stage that they reached; stages at which none waits are left out. */
const waiting = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await health()).funnel.flatMap(({ stage, waiting: count }) => (count === 0 ? [] : [[stage, count]])),
  )

const countOf = ({ funnel }: Health, stage: string): number =>
  funnel.find((each) => each.stage === stage)?.count ?? 0

const WON = { stage: 'WON', closedOn: day('2026-06-01'), amount: 12_000_00n } as const
const win = (name: string, fields: object = {}) =>
  recordCrmFacts(world.database.of('crm'), context('crm'), {
    opportunities: [
      opportunityFact({
        ...WON,
        id: `opp_${name}`,
        customerId: 'customer-1',
        name,
        sourceVersion: 9n,
        ...fields,
      }),
    ],
  })
/** A contract that CRM signed for a deal, of which no other system hears. */
const sign = (name: string, fields: object = {}) => {
  const servicePeriod = { start: day('2026-06-10'), end: day('2027-06-10') }
  const line = { productId: 'platform', quantity: '1', unitPrice: 12_000_00n, interval: yearly }
  return recordCrmFacts(world.database.of('crm'), context('crm'), {
    contracts: [
      contractFact({
        id: `ctr_${name}`,
        opportunityId: `opp_${name}`,
        customerId: 'customer-1',
        legalEntityId: 'entity-1',
        number: name,
        status: 'SIGNED',
        startDate: servicePeriod.start,
        endDate: servicePeriod.end,
        lines: [{ ...line, id: `ctl_${name}`, servicePeriod }],
        ...fields,
      }),
    ],
  })
}
const subscribe = (name: string) =>
  write(
    `INSERT INTO billing.subscription (id, version, recorded_at, external_refs, customer_id, contract_id,
        legal_entity_id, status, currency, collection_method, start_date, current_period, items)
      VALUES ($1, 1, now(), '[]', 'customer-1', $2, 'entity-1', 'ACTIVE', 'USD', 'SEND_INVOICE', '2026-06-10',
        '{}', '[]')`,
    [`sub_${name}`, `ctr_${name}`],
  )
const bill = (name: string) =>
  invoiceFact({
    id: `inv_${name}`,
    number: `N-${name}`,
    contractId: `ctr_${name}`,
    issueDate: day('2026-06-11'),
    dueDate: day('2026-07-11'),
    lines: [invoiceLine(12_000_00n)],
  })

describe('A deal', () => {
  it('waits at the stage before the one that it has not reached, each by its own fault', async () => {
    expect(await waiting()).toEqual({})
    await win('unsigned')
    expect(await waiting()).toEqual({ WON: 1 })
    await win('unsubscribed')
    await sign('unsubscribed')
    expect(await waiting()).toEqual({ WON: 1, CONTRACTED: 1 })
    await win('unbilled')
    await sign('unbilled')
    await subscribe('unbilled')
    expect(await waiting()).toEqual({ WON: 1, CONTRACTED: 1, SUBSCRIBED: 1 })
    await win('unposted')
    await sign('unposted')
    await subscribe('unposted')
    await recordBillingFacts(world.database.of('billing'), context('billing'), {
      invoices: [bill('unposted')],
    })
    expect(await waiting()).toEqual({ WON: 1, CONTRACTED: 1, SUBSCRIBED: 1, INVOICED: 1 })
  })

  it('is late without an invoice three days after it was won or begins, with its amount and owner', async () => {
    const { lateInvoices } = await health()
    const won = { wonOn: '2026-06-01', ageDays: 14, owner: 'SALES_OPERATIONS', amount: usd('12000.00') }
    expect(lateInvoices).toMatchObject({
      deadlineDays: 3,
      count: 3,
      totals: [usd('36000.00')],
      deals: [
        {
          ...won,
          opportunity: { id: 'opp_unsigned', name: 'unsigned' },
          contract: null,
          dueOn: '2026-06-04',
        },
        {
          ...won,
          opportunity: { id: 'opp_unbilled' },
          contract: { id: 'ctr_unbilled' },
          dueOn: '2026-06-13',
        },
        { ...won, opportunity: { id: 'opp_unsubscribed' }, dueOn: '2026-06-13' },
      ],
    })
  })

  it('is not late before its deadline, without anything to charge, or where it was lost', async () => {
    await win('today', { closedOn: day('2026-06-12') })
    await win('later')
    await sign('later', { startDate: day('2026-06-14'), endDate: day('2027-06-14'), lines: [] })
    await win('lost', { stage: 'LOST' })
    expect((await health()).lateInvoices.count).toBe(3)
    world.clock.advance({ days: 1 })
    expect((await health()).lateInvoices.count).toBe(4)
  })

  it('that is closed comes as far as the posting at once, and to the end when it is paid', async () => {
    const before = await health()
    const { opportunityId, customerId } = await recordDeal(world, 'closed')
    await world.start(
      `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
        workflow { id status } replayed userErrors { code field } } }`,
      { opportunityId, closedOn: '2026-06-16', idempotencyKey: 'closed' },
    )
    const after = await health()
    expect(countOf(after, 'POSTED')).toBe(countOf(before, 'POSTED') + 1)
    expect(after.lateInvoices.count).toBe(before.lateInvoices.count)
    expect(after).toMatchObject({
      // The unposted one took ten days, this one none.
      dealToInvoiceDays: { count: 2, p50: '0', p90: '10' },
      invoiceToPostingSeconds: { count: 1, p50: '0', p90: '0' },
    })
    const [invoice] = await world.database.owner.rows<{ id: string }>({
      text: 'SELECT id FROM billing.invoice WHERE customer_id = $1',
      values: [customerId],
    })
    const amount = 12_480_00n
    await world.record({
      payments: [
        paymentFact({
          id: 'pay_closed',
          customerId,
          amount,
          allocations: [{ id: 'alc_closed', invoiceId: invoice?.id ?? '', amount }],
        }),
      ],
    })
    expect(countOf(await health(), 'PAID')).toBe(countOf(before, 'PAID') + 1)
  })

  it('is asked for by the days on which it was won', async () => {
    const { funnel } = await ask<Health>(HEALTH, { from: '2026-06-12', to: '2026-06-12' })
    expect(funnel[0]).toMatchObject({ stage: 'WON', count: 1, waiting: 1, totals: [usd('12000.00')] })
    const { errors } = await world.ask(HEALTH, { from: '2026-06-13', to: '2026-06-12' })
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT')
  })
})

describe('A workflow', () => {
  it('that waits for a person is told with its step, age and owner', async () => {
    expect((await health()).stuckWorkflows.count).toBe(0)
    await world.record({
      invoices: [
        invoiceFact({ id: 'inv_chf', number: 'CHF-1', currency: 'CHF', lines: [invoiceLine(540_00n)] }),
      ],
    })
    const paid = { amount: '540.00', currency: 'CHF' }
    await world.start(
      `mutation ($input: RecordPaymentInput!) { payload: recordPayment(input: $input) {
        workflow { id status } replayed userErrors { code field } } }`,
      {
        customerId: 'customer-1',
        amount: paid,
        method: 'BANK_TRANSFER',
        receivedAt: '2026-06-15T09:00:00Z',
        allocations: [{ invoiceId: 'inv_chf', amount: paid }],
        idempotencyKey: 'chf',
      },
    )
    world.clock.advance({ hours: 2 })
    expect((await health()).stuckWorkflows).toMatchObject({
      count: 1,
      byStatus: [{ status: 'EXCEPTION', count: 1 }],
      workflows: [
        {
          workflow: { flow: 'recordPayment' },
          step: 'postPayment',
          ageSeconds: 7_200,
          owner: 'FINANCE',
          dueAt: '2026-06-17T12:00:00Z',
        },
      ],
    })
  })

  it('waits at a gate for as long as a person takes', async () => {
    expect((await health()).gates).toEqual([])
    await ask(
      `mutation ($input: ActivateModelInput!) { activateModel(input: $input) { userErrors { code message } } }`,
      { input: { model: 'erp-led', actor: 'ada', reason: 'Gates.', idempotencyKey: 'erp' } },
    )
    const { opportunityId } = await recordDeal(world, 'gated')
    const { workflow } = await world.start(
      `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
        workflow { id status } replayed userErrors { code field message } } }`,
      { opportunityId, closedOn: '2026-06-16', idempotencyKey: 'gated' },
    )
    expect(workflow?.status).toBe('AWAITING_APPROVAL')
    world.clock.advance({ minutes: 30 })
    const [gate] = (await health()).gates
    expect(gate).toMatchObject({
      pending: 1,
      oldestPendingSeconds: 1_800,
      decidedSeconds: { count: 0, p50: null },
    })
    const { nodes } = await ask<{ nodes: readonly { id: string }[] }>(
      '{ approvals(first: 1, filter: { status: { in: [PENDING] } }) { nodes { id } } }',
    )
    await ask(
      `mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { userErrors { code } } }`,
      {
        input: {
          approvalId: nodes[0]?.id,
          decision: 'APPROVE',
          reason: 'Fine',
          decidedBy: 'bo',
          idempotencyKey: 'ok',
        },
      },
    )
    expect((await health()).gates).toContainEqual(
      expect.objectContaining({
        ...gate,
        pending: 0,
        oldestPendingSeconds: null,
        decidedSeconds: { count: 1, p50: '1800', p90: '1800' },
      }),
    )
  })
})

describe('The close', () => {
  it('is blocked by what is held in the first period that has ended, company by company', async () => {
    interface Closing {
      readonly closing: readonly { readonly period: object; readonly blockers: readonly object[] }[]
    }
    const first = async () => (await ask<Closing>(CLOSING)).closing[0]
    const before = await first()
    expect(before?.period).toEqual({ period: '2026-01', legalEntity: { code: 'DE' } })
    await world.record({
      invoices: [
        invoiceFact({
          id: 'inv_jan',
          number: 'JAN-1',
          legalEntityId: 'entity-de',
          currency: 'NOK',
          issueDate: day('2026-01-10'),
          dueDate: day('2026-02-10'),
          lines: [invoiceLine(10_00n)],
        }),
      ],
    })
    const after = await first()
    expect(
      after?.blockers.filter(
        (each) => !before?.blockers.some((was) => JSON.stringify(was) === JSON.stringify(each)),
      ),
    ).toEqual([{ rule: 'DOCUMENT_BLOCKED', count: 1 }])
  })
})
