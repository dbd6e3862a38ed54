import { billUsage } from '../flows/bill-usage.ts'
import { type DueDay, startDue } from './start-due.ts'

/** Subscriptions of ours that were used in a month: at most so many, after an id in order. */
export type ReadUsed = (
  month: Temporal.PlainYearMonth,
  afterId: string,
  limit: number,
) => Promise<readonly string[]>

/** Meters tell late: so long after its end a month is billed. What comes later a person bills. */
const GRACE_DAYS = 2

/** Bills the use of the month before, once for each subscription, whichever node looks. Returns how many it started. */
export function billLastMonth(day: DueDay, readUsed: ReadUsed): Promise<number> {
  const month = day.today.subtract({ days: GRACE_DAYS }).toPlainYearMonth().subtract({ months: 1 })
  return startDue(
    day,
    (afterId, limit) => readUsed(month, afterId, limit),
    (subscriptionId) => subscriptionId,
    (subscriptionId, again) => {
      const idempotencyKey = `${subscriptionId} ${month.toString()}${again}`
      return day.desk.start(billUsage, { subscriptionId, month, idempotencyKey }, REQUEST)
    },
  )
}

const REQUEST = { requestedBy: 'used-months-are-billed', correlationId: 'usage' }
