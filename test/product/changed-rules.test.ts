// Row 32: a rule that flows share is changed once, and holds for each of them that is listed with it, and no other.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { activate } from './article.ts'
import { previewed } from './amending.ts'
import { ADDRESS, recordDeal, recordPlatform } from './deals.ts'
import { type FlowPayload, type FlowWorld, usd } from './flows.ts'
import { changedModel } from './model-text.ts'
import { openMonthlyWorld, signMonthly } from './monthly.ts'

const ANSWER = 'workflow { id flow status failure { code } } replayed userErrors { code message field }'
const REFUND = `mutation ($input: RefundPaymentInput!) { payload: refundPayment(input: $input) { ${ANSWER} } }`
const CREDIT = `mutation ($input: IssueCreditNoteInput!) { payload: issueCreditNote(input: $input) { ${ANSWER} } }`
const WRITE_OFF = `mutation ($input: WriteOffInvoiceInput!) { payload: writeOffInvoice(input: $input) { ${ANSWER} } }`
const PAY = `mutation ($input: RecordPaymentInput!) { payload: recordPayment(input: $input) { ${ANSWER} } }`
const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) { ${ANSWER} } }`
const BILL = `mutation ($input: BillContractInput!) { payload: billContract(input: $input) { ${ANSWER} } }`
const AMEND = `mutation ($input: AmendContractInput!) { payload: amendContract(input: $input) { ${ANSWER} } }`
const RULES = `{ workflowModels { name parts { rules { kind name flows } } } }`
const PENDING = `{ approvals(first: 10, filter: { status: { in: [PENDING] } }) {
  nodes { gate approver workflow { flow } } } }`

interface Models {
  readonly workflowModels: readonly {
    readonly name: string
    readonly parts: readonly {
      readonly rules: readonly { readonly kind: string; readonly name: string; readonly flows: string[] }[]
    }[]
  }[]
}

let world: FlowWorld
beforeAll(async () => {
  world = await openMonthlyWorld()
})
afterAll(() => world.close())

/** From 60.00 on, money that leaves needs a second person; it was 1,000.00. */
const stricter = changedModel('crm-led', ({ gates }) => ({
  gates: gates.map((gate) =>
    gate.name === 'money-back'
      ? { ...gate, bands: [{ approver: 'FINANCE', from: { USD: '60.00', EUR: '60.00', JPY: '9000' } }] }
      : gate,
  ),
}))

const invoice = (id: string) =>
  invoiceFact({ id, number: id, lines: [invoiceLine(100_00n, { id: `line_${id}` })] })

/** Three invoices of 100.00 to one customer, the first of which is paid. */
async function billed(name: string): Promise<void> {
  await world.record({
    invoices: [invoice(`${name}_paid`), invoice(`${name}_credited`), invoice(`${name}_owed`)],
    payments: [
      paymentFact({
        id: `${name}_pay`,
        amount: 100_00n,
        allocations: [{ id: `${name}_alc`, invoiceId: `${name}_paid`, amount: 100_00n }],
      }),
    ],
  })
}

/** What becomes of 60.00 that goes back, or is given up, in each way, and of 40.00 that comes in. */
async function askedFor(name: string): Promise<Record<string, string | undefined>> {
  await billed(name)
  const amount = usd('60.00')
  const answers = [
    await world.start<FlowPayload>(REFUND, {
      paymentId: `${name}_pay`,
      amount,
      reason: 'Outage',
      idempotencyKey: `${name} refund`,
    }),
    await world.start<FlowPayload>(CREDIT, {
      invoiceId: `${name}_credited`,
      reason: 'Outage',
      lines: [{ invoiceLineId: `line_${name}_credited`, amount }],
      idempotencyKey: `${name} credit`,
    }),
    await world.start<FlowPayload>(PAY, {
      customerId: 'customer-1',
      amount: usd('40.00'),
      method: 'BANK_TRANSFER',
      receivedAt: '2026-06-15T09:00:00Z',
      allocations: [{ invoiceId: `${name}_owed`, amount: usd('40.00') }],
      idempotencyKey: `${name} pay`,
    }),
    await world.start<FlowPayload>(WRITE_OFF, {
      invoiceId: `${name}_owed`,
      reason: 'Insolvent',
      idempotencyKey: `${name} write off`,
    }),
  ]
  return Object.fromEntries(
    answers.map(({ workflow }) => [(workflow as { flow?: string } | null)?.flow ?? '', workflow?.status]),
  )
}

/** The flows that are listed with a rule of the model that sales lead. */
async function flowsOf(rule: string): Promise<string[]> {
  const { data } = await world.ask<Models>(RULES)
  const rules = data?.workflowModels.find(({ name }) => name === 'crm-led')?.parts[0]?.rules
  return rules?.find(({ name }) => name === rule)?.flows ?? []
}

it('money that goes back waits for a second person in all flows that share the rule, once it is stricter', async () => {
  const sharing = await flowsOf('money-back')
  expect(sharing).toEqual(['refundPayment', 'issueCreditNote', 'writeOffInvoice'])

  expect(await askedFor('before')).toEqual({
    refundPayment: 'COMPLETED',
    issueCreditNote: 'COMPLETED',
    recordPayment: 'COMPLETED',
    writeOffInvoice: 'COMPLETED',
  })

  await activate(world, 'crm-led', 'stricter', stricter)
  expect(await askedFor('after')).toEqual({
    refundPayment: 'AWAITING_APPROVAL',
    issueCreditNote: 'AWAITING_APPROVAL',
    recordPayment: 'COMPLETED',
    writeOffInvoice: 'AWAITING_APPROVAL',
  })
  const pending = await world.ask<{ approvals: { nodes: { workflow: { flow: string } }[] } }>(PENDING)
  const waiting = pending.data?.approvals.nodes ?? []
  expect(waiting.map(({ workflow }) => workflow.flow).toSorted()).toEqual(sharing.toSorted())
  expect(waiting).toEqual(
    waiting.map(({ workflow }) => ({ gate: 'money-back', approver: 'FINANCE', workflow })),
  )
})

it('each flow that is listed with the tax routes waits where one of them leads to nobody', async () => {
  const sharing = await flowsOf('routes')
  expect(sharing).toEqual(expect.arrayContaining(['closeOpportunity', 'billContract', 'amendContract']))
  await recordPlatform(world)
  const [due, changed] = [
    await signMonthly(world, 'due', ADDRESS),
    await signMonthly(world, 'changed', ADDRESS),
  ]
  const { opportunityId } = await recordDeal(world, 'sold')
  world.clock.set('2026-07-16T12:00:00Z')
  await world.start(BILL, { contractId: changed.contractId, idempotencyKey: 'before' })

  const elsewhere = changedModel('crm-led', ({ routes }) => ({
    routes: routes.map((route) => (route.name === 'us-sales-tax' ? { ...route, to: 'elsewhere' } : route)),
  }))
  await activate(world, 'crm-led', 'elsewhere', elsewhere)
  const amendment = await previewed(world, {
    contractId: changed.contractId,
    effectiveDate: '2026-07-16',
    changes: [{ lineId: changed.lineId, unitPrice: usd('620.00') }],
  })
  const answers = [
    await world.start<FlowPayload>(CLOSE, { opportunityId, closedOn: '2026-07-16', idempotencyKey: 'sold' }),
    await world.start<FlowPayload>(BILL, { contractId: due.contractId, idempotencyKey: 'due' }),
    await world.start<FlowPayload>(AMEND, { ...amendment, idempotencyKey: 'changed' }),
  ]
  expect(answers).toMatchObject(
    ['closeOpportunity', 'billContract', 'amendContract'].map((flow) => ({
      workflow: { flow, status: 'EXCEPTION', failure: { code: 'TAX_UNAVAILABLE' } },
      userErrors: [],
    })),
  )
})
