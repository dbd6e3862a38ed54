import type { InvoiceFact } from '#domain/billing.ts'
import { systemClock } from '#platform/clock.ts'
import { canonicalId } from '#platform/ids.ts'
import type { Stores } from '#platform/stores.ts'
import { createRecordFacts } from '#product.ts'
import { RAW_PAGE_SIZE } from '#subgraphs/billing/stripe/raw.ts'
import { COMPANY, openingFacts, stated } from './company.ts'
import { contest, type Outcome } from './contest.ts'

const FIRST_DAY = Temporal.PlainDate.from('2026-01-01')
const DAYS = 360
const TERMS_DAYS = 30
const INVOICES_PER_CUSTOMER = 40

/** So many invoices of a month's service with tax, as an import hands them over: recorded, posted and scheduled. */
export async function measureInvoices(stores: Stores, rows: number): Promise<Outcome> {
  const record = createRecordFacts(stores.of, systemClock, 'bench')
  await record(openingFacts())
  return contest('invoices', stores.owner, rows, async (pause) => {
    for (let first = 0; first < rows; first += RAW_PAGE_SIZE) {
      const length = Math.min(RAW_PAGE_SIZE, rows - first)
      await record({ invoices: Array.from({ length }, (_, index) => invoice(first + index)) })
      await pause(first + length)
    }
  })
}

/** An invoice of a month of service, one of forty of its customer. */
export function invoice(ordinal: number): InvoiceFact {
  const externalId = `in_${ordinal}`
  const customer = Math.floor(ordinal / INVOICES_PER_CUSTOMER)
  const issueDate = FIRST_DAY.add({ days: (ordinal * 7) % DAYS })
  const amount = BigInt(10_000 + (ordinal % 5_000))
  return {
    ...stated(canonicalId('invoice', 'bench', 'bench', 'invoice', externalId)),
    customerId: canonicalId('customer', 'bench', 'bench', 'customer', `cus_${customer}`),
    legalEntityId: COMPANY.id,
    contractId: null,
    subscriptionId: null,
    number: `${COMPANY.code}-${ordinal + 1}`,
    lifecycle: 'ISSUED',
    currency: COMPANY.currency,
    collectionMethod: 'SEND_INVOICE',
    issueDate,
    dueDate: issueDate.add({ days: TERMS_DAYS }),
    closedOn: null,
    lines: [
      {
        id: canonicalId('invoiceLine', 'bench', 'bench', 'line_item', externalId),
        description: 'Analytics, one month',
        productId: null,
        subscriptionItemId: null,
        contractLineId: null,
        quantity: '1',
        amount,
        discount: 0n,
        servicePeriod: { start: issueDate, end: issueDate.add({ months: 1 }) },
      },
    ],
    taxLines: [{ jurisdiction: 'US-NY', rate: '8', taxable: amount, amount: (amount * 8n) / 100n }],
  }
}
