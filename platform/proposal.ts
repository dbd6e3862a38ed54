import type { ContractTerms } from '#domain/contract-plan.ts'
import type { ContractLine } from '#domain/crm.ts'
import { parseDate } from './dates.ts'
import { toJson } from './json.ts'
import { type Jsonified, reviveDateRange } from './table.ts'

/** What CRM computed of an amendment, as it travels to the systems that preview the rest of it. */
export interface Proposal {
  /** What was asked for, as it came: an amendment is made only as it was previewed. */
  readonly asked: unknown
  readonly effectiveDate: Temporal.PlainDate
  /** The version of the contract that the preview rests on. */
  readonly version: number
  readonly before: ContractTerms
  readonly after: ContractTerms
  /** The contract that a renewal or a transfer would begin. */
  readonly successor: ContractTerms | null
  /** What is to be billed at once for each of them, minor units before tax; negative for a credit. */
  readonly billed: { readonly after: bigint; readonly successor: bigint }
}

/** A proposal as text. */
export function writeProposal(proposal: Proposal): string {
  return toJson(proposal)
}

/** The proposal that a text is. It comes from another subgraph, never from a client. */
export function readProposal(text: string): Proposal {
  const stored = JSON.parse(text) as Jsonified<Omit<Proposal, 'asked'>> & Pick<Proposal, 'asked'>
  return {
    asked: stored.asked,
    effectiveDate: parseDate(stored.effectiveDate),
    version: stored.version,
    before: reviveTerms(stored.before),
    after: reviveTerms(stored.after),
    successor: stored.successor && reviveTerms(stored.successor),
    billed: { after: BigInt(stored.billed.after), successor: BigInt(stored.billed.successor) },
  }
}

function reviveTerms(stored: Jsonified<ContractTerms>): ContractTerms {
  return {
    ...stored,
    startDate: parseDate(stored.startDate),
    billingAnchor: stored.billingAnchor === null ? null : parseDate(stored.billingAnchor),
    lines: stored.lines.map(reviveLine),
  }
}

/** A line of a contract that went through JSON. */
export function reviveLine(stored: Jsonified<ContractLine>): ContractLine {
  return {
    ...stored,
    unitPrice: BigInt(stored.unitPrice),
    servicePeriod: reviveDateRange(stored.servicePeriod),
  }
}
