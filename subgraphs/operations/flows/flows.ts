import type { AnyFlow } from '../workflows/flow.ts'
import { acceptProposal } from './accept-proposal.ts'
import { amendContract } from './amend-contract.ts'
import {
  cancelContract,
  renewContract,
  resumeContract,
  suspendContract,
  transferContract,
} from './change-contract.ts'
import { billContract } from './bill-contract.ts'
import { billUsage } from './bill-usage.ts'
import { collectInvoice } from './collect-invoice.ts'
import { closeOpportunity } from './close-opportunity.ts'
import { closePeriod } from './close-period.ts'
import { closeDispute, followDispute, openDispute } from './dispute-payment.ts'
import { activateContract, expireContract } from './follow-term.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { publishProduct } from './publish-product.ts'
import { mergeCustomers, unmergeCustomers } from './merge-customers.ts'
import { recordPayment } from './record-payment.ts'
import { recordPayout } from './record-payout.ts'
import { refundPayment } from './refund-payment.ts'
import { settlePayment } from './settle-payment.ts'
import { shareEntry } from './share-entry.ts'
import { shareStanding } from './share-standing.ts'
import type { Systems } from './systems.ts'
import { upsertCustomer } from './upsert-customer.ts'
import { writeOffInvoice } from './write-off-invoice.ts'

/** The stories that the product tells, by name. */
export const flows: ReadonlyMap<string, AnyFlow<Systems>> = new Map(
  [
    amendContract,
    cancelContract,
    renewContract,
    resumeContract,
    suspendContract,
    transferContract,
    closeOpportunity,
    activateContract,
    expireContract,
    billContract,
    billUsage,
    collectInvoice,
    openDispute,
    closeDispute,
    followDispute,
    issueCreditNote,
    publishProduct,
    recordPayment,
    settlePayment,
    recordPayout,
    refundPayment,
    shareEntry,
    shareStanding,
    writeOffInvoice,
    upsertCustomer,
    mergeCustomers,
    unmergeCustomers,
    closePeriod,
    acceptProposal,
  ].map((flow): [string, AnyFlow<Systems>] => [flow.name, flow]),
)
