/** What flows ask of the systems to amend contracts, and have them do. */
import type { AskedAmendment } from '#domain/asked-amendment.ts'
import type { CollectionMethod } from '#domain/billing.ts'
import type { Contract } from '#domain/crm.ts'
import type { Outcome } from '#domain/failure.ts'
import type { StepEffect } from '../workflows/flow.ts'
import type { PreviewSystems } from './amendment-preview.ts'

/** Does something to a system, once for the key of the effect. */
export type Command<Input, Result> = (effect: StepEffect, input: Input) => Promise<Outcome<Result>>

/** What was previewed, and is to be made exactly so. */
interface PreviewedAmendment extends AskedAmendment {
  readonly version: number
  readonly billedUntil: Temporal.PlainDate
}

/** A contract that was amended, and what is to be credited or charged at once. All of it survives JSON. */
export interface AppliedAmendment {
  readonly amendmentId: string
  readonly contractId: string
  readonly version: number
  readonly versionBefore: number
  readonly successorId: string | null
  /** Credits before charges. */
  readonly adjustments: readonly {
    readonly kind: 'CREDIT' | 'CHARGE'
    readonly contractId: string
    readonly lineId: string
    /** First day of the service, and first day after it. */
    readonly start: string
    readonly end: string
    /** Minor units before tax, as digits; negative for a credit. */
    readonly amount: string
  }[]
}

/** CRM's part in an amendment. */
export interface AmendmentCommands {
  /** A contract as it was in a version; null where it had none. */
  readonly readContractVersion: (id: string, version: number) => Promise<Contract | null>
  readonly approveAmendment: Command<
    { readonly previewed: PreviewedAmendment; readonly reason: string | null },
    { readonly amendmentId: string }
  >
  readonly applyAmendment: Command<
    { readonly amendmentId: string; readonly previewed: PreviewedAmendment },
    AppliedAmendment
  >
  /** Restores the contract in a new version. */
  readonly revertAmendment: Command<Omit<AppliedAmendment, 'adjustments'>, unknown>
  readonly closeAmendment: Command<
    { readonly amendmentId: string; readonly status: 'APPLIED' | 'FAILED' },
    unknown
  >
}

/** Billing's part in an amendment. */
export interface SubscriptionCommands {
  /** Has the subscription follow its contract. */
  readonly changeSubscription: Command<
    {
      readonly contract: Contract
      readonly collectionMethod: CollectionMethod
      /** The last day of which all that fell due is billed: the billing period is that of it from now on. */
      readonly billedThrough?: Temporal.PlainDate
    },
    { readonly subscriptionId: string | null; readonly versionBefore: number | null }
  >
  /** Restores it in a new version. */
  readonly restoreSubscription: Command<
    { readonly subscriptionId: string; readonly version: number },
    unknown
  >
}

/** How amendments are previewed, by the day on which the graph does it. */
export interface Previewing extends PreviewSystems {
  readonly today: () => Temporal.PlainDate
}
