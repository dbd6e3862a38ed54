import type { AskedMoney } from './asked-money.ts'
import type { AmendmentKind, ContractFact } from './crm.ts'
import type { DateRange, Interval } from './entity.ts'

/** A line to sell in mid-term. It ends with the contract (co-term) unless it names a day of its own. */
interface AskedLine {
  readonly id: string
  readonly productId: string
  readonly quantity: string
  readonly unitPrice: AskedMoney
  /** Null for a one-time charge. */
  readonly interval: Interval | null
  readonly endDate: Temporal.PlainDate | null
}

/** The contract that continues another one: for its next term, or for another customer. */
export interface AskedContract {
  readonly id: string
  readonly number: string
}

/** What an amendment does, by the kinds of `AmendmentKind`; a field that is null stays as it is. */
export type Change =
  | { readonly kind: 'ADD'; readonly line: AskedLine }
  | {
      readonly kind: 'UPDATE'
      readonly lineId: string
      readonly quantity: string | null
      readonly unitPrice: AskedMoney | null
    }
  | {
      readonly kind: 'CHANGE_PLAN'
      readonly lineId: string
      readonly productId: string
      readonly quantity: string | null
      readonly unitPrice: AskedMoney
      /** Null keeps the interval of the line. */
      readonly interval: Interval | null
    }
  | { readonly kind: 'REMOVE'; readonly lineId: string }
  | { readonly kind: 'SUSPEND' }
  /** What the suspension took away is either lost or put at the end of the term. */
  | { readonly kind: 'RESUME'; readonly extendsTerm: boolean }
  | { readonly kind: 'CANCEL'; readonly timing: 'AT_ONCE' | 'END_OF_PERIOD' }
  | { readonly kind: 'TRANSFER'; readonly customerId: string; readonly contract: AskedContract }
  | {
      readonly kind: 'RENEW'
      readonly contract: AskedContract
      /** First day that the next term does not cover. */
      readonly endDate: Temporal.PlainDate
      /** Percent by which every price rises, as an exact decimal; negative where it falls. */
      readonly uplift: string
    }

/** What is asked of a contract, and from which day on; for a renewal that is the day on which the term ends. */
export interface AmendmentRequest {
  readonly effectiveDate: Temporal.PlainDate
  readonly changes: readonly Change[]
}

/** One change with its day. */
export type ChangeRequest = Change & { readonly effectiveDate: Temporal.PlainDate }

/** Why an amendment has the effect that it has. */
export interface Reason {
  readonly code: ReasonCode
  readonly message: string
}

export type ReasonCode =
  | 'LINE_STARTED'
  | 'LINE_CHANGED'
  | 'LINE_ENDED'
  | 'CONTRACT_ENDED'
  | 'CONTRACT_SUSPENDED'
  | 'CONTRACT_RESUMED'
  | 'CONTRACT_CONTINUED'
  | 'TERM_EXTENDED'
  | 'BILLING_ADJUSTED'
  | 'BILLING_UNCHANGED'

/** A line for the next invoice, which sets right what was billed before the amendment. */
export interface Adjustment {
  readonly kind: 'CREDIT' | 'CHARGE'
  readonly contractId: string
  readonly lineId: string
  /** The service that is given back or charged. */
  readonly period: DateRange
  /** Minor units before tax; negative for a credit. */
  readonly amount: bigint
}

/** What an amendment makes of a contract. */
export interface Amended {
  /** As it is from the effective date on. */
  readonly contract: ContractFact
  /** The contract for the next term or the other customer; null for an amendment of another kind. */
  readonly successor: ContractFact | null
  /** Credits before charges. */
  readonly adjustments: readonly Adjustment[]
  /** How the total value of the contract changes, minor units; its successor apart. */
  readonly contractValueDelta: bigint
  readonly reasons: readonly Reason[]
}

/** What a change makes of a contract, before its price is known. */
export type Changed = Pick<Amended, 'contract' | 'successor' | 'reasons'>

/** The request for one kind of change. */
export type Asked<Kind extends AmendmentKind> = Extract<Change, { readonly kind: Kind }> & {
  readonly effectiveDate: Temporal.PlainDate
}
