// What our own flows had Stripe make comes back by an import as what they noted.
import { describe, expect, it } from 'vitest'
import { ownId } from '#platform/own-facts.ts'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import { customer, factOf, gapNames, invoice, line, list, mapAll, paymentIntent } from './fixtures.ts'

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
    expect(factOf(mapped, 'customers', 'cus_ada').id).toBe('cus_ours')
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

  it('whose metadata somebody wrote over is a gap', () => {
    const mapped = mapAll(madeByUs({ ...known, discountMinorUnits: '5.00' }))
    expect(mapped.facts.invoices).toEqual([])
    expect(gapNames(mapped)).toEqual([expect.stringContaining('discountMinorUnits')])
  })
})
