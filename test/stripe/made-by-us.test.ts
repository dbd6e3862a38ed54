// What our own flows had Stripe make comes back by an import as what they noted.
import { describe, expect, it } from 'vitest'
import { ownId } from '#platform/own-facts.ts'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import {
  at,
  creditNote,
  customer,
  factOf,
  gapNames,
  invoice,
  line,
  list,
  mapAll,
  paymentIntent,
} from './fixtures.ts'

const details = (of: object): StripeObject => ({ metadata: { revgraph_details: JSON.stringify(of) } })

/** A customer, an invoice and its payment, as our own flows have them made. */
const madeByUs = (lineDetails: object): StripeObject[] => [
  customer({ metadata: { revgraph_id: 'cus_ours' } }),
  paymentIntent(),
  invoice({
    metadata: {
      revgraph_reference: 'wfl_1/issueInvoice',
      ...(details({ contractId: 'con_1', subscriptionId: 'sub_1' })['metadata'] as object),
    },
    lines: list([line(details(lineDetails))]),
  }),
]

describe('an invoice that we had issued', () => {
  const known = {
    invoiceLineId: 'ivl_1',
    productId: 'prd_1',
    subscriptionItemId: 'sui_1',
    contractLineId: 'col_1',
    quantity: '25',
    discountMinorUnits: '500',
  }
  it('is the one that the step made, of our customer and contract, and with our lines', () => {
    const mapped = mapAll(madeByUs(known))
    expect(factOf(mapped, 'invoices', 'in_1')).toMatchObject({
      id: ownId('invoice', 'wfl_1/issueInvoice'),
      customerId: 'cus_ours',
      contractId: 'con_1',
      subscriptionId: 'sub_1',
      lines: [
        {
          id: 'ivl_1',
          productId: 'prd_1',
          subscriptionItemId: 'sui_1',
          contractLineId: 'col_1',
          quantity: '25',
          discount: 500n,
        },
      ],
    })
    expect(mapped.facts.payments).toMatchObject([{ customerId: 'cus_ours' }])
    expect(gapNames(mapped)).toEqual([])
  })

  it('says nothing of its customer, whom CRM knows better: no region, no merge, no other names', () => {
    expect(mapAll(madeByUs(known)).facts.customers).toEqual([])
  })

  it('is due when we say, and of whom we say, whatever day Stripe made it on and whose it calls it', () => {
    const [payer = {}, payment = {}, issued = {}] = madeByUs(known)
    const metadata = {
      revgraph_reference: 'wfl_1/issueInvoice',
      ...(details({ customerId: 'cus_survivor', dueOn: '2026-03-03' })['metadata'] as object),
    }
    const mapped = mapAll([payer, payment, { ...issued, due_date: at('2026-03-06'), metadata }])
    expect(factOf(mapped, 'invoices', 'in_1')).toMatchObject({
      customerId: 'cus_survivor',
      dueDate: Temporal.PlainDate.from('2026-03-03'),
    })
  })

  it('keeps its lines where a credit note names them', () => {
    const lines = list([
      { id: 'cnli_1', object: 'credit_note_line_item', amount: 500, invoice_line_item: 'il_1' },
    ])
    const mapped = mapAll([...madeByUs(known), creditNote({ lines })])
    expect(mapped.facts.creditNotes[0]?.lines).toMatchObject([{ invoiceLineId: 'ivl_1' }])
  })

  it('is told from one that was voided there before, also where somebody copied all that it keeps', () => {
    const [payer = {}, payment = {}, issued = {}] = madeByUs(known)
    const before = { ...issued, id: 'in_0', status: 'void' }
    const again = { ...issued, id: 'in_2', number: 'ADA-0002' }
    for (const objects of [
      [before, again],
      [again, before],
    ]) {
      const mapped = mapAll([payer, payment, ...objects])
      const [other, ours] = ['in_0', 'in_2'].map((id) => factOf(mapped, 'invoices', id))
      expect(ours?.id).toBe(ownId('invoice', 'wfl_1/issueInvoice'))
      expect(other?.id).not.toBe(ours?.id)
      expect(other?.contractId).toBeNull()
      expect(other?.lines[0]?.id).not.toBe(ours?.lines[0]?.id)
    }
  })

  it('is nothing while it is a draft: read then, it would go back to one after the step has noted it', () => {
    const [payer = {}, payment = {}, issued = {}] = madeByUs(known)
    const draft = { ...issued, id: 'in_0', status: 'draft', number: null }
    expect(mapAll([payer, payment, draft]).facts.invoices).toEqual([])
    expect(mapAll([payer, payment, draft, issued]).facts.invoices).toMatchObject([
      { id: ownId('invoice', 'wfl_1/issueInvoice'), lifecycle: 'ISSUED' },
    ])
  })

  it('whose metadata somebody wrote over is a gap', () => {
    const mapped = mapAll(madeByUs({ ...known, discountMinorUnits: '5.00' }))
    expect(mapped.facts.invoices).toEqual([])
    expect(gapNames(mapped)).toEqual([expect.stringContaining('discountMinorUnits')])
  })
})
