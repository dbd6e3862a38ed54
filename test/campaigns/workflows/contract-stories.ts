/** What is done to a contract that was signed and billed for its year: each time to one of its own. */
import { amendContract } from '#subgraphs/operations/flows/amend-contract.ts'
import { previewOf } from '#subgraphs/operations/flows/amendment-preview.ts'
import { cancelContract, suspendContract } from '#subgraphs/operations/flows/change-contract.ts'
import { CHANGED_ON, contractIdOf, DAYS } from './contracts.ts'
import { amendedDailyOf, amendment, billedContract, changed, charged, dailyOf, nameOf } from './orders.ts'
import { type Story, starts } from './story.ts'

/** Name → story. */
export const CONTRACT_STORIES: Readonly<Record<string, Story>> = {
  amendContract: {
    flow: amendContract,
    ends: 'COMPLETED',
    facts: billedContract,
    preview: async ({ preview }, order) => {
      const { value, violations } = await previewOf(preview, amendment(order), preview.today())
      if (value === undefined) throw new Error(JSON.stringify(violations))
      return value.previewHash
    },
    start: starts(amendContract, (order) => ({ ...amendment(order), previewHash: order.previewHash ?? '' })),
    effects: (order) => [
      ...changed(order, DAYS.before * dailyOf(order) + DAYS.after * amendedDailyOf(order)),
      `invoice ${contractIdOf(nameOf(order))} ${charged(order)}`,
    ],
    leaves: (order) => ({ receivables: DAYS.year * dailyOf(order) + charged(order), cash: 0n }),
  },
  cancelContract: {
    flow: cancelContract,
    ends: 'COMPLETED',
    facts: billedContract,
    start: starts(cancelContract, (order) => ({
      contractId: contractIdOf(nameOf(order)),
      effectiveDate: Temporal.PlainDate.from(CHANGED_ON),
      reason: 'Moves on',
    })),
    effects: (order) => [
      ...changed(order, DAYS.before * dailyOf(order)),
      `credit note inv_${nameOf(order)} ${DAYS.after * dailyOf(order)}`,
    ],
    leaves: (order) => ({ receivables: DAYS.before * dailyOf(order), cash: 0n }),
  },
  // What was billed for the time in which nothing is served goes back.
  suspendContract: {
    flow: suspendContract,
    ends: 'COMPLETED',
    facts: billedContract,
    start: starts(suspendContract, (order) => ({
      contractId: contractIdOf(nameOf(order)),
      effectiveDate: Temporal.PlainDate.from(CHANGED_ON),
    })),
    effects: (order) => [
      ...changed(order, DAYS.before * dailyOf(order)),
      `credit note inv_${nameOf(order)} ${DAYS.after * dailyOf(order)}`,
    ],
    leaves: (order) => ({ receivables: DAYS.before * dailyOf(order), cash: 0n }),
  },
}
