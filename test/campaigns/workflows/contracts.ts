/** A contract of 2026 for an order to change: a year that is subscribed, and billed at its start. */
import type { DateRange } from '#domain/entity.ts'
import type { Facts } from '#domain/facts.ts'
import { OWN_SYSTEM } from '#platform/own-facts.ts'
import { yearly } from '#test/domain/deals.ts'
import { contract, contractLine, day, invoiceFact, invoiceLine, range } from '#test/domain/documents.ts'
import { stated } from '#test/erp/books.ts'
import { externalRef } from '#test/support/facts.ts'

/** What a contract is called, whose it is, and what it costs a day, in minor units. */
export interface Terms {
  readonly name: string
  readonly customerId: string
  readonly daily: bigint
}

export const DAYS = { year: 365n, before: 120n, after: 245n, resumed: 153n }
/** The day on which it is changed, with that many days before and after. */
export const CHANGED_ON = '2026-05-01'
/** The day on which one goes on that was suspended then. */
export const RESUMED_ON = '2026-08-01'

const YEAR = range('2026-01-01', '2027-01-01')
const [BEFORE, AFTER] = [range('2026-01-01', CHANGED_ON), range(CHANGED_ON, '2027-01-01')]

export const contractIdOf = (name: string): string => `ctr_${name}`
export const contractLineIdOf = (name: string): string => `ctl_${name}`

export function contractFacts(terms: Terms, productId: string): Partial<Facts> {
  return {
    contracts: [contractFact(terms, productId)],
    subscriptions: [subscriptionFact(terms, productId)],
    invoices: [billFact(terms, productId)],
  }
}

/** The same, of which nothing was billed, by a subscription that we run. */
export function unbilledFacts(terms: Terms, productId: string): Partial<Facts> {
  const subscription = subscriptionFact(terms, productId)
  return {
    contracts: [contractFact(terms, productId)],
    subscriptions: [
      { ...subscription, externalRefs: [{ ...externalRef('subscription', terms.name), system: OWN_SYSTEM }] },
    ],
  }
}

/** The same, standing still since it was to change, and billed until then. */
export function suspendedFacts(terms: Terms, productId: string): Partial<Facts> {
  const fact = contractFact(terms, productId)
  const part = (servicePeriod: DateRange) => fact.lines.map((line) => ({ ...line, servicePeriod }))
  // What is left is a line of its own.
  const left = part(AFTER).map((line) => ({ ...line, id: `${line.id}_left` }))
  const suspension = { since: AFTER.start, lines: left }
  const subscription = subscriptionFact(terms, productId)
  return {
    contracts: [{ ...fact, status: 'SUSPENDED', lines: part(BEFORE), suspension }],
    subscriptions: [
      {
        ...subscription,
        status: 'PAUSED',
        items: subscription.items.map((item) => ({ ...item, endDate: BEFORE.end })),
      },
    ],
    invoices: [billFact(terms, productId, BEFORE, DAYS.before)],
  }
}

function contractFact({ name, customerId, daily }: Terms, productId: string) {
  const line = contractLine({
    id: contractLineIdOf(name),
    productId,
    interval: yearly,
    unitPrice: DAYS.year * daily,
    servicePeriod: YEAR,
  })
  const {
    version: _,
    recordedAt: __,
    totalContractValue: ___,
    ...fact
  } = contract({
    id: contractIdOf(name),
    externalRefs: [externalRef('Contract', name)],
    customerId,
    number: `C-${name}-stated`,
    lines: [line],
  })
  return fact
}

const subscriptionFact = ({ name, customerId, daily }: Terms, productId: string) => ({
  ...stated(`sub_${name}`),
  customerId,
  contractId: contractIdOf(name),
  legalEntityId: 'entity-1',
  status: 'ACTIVE' as const,
  currency: 'USD',
  collectionMethod: 'SEND_INVOICE' as const,
  startDate: YEAR.start,
  currentPeriod: YEAR,
  cancelAt: YEAR.end,
  endedOn: null,
  items: [
    {
      id: `sit_${name}`,
      productId,
      priceId: null,
      contractLineId: contractLineIdOf(name),
      quantity: '1',
      unitPrice: DAYS.year * daily,
      interval: yearly,
      startDate: YEAR.start,
      endDate: YEAR.end,
    },
  ],
})

const billFact = (
  { name, customerId, daily }: Terms,
  productId: string,
  servicePeriod = YEAR,
  days = DAYS.year,
) =>
  invoiceFact({
    id: `inv_${name}`,
    number: `N-${name}-stated`,
    customerId,
    contractId: contractIdOf(name),
    subscriptionId: `sub_${name}`,
    issueDate: day('2026-01-01'),
    lines: [
      invoiceLine(days * daily, {
        id: `inl_${name}`,
        productId,
        subscriptionItemId: `sit_${name}`,
        contractLineId: contractLineIdOf(name),
        servicePeriod,
      }),
    ],
  })
