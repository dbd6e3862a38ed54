/** A contract with its story so far, and the canonical facts that it comes to. */
import { isBefore } from '#domain/calendar.ts'
import type { AmendmentFact, ContractFact, ContractStatus } from '#domain/crm.ts'
import type { Fact } from '#domain/entity.ts'
import type { World } from './company.ts'
import type { Profile } from './customers.ts'
import { contractLine } from './sale.ts'
import type { SoldLine, Terms } from './sale.ts'

export interface Deal extends Terms {
  readonly fact: Fact
  readonly profile: Profile
  readonly opportunity: Fact
  readonly number: string
  /** Null for a draft, which nobody has signed yet. */
  readonly signedOn: Temporal.PlainDate | null
  readonly autoRenew: boolean
  readonly renewalOfId: string | null
  /** The lines as signed, before any amendment. */
  readonly signedLines: readonly SoldLine[]
  readonly lines: readonly SoldLine[]
  readonly amendments: readonly AmendmentFact[]
  readonly terminatedOn: Temporal.PlainDate | null
  readonly suspendedOn: Temporal.PlainDate | null
  readonly isRenewed: boolean
}

/** Where a contract stands today. */
export function contractStatus(deal: Deal, today: Temporal.PlainDate): ContractStatus {
  if (deal.signedOn === null) return 'DRAFT'
  if (deal.terminatedOn !== null) return 'TERMINATED'
  if (isBefore(today, deal.start)) return 'SIGNED'
  if (!isBefore(today, deal.end)) return deal.isRenewed ? 'RENEWED' : 'EXPIRED'
  return deal.suspendedOn === null ? 'ACTIVE' : 'SUSPENDED'
}

/** Whether the contract binds the customer today, from its signature on. */
export function isRunning(deal: Deal, today: Temporal.PlainDate): boolean {
  return ['SIGNED', 'ACTIVE', 'SUSPENDED'].includes(contractStatus(deal, today))
}

/** The contract in canonical terms. */
export function contractFact(deal: Deal, { today }: World): ContractFact {
  return {
    ...deal.fact,
    customerId: deal.profile.id,
    opportunityId: deal.opportunity.id,
    legalEntityId: deal.profile.entity.id,
    number: deal.number,
    status: contractStatus(deal, today),
    currency: deal.currency,
    signedOn: deal.signedOn,
    startDate: deal.start,
    endDate: deal.end,
    billingAnchor: null,
    autoRenew: deal.autoRenew,
    renewalOfId: deal.renewalOfId,
    lines: deal.lines.map(contractLine),
    suspension: null,
  }
}
