import { usageDrafts } from '#domain/bill.ts'
import type { Subscription } from '#domain/billing.ts'
import { firstDay, lastDay } from '#domain/calendar.ts'
import type { InvoiceDraft } from '#domain/document-draft.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { sum } from '#domain/money.ts'
import { parseYearMonth } from '#platform/dates.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { book } from './book.ts'
import { reviveDraft, withTax } from './draft-invoice.ts'
import { DAYS_TO_PAY, ISSUE_REFUSALS, TAX_REFUSALS } from './invoice-terms.ts'
import { missing } from './refusals.ts'
import type { Systems, UnratedUsage } from './systems.ts'

/** A subscription whose use of a month is to be billed. */
export interface BillUsage extends KeyedInput {
  readonly subscriptionId: string
  readonly month: Temporal.PlainYearMonth
}

interface Prepared {
  readonly subscriptionId: string
  readonly month: Temporal.PlainYearMonth
}

type UsageStep = Step<Systems, BillUsage, Prepared>

/** Kept as a step: what is used or priced later does not change what is issued; what was billed since is left out. */
const draftUsage: UsageStep = {
  name: 'draftUsage',
  system: 'OPERATIONS',
  kind: 'CHECK',
  needs: [],
  uses: ['PRICE', 'ROUTE', 'TAX'],
  parks: TAX_REFUSALS,
  run: async (systems, { prepared }) => {
    const { subscriptionId } = prepared
    const month = parseYearMonth(prepared.month)
    const subscription = await systems.billing.readSubscription(subscriptionId)
    if (subscription === undefined) return missing('subscriptionId', 'There is no such subscription')
    const usage = await systems.billing.readUnratedUsage(subscriptionId, month)
    const violations = checkUsage(usage)
    if (violations.length > 0) return { violations }
    return draft(systems, subscription, month, usage)
  },
}

const issueInvoice: UsageStep = {
  name: 'issueInvoice',
  system: 'BILLING',
  kind: 'PIVOT',
  needs: ['draftUsage'],
  parks: ISSUE_REFUSALS,
  run: ({ billing }, { results }, effect) =>
    billing.issueInvoice(effect, reviveDraft(results['draftUsage'] as Jsonified<InvoiceDraft>)),
}

const postInvoice: UsageStep = {
  name: 'postInvoice',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['issueInvoice'],
  uses: ['ACCOUNT'],
  run: book,
}

/** What was used in a month that is over is rated and billed: what comes in late is billed by the next one. */
export const billUsage: Flow<Systems, BillUsage, Prepared> = {
  name: 'billUsage',
  prepare: async ({ billing }, { subscriptionId, month }) => {
    const subscription = await billing.readSubscription(subscriptionId)
    if (subscription === undefined) return missing('subscriptionId', 'There is no such subscription')
    const { customerId, legalEntityId, currency } = subscription
    const today = await billing.today(legalEntityId)
    const isOver = Temporal.PlainDate.compare(lastDay(month), today) < 0
    const usage = await billing.readUnratedUsage(subscriptionId, month)
    const violations = isOver
      ? checkUsage(usage)
      : violationIf(true, 'PERIOD_NOT_ENDED', 'month', `${month.toString()} is not over yet`)
    if (violations.length > 0) return { violations }
    const moneyAtRisk = { minorUnits: sum(usage.map(({ amount }) => amount?.minorUnits ?? 0n)), currency }
    const subject = `usage:${subscriptionId}`
    return { value: { prepared: { subscriptionId, month }, subject, customerId, legalEntityId, moneyAtRisk } }
  },
  steps: [draftUsage, issueInvoice, postInvoice],
}

const checkUsage = (usage: readonly UnratedUsage[]): Violation[] => [
  ...violationIf(usage.length === 0, 'LINES_MISSING', 'month', 'Nothing was used that is not billed'),
  ...usage.flatMap(({ itemId, amount }) =>
    violationIf(
      amount === null,
      'PRICE_MISSING',
      'subscriptionId',
      `Nothing says what the use of ${itemId} costs`,
    ),
  ),
]

/** Its lines name the item and neither a period nor a contract line: so the use counts as billed. */
async function draft(
  systems: Systems,
  { id: subscriptionId, customerId, legalEntityId, contractId, currency, collectionMethod }: Subscription,
  month: Temporal.PlainYearMonth,
  usage: readonly UnratedUsage[],
): Promise<Outcome<InvoiceDraft>> {
  const issueDate = await systems.billing.today(legalEntityId)
  const { products } = await systems.billing.readOffering(usage.flatMap(({ productId }) => productId ?? []))
  const names = {
    products: new Map(products.map(({ id, name }) => [id, name])),
    items: new Map<string, string>(),
  }
  const period = { start: firstDay(month), end: firstDay(month.add({ months: 1 })) }
  const lines = usage.flatMap(({ itemId, productId, quantity, amount }) =>
    productId === null || amount === null
      ? []
      : usageDrafts(
          { id: itemId, productId },
          [{ kind: 'USAGE', period, quantity, amount: amount.minorUnits }],
          names,
        ),
  )
  return withTax(systems, {
    customerId,
    legalEntityId,
    contractId,
    subscriptionId,
    currency,
    collectionMethod,
    issueDate,
    dueDate: issueDate.add({ days: DAYS_TO_PAY }),
    lines,
    taxLines: [],
  })
}
