import type { AccountRuleFact } from './account-rules.ts'
import type * as billing from './billing.ts'
import type * as crm from './crm.ts'
import type * as erp from './erp.ts'
import type { DeliveryFact } from './delivery.ts'

/** What one source states about one stretch of the business, in canonical terms. */
export interface Facts {
  readonly legalEntities: readonly erp.LegalEntityFact[]
  readonly ledgerAccounts: readonly erp.LedgerAccountFact[]
  readonly accountingPeriods: readonly erp.AccountingPeriodFact[]
  readonly fxRates: readonly erp.FxRateFact[]
  readonly creditProfiles: readonly erp.CreditProfileFact[]
  readonly accountRules: readonly AccountRuleFact[]
  readonly deliveries: readonly DeliveryFact[]
  readonly customers: readonly crm.CustomerStatement[]
  readonly contacts: readonly crm.ContactFact[]
  readonly opportunities: readonly crm.OpportunityFact[]
  readonly quotes: readonly crm.QuoteFact[]
  readonly contracts: readonly crm.ContractFact[]
  readonly amendments: readonly crm.AmendmentFact[]
  readonly products: readonly billing.ProductFact[]
  readonly prices: readonly billing.PriceFact[]
  readonly subscriptions: readonly billing.SubscriptionFact[]
  readonly invoices: readonly billing.InvoiceFact[]
  readonly payments: readonly billing.PaymentFact[]
  readonly creditNotes: readonly billing.CreditNoteFact[]
  readonly refunds: readonly billing.RefundFact[]
  readonly disputes: readonly billing.DisputeFact[]
  readonly usage: readonly billing.UsageFact[]
  readonly dunning: readonly billing.DunningFact[]
}

export type FactKind = keyof Facts

/** What recording did with the facts of one kind. */
export interface RecordCount {
  readonly created: number
  readonly changed: number
  /** Said the same as before: nothing was written. */
  readonly unchanged: number
  /** Older than what is known: nothing was written. */
  readonly stale: number
}

/** Counts by kind, for the kinds that a system owns. */
export type RecordCounts = Partial<Record<FactKind, RecordCount>>

/**
 * Records facts in the systems that own them, then posts and schedules what follows. Facts that are known change
 * nothing.
 */
export type RecordFacts = (facts: Partial<Facts>) => Promise<RecordCounts>

/** All facts of several parts together, kind by kind. */
export function mergeFacts(parts: readonly Partial<Facts>[]): Partial<Facts> {
  const kinds = new Set(parts.flatMap((part) => Object.keys(part) as FactKind[]))
  return Object.fromEntries(
    [...kinds].map((kind) => [kind, parts.flatMap((part): readonly unknown[] => part[kind] ?? [])]),
  )
}
