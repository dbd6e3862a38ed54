/** What is done to a contract that was signed and billed for its year: each time to one of its own. */
import { amendContract } from '#subgraphs/operations/flows/amend-contract.ts'
import { previewOf } from '#subgraphs/operations/flows/amendment-preview.ts'
import {
  cancelContract,
  renewContract,
  resumeContract,
  suspendContract,
  transferContract,
} from '#subgraphs/operations/flows/change-contract.ts'
import { CHANGED_ON, contractIdOf, DAYS, RESUMED_ON } from './contracts.ts'
import {
  agreed,
  amendedDailyOf,
  amendment,
  billedContract,
  changed,
  charged,
  dailyOf,
  nameOf,
  type Order,
  otherCustomerIdOf,
  otherCustomerOf,
  roundDailyOf,
  suspendedContract,
  taxed,
} from './orders.ts'
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
  resumeContract: {
    flow: resumeContract,
    ends: 'COMPLETED',
    facts: suspendedContract,
    start: starts(resumeContract, (order) => ({
      contractId: contractIdOf(nameOf(order)),
      effectiveDate: Temporal.PlainDate.from(RESUMED_ON),
    })),
    effects: (order) => {
      const [before, after] = [daysOf(order, 'before'), daysOf(order, 'resumed')]
      return [
        ...changed(order, before + after, before),
        `invoice ${contractIdOf(nameOf(order))} ${taxed(after)}`,
      ]
    },
    leaves: (order) => ({
      receivables: daysOf(order, 'before') + taxed(daysOf(order, 'resumed')),
      cash: 0n,
    }),
  },
  // Its next term is a contract of its own, billed for its first period at once.
  renewContract: {
    flow: renewContract,
    ends: 'COMPLETED',
    facts: (order) => billedContract(order, roundDailyOf(order)),
    start: starts(renewContract, (order) => ({ contractId: contractIdOf(nameOf(order)) })),
    effects: (order) => {
      const [worth, next] = [daysOf(order, 'year'), `next of ${contractIdOf(nameOf(order))}`]
      return [...changed(order, worth, worth), ...agreed(next, worth), `invoice ${next} ${taxed(worth)}`]
    },
    leaves: (order) => {
      const worth = daysOf(order, 'year')
      return { receivables: worth + taxed(worth), cash: 0n }
    },
  },
  // What is left goes to another customer: the one gets it back, and the other is billed for it.
  transferContract: {
    flow: transferContract,
    ends: 'COMPLETED',
    facts: (order) => ({
      ...billedContract(order, roundDailyOf(order)),
      customers: [otherCustomerOf(order)],
    }),
    start: starts(transferContract, (order) => ({
      contractId: contractIdOf(nameOf(order)),
      effectiveDate: Temporal.PlainDate.from(CHANGED_ON),
      customerId: otherCustomerIdOf(order),
    })),
    effects: (order) => {
      const [left, other] = [daysOf(order, 'after'), otherCustomerIdOf(order)]
      return [
        ...changed(order, daysOf(order, 'before'), daysOf(order, 'year')),
        `credit note inv_${nameOf(order)} ${left}`,
        ...agreed(other, left),
        `invoice ${other} ${taxed(left)}`,
      ]
    },
    leaves: (order) => ({
      receivables: daysOf(order, 'before'),
      cash: 0n,
      otherReceivables: taxed(daysOf(order, 'after')),
    }),
  },
}

/** What days of service cost, net. */
const daysOf = (order: Order, days: keyof typeof DAYS): bigint => DAYS[days] * roundDailyOf(order)
