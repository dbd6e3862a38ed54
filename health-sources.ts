/** What the health of processes is read from: each system is asked for its part of a deal, under its own role. */
import { firstChargeOn } from '#domain/adjustment.ts'
import { defaultBilling } from '#domain/contract.ts'
import type { Contract } from '#domain/crm.ts'
import type { SoldContract, WonDeal } from '#domain/deal-progress.ts'
import { type ContractBilling, readContractBilling } from '#subgraphs/billing/begun-store.ts'
import { readWonDeals, type SoldDeal } from '#subgraphs/crm/won-store.ts'
import { countBlocked, readPostedInvoices } from '#subgraphs/erp/posted-store.ts'
import type { HealthSources } from '#subgraphs/operations/health/sources.ts'
import type { DatabaseOf } from './product.ts'

/** Connects the health of processes to the systems. */
export function healthSources(databaseOf: DatabaseOf): HealthSources {
  const [inCrm, inBilling, inErp] = [databaseOf('crm'), databaseOf('billing'), databaseOf('erp')]
  return {
    blockedPostings: () => countBlocked(inErp),
    wonDeals: async ({ after, ...asked }) => {
      const last = after && { closedOn: after.wonOn, id: after.opportunityId }
      const sold = await readWonDeals(inCrm, { ...asked, after: last })
      const billed = await readContractBilling(
        inBilling,
        sold.flatMap(({ contract }) => contract?.id ?? []),
      )
      const posted = await readPostedInvoices(
        inErp,
        billed.flatMap(({ invoiceId }) => invoiceId ?? []),
      )
      const billing = new Map(billed.map((each) => [each.contractId, each]))
      const postings = new Map(posted.map(({ invoiceId, postedAt }) => [invoiceId, postedAt]))
      return sold.map((deal) => {
        const begun = deal.contract === null ? undefined : billing.get(deal.contract.id)
        return progressOf(deal, begun, postings.get(begun?.invoiceId ?? '') ?? null)
      })
    },
  }
}

function progressOf(
  { opportunity, contract }: SoldDeal,
  begun: ContractBilling | undefined,
  postedAt: Temporal.Instant | null,
): WonDeal {
  const { id: opportunityId, customerId, closedOn: wonOn, amount, currency } = opportunity
  return {
    opportunityId,
    customerId,
    wonOn,
    amount: contract
      ? { minorUnits: contract.totalContractValue, currency: contract.currency }
      : { minorUnits: amount, currency },
    contract: contract && soldContract(contract),
    isSubscribed: begun?.isSubscribed ?? false,
    invoice: begun === undefined ? null : firstInvoiceOf(begun),
    postedAt,
  }
}

function soldContract(contract: Contract): SoldContract {
  return {
    id: contract.id,
    legalEntityId: contract.legalEntityId,
    isRecurring: contract.lines.some(({ interval }) => interval !== null),
    firstChargeOn: firstChargeOn(contract, defaultBilling),
  }
}

function firstInvoiceOf({ invoiceId, issuedOn, issuedAt, status }: ContractBilling): WonDeal['invoice'] {
  if (invoiceId === null || issuedOn === null || issuedAt === null) return null
  return { id: invoiceId, issuedOn, issuedAt, isPaid: status === 'PAID' }
}
