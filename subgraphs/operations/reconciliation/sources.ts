import type { Money } from '#domain/money.ts'

/** Use of a subscription item in a month that no invoice bills. */
export interface UnratedUsageOf {
  readonly subscriptionId: string
  readonly customerId: string | null
  /** Exact decimal. */
  readonly quantity: string
  /** What it would have been billed at; null where nothing says so. */
  readonly amount: Money | null
}

/** What leakage is read from beside the breaks; the composition root says how. */
export interface LeakageSources {
  readonly unratedUsage: (month: Temporal.PlainYearMonth) => Promise<readonly UnratedUsageOf[]>
}
