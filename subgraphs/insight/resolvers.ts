import { money } from '#domain/money.ts'
import type { StandingReason } from '#domain/standing.ts'
import { today } from '#platform/clock.ts'
import { publicError } from '#platform/errors.ts'
import { type IdKind, kindOfId } from '#platform/ids.ts'
import type { Resolvers } from '#schema/insight.generated.ts'
import { standingOf } from './standing.ts'

/** The GraphQL type of what a kind of id names; kinds that are no objects of their own in the graph are left out. */
const TYPES_BY_KIND: Readonly<Partial<Record<IdKind, string>>> = {
  customer: 'Customer',
  contact: 'Contact',
  opportunity: 'Opportunity',
  quote: 'Quote',
  contract: 'Contract',
  amendment: 'Amendment',
  product: 'Product',
  price: 'Price',
  subscription: 'BillingSubscription',
  invoice: 'Invoice',
  creditNote: 'CreditNote',
  payment: 'Payment',
  refund: 'Refund',
  dispute: 'Dispute',
  usage: 'Usage',
  dunning: 'Dunning',
  legalEntity: 'LegalEntity',
  ledgerAccount: 'LedgerAccount',
  accountingPeriod: 'AccountingPeriod',
  fxRate: 'FxRate',
  journalEntry: 'JournalEntry',
  revenueSchedule: 'RevenueSchedule',
  performanceObligation: 'PerformanceObligation',
}

export const resolvers: Resolvers = {
  Query: {
    node: (_, { id }) => {
      const kind = kindOfId(id)
      const typename = kind === undefined ? undefined : TYPES_BY_KIND[kind]
      if (typename === undefined) throw publicError('NOT_FOUND', 'There is no object with this id.')
      return { __typename: typename, id } as never
    },
  },
  Customer: {
    __resolveReference: (representation) => representation,
    standing: (customer, _, { clock }) => {
      const day = today(clock)
      const { level, reasons } = standingOf(customer, day)
      return { level, reasons: reasons.map(printable), asOf: day }
    },
  },
}

const printable = ({ amount, ...reason }: StandingReason) => ({
  ...reason,
  amount: amount && money(amount.minorUnits, amount.currency),
})
