import type { AmendmentKind, ContractFact } from './crm.ts'

/** What CRM proposes that an amendment does: nothing is made. */
export interface ProposedAmendment extends Pick<
  ContractFact,
  'customerId' | 'legalEntityId' | 'currency' | 'number'
> {
  readonly contractId: string
  /** The version of the contract that it rests on. */
  readonly version: number
  readonly kind: AmendmentKind
  /** How the total contract value changes, minor units. */
  readonly contractValueDelta: bigint
  /** What is to be billed at once for the contract, and for the one that continues it: minor units before tax. */
  readonly billed: { readonly after: bigint; readonly successor: bigint }
  /** What the books preview the rest from. */
  readonly proposal: string
}
