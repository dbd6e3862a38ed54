// Documents that correct others, over the graph: nothing is deleted, the books follow, and each happens once.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { invoiceFact, invoiceLine, paymentFact, taxLine } from '#test/domain/documents.ts'
import { openFlowWorld, type FlowWorld, usd } from './flows.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'

const ANSWER = 'workflow { id status steps { name status } } replayed userErrors { code message field }'
const CREDIT = `mutation ($input: IssueCreditNoteInput!) { payload: issueCreditNote(input: $input) {
  creditNote { number status amount { amount currency } invoice { number balance { amount } } } ${ANSWER} } }`
const REFUND = `mutation ($input: RefundPaymentInput!) { payload: refundPayment(input: $input) {
  payment { id status refunds { id amount { amount currency } status } } ${ANSWER} } }`
const WRITE_OFF = `mutation ($input: WriteOffInvoiceInput!) { payload: writeOffInvoice(input: $input) {
  invoice { status balance { amount } } ${ANSWER} } }`

let world: FlowWorld
let count = 0
let [invoiceId, paymentId] = ['', '']
beforeAll(async () => {
  world = await openFlowWorld()
})
beforeEach(async () => {
  count += 1
  invoiceId = `inv_${count}`
  paymentId = `pay_${count}`
  const lines = [invoiceLine(500_00n, { id: `line_${count}` })]
  await world.record({
    invoices: [
      invoiceFact({
        id: invoiceId,
        number: `N-${count}`,
        lines,
        taxLines: [{ ...taxLine(40_00n), rate: '8', taxable: 500_00n }],
      }),
    ],
  })
})
afterAll(() => world.close())

const paid = (): Promise<unknown> =>
  world.record({
    payments: [
      paymentFact({
        id: paymentId,
        amount: 540_00n,
        allocations: [{ id: `alc_${count}`, invoiceId, amount: 540_00n }],
      }),
    ],
  })
const credit = (fields: object = {}) => ({
  invoiceId,
  reason: 'Late delivery',
  lines: [{ invoiceLineId: `line_${count}`, amount: usd('100.00') }],
  idempotencyKey: `credit-${count}`,
  ...fields,
})
const refund = (fields: object = {}) => ({
  paymentId,
  amount: usd('10.00'),
  reason: 'Goodwill',
  idempotencyKey: `refund-${count}`,
  ...fields,
})

const line = (role: string, debit: string, credited: string) => ({
  account: { role },
  debit: { amount: debit },
  credit: { amount: credited },
})

describe('a credit note', () => {
  const INVOICE = `query ($id: ID!) { invoice(id: $id) {
    number issueDate dueDate subtotal { amount } tax { amount } total { amount }
    lines { id amount { amount } } taxLines { rate amount { amount } }
    balance { amount } creditNotes { number amount { amount } invoice { id } }
    posting { journalEntries { purpose } journalEntry {
      number lines { account { role } debit { amount } credit { amount } } } } } }`
  const ENTRIES = `{ journalEntries(first: 100, filter: { purpose: { in: [CREDIT_NOTE_ISSUED] } }) { nodes {
    source { ... on CreditNote { number invoice { id } } }
    lines { account { role } debit { amount } credit { amount } } } } }`

  interface Corrected {
    readonly balance: object
    readonly creditNotes: readonly { readonly number: string }[]
  }
  const corrected = async (): Promise<Corrected> => {
    const { data, errors } = await world.ask<{ invoice: Corrected }>(INVOICE, { id: invoiceId })
    if (!data) throw new Error(JSON.stringify(errors))
    return data.invoice
  }

  it('leaves the original as it was, is linked to it, and has a balanced entry of its own (row 40)', async () => {
    const before = await corrected()
    await world.start(CREDIT, credit())
    const after = await corrected()
    const [note] = after.creditNotes
    expect(after).toEqual({ ...before, balance: { amount: '432.00' }, creditNotes: [note] })
    expect(note).toMatchObject({ amount: { amount: '108.00' }, invoice: { id: invoiceId } })

    interface Entry {
      readonly source: { readonly number: string }
    }
    const { data } = await world.ask<{ journalEntries: { nodes: Entry[] } }>(ENTRIES)
    const entry = data?.journalEntries.nodes.find(({ source }) => source.number === note?.number)
    expect(entry).toEqual({
      source: { number: note?.number, invoice: { id: invoiceId } },
      lines: [
        line('CREDITS_AND_REFUNDS', '100.00', '0.00'),
        line('TAX_PAYABLE', '8.00', '0.00'),
        line('RECEIVABLES', '0.00', '108.00'),
      ],
    })
  })

  it('gives back net and tax, leaves the invoice as it is, and is posted', async () => {
    expect(await world.start(CREDIT, credit())).toMatchObject({
      creditNote: { amount: usd('108.00'), invoice: { number: `N-${count}`, balance: { amount: '432.00' } } },
      workflow: { status: 'COMPLETED' },
      userErrors: [],
    })
  })

  it.each([
    ['an unknown invoice', { invoiceId: 'inv_none' }, 'REFERENCE_MISSING', 'invoiceId'],
    ['no reason', { reason: ' ' }, 'REASON_MISSING', 'reason'],
    ['no lines', { lines: [] }, 'LINES_MISSING', 'lines'],
    [
      'a line of another invoice',
      { lines: [{ invoiceLineId: 'line_none', amount: usd('1.00') }] },
      'INVOICE_LINE_MISSING',
      'lines.0.invoiceLineId',
    ],
  ])('of %s starts nothing', async (_, fields, code, field) => {
    const refused = await world.start(CREDIT, credit(fields))
    expect(refused).toMatchObject({ creditNote: null, workflow: null, userErrors: [{ code, field }] })
  })

  it('never gives back more than was invoiced, whoever asks at the same time', async () => {
    const lines = [{ invoiceLineId: `line_${count}`, amount: usd('300.00') }]
    const answers = await Promise.all(
      ['a', 'b'].map((key) => world.start(CREDIT, credit({ lines, idempotencyKey: `${key}-${count}` }))),
    )
    const refused = answers.filter(({ userErrors }) => userErrors.length > 0)
    expect(refused).toMatchObject([{ userErrors: [{ code: 'CREDIT_EXCEEDS_INVOICE' }] }])
  })
})

describe('a refund', () => {
  it('gives money back once for its key', async () => {
    await paid()
    const answers = await Promise.all([1, 2, 3].map(() => world.start(REFUND, refund())))
    expect(answers[0]).toMatchObject({
      payment: { status: 'PARTIALLY_REFUNDED', refunds: [{ amount: usd('10.00'), status: 'SUCCEEDED' }] },
      workflow: { status: 'COMPLETED' },
    })
    expect(new Set(answers.map(({ workflow }) => workflow?.id)).size).toBe(1)
  })

  it.each([
    ['more than was paid', { amount: usd('540.01') }, 'REFUND_EXCEEDS_PAYMENT', 'amount'],
    ['another currency', { amount: { amount: '1.00', currency: 'EUR' } }, 'CURRENCY_MISMATCH', 'currency'],
    ['an unknown payment', { paymentId: 'pay_none' }, 'REFERENCE_MISSING', 'paymentId'],
  ])('of %s starts nothing', async (_, fields, code, field) => {
    await paid()
    expect(await world.start(REFUND, refund(fields))).toMatchObject({
      workflow: null,
      userErrors: [{ code, field }],
    })
  })
})

it('an invoice is written off once, and the books take the loss', async () => {
  const input = { invoiceId, reason: 'Insolvent', idempotencyKey: `off-${count}` }
  expect(await world.start(WRITE_OFF, input)).toMatchObject({
    invoice: { status: 'UNCOLLECTIBLE', balance: { amount: '0.00' } },
    workflow: { status: 'COMPLETED' },
  })
  const again = await world.start(WRITE_OFF, { ...input, idempotencyKey: `again-${count}` })
  expect(again).toMatchObject({ workflow: null, userErrors: [{ code: 'STATUS_FORBIDS' }] })
})

/** Debits less credits by account, of the invoice and of what was paid of it. */
const books = async (): Promise<Record<string, bigint>> => {
  const rows = await world.database.owner.rows<{ role: string; balance: bigint }>({
    text: `SELECT l.role, sum(l.debit - l.credit)::bigint AS balance FROM erp.journal_line l
      JOIN erp.journal_entry e ON e.id = l.entry_id
      WHERE e.source_id = $1 OR e.source_id IN (SELECT payment_id FROM billing.allocation WHERE invoice_id = $1)
      GROUP BY l.role`,
    values: [invoiceId],
  })
  return Object.fromEntries(rows.map(({ role, balance }) => [role, balance]))
}

describe('an invoice that was given up', () => {
  const RECORD = `mutation ($input: RecordPaymentInput!) { payload: recordPayment(input: $input) {
    payment { status allocations { invoice { status amountWrittenOff { amount } } } } ${ANSWER} } }`
  const pay = (amount: string) =>
    world.start(RECORD, {
      customerId: 'customer-1',
      amount: usd(amount),
      method: 'BANK_TRANSFER',
      receivedAt: '2026-06-15T09:00:00Z',
      allocations: [{ invoiceId, amount: usd(amount) }],
      idempotencyKey: `late-${count}-${amount}`,
    })
  beforeEach(() => world.start(WRITE_OFF, { invoiceId, reason: 'Insolvent', idempotencyKey: `up-${count}` }))

  it('is paid in part after all: so much less is lost', async () => {
    expect(await pay('200.00')).toMatchObject({
      payment: {
        allocations: [{ invoice: { status: 'UNCOLLECTIBLE', amountWrittenOff: { amount: '340.00' } } }],
      },
      workflow: { status: 'COMPLETED' },
      userErrors: [],
    })
    expect(await books()).toMatchObject({ BAD_DEBT: 340_00n, CASH_CLEARING: 200_00n, RECEIVABLES: 0n })
  })

  it('is paid in full after all, and not above what it was', async () => {
    const message = '0.01 USD above what is owed'
    expect(await pay('540.01')).toMatchObject({
      userErrors: [{ code: 'ALLOCATION_EXCEEDS_BALANCE', message }],
    })
    expect(await pay('540.00')).toMatchObject({ payment: { allocations: [{ invoice: { status: 'PAID' } }] } })
    expect(await books()).toMatchObject({ BAD_DEBT: 0n, CASH_CLEARING: 540_00n, RECEIVABLES: 0n })
    expect(await pay('1.00')).toMatchObject({ userErrors: [{ code: 'STATUS_FORBIDS' }] })
  })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
