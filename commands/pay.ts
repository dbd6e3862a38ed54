import type { Invoice, PaymentFact } from '#domain/billing.ts'
import { formatAmount } from '#domain/money.ts'
import { type Clock, systemClock, today } from '#platform/clock.ts'
import { canonicalId } from '#platform/ids.ts'
import type { Stores } from '#platform/stores.ts'
import { readLongestOpen } from '#subgraphs/billing/overdue-store.ts'
import { createRecordFacts } from '#product.ts'
import { type Command, say, UsageError } from './command.ts'
import { refuseUnlessInvented } from './seed.ts'
import { withStores } from './stores.ts'

/** `npm run pay`: an invented customer pays the invoice that fell due first, so that whoever watches sees it happen. */
export const payCommand: Command = (input) => {
  const { words } = input.line
  if (words.length > 0) throw new UsageError(`pay takes no "${words.join(' ')}".`)
  return withStores(input, (stores) => payLongestOpen(stores, systemClock))
}

/** Records the payment. Throws a SeedError where the store holds no invented company. */
export async function payLongestOpen(stores: Pick<Stores, 'of'>, clock: Clock): Promise<void> {
  await refuseUnlessInvented(stores)
  const invoice = await readLongestOpen(stores.of('billing'))
  if (invoice === undefined) return say('No invoice is open.')
  await createRecordFacts(stores.of, clock, 'pay')({ payments: [paymentOf(invoice, clock)] })
  const amount = formatAmount(invoice.balance, invoice.currency)
  say(`Paid: ${amount} ${invoice.currency} for ${invoice.number ?? invoice.id}.`)
}

/** A transfer of all that is owed for an invoice. */
function paymentOf(
  { id: invoiceId, customerId, legalEntityId, currency, balance }: Pick<Invoice, PaidFields>,
  clock: Clock,
): PaymentFact {
  const source = { system: 'seed', instance: 'pay', objectType: 'payment', externalId: invoiceId }
  const { system, instance, objectType, externalId } = source
  return {
    id: canonicalId('payment', system, instance, objectType, externalId),
    externalRefs: [{ ...source, url: null, sourceVersion: 1n }],
    customerId,
    legalEntityId,
    outcome: 'SUCCEEDED',
    currency,
    amount: balance,
    fee: 0n,
    method: 'BANK_TRANSFER',
    receivedAt: clock.now(),
    receivedOn: today(clock),
    failureCode: null,
    failureMessage: null,
    allocations: [
      {
        id: canonicalId('allocation', system, instance, objectType, externalId),
        invoiceId,
        amount: balance,
      },
    ],
  }
}

type PaidFields = 'id' | 'customerId' | 'legalEntityId' | 'currency' | 'balance'
