import { billUsage } from '../flows/bill-usage.ts'
import type { Systems } from '../flows/systems.ts'
import type { WorkflowDesk } from '../workflows/desk.ts'

/** Subscriptions of ours that were used in a month: at most so many, after an id in order. */
export type ReadUsed = (
  month: Temporal.PlainYearMonth,
  afterId: string,
  limit: number,
) => Promise<readonly string[]>

/** Meters tell late: so long after its end a month is billed. What comes later a person bills. */
const GRACE_DAYS = 2
const BATCH = 200

/** Bills the use of the month before, once for each subscription, whichever node looks. Returns how many it started. */
export async function billLastMonth(
  desk: WorkflowDesk<Systems>,
  readUsed: ReadUsed,
  today: Temporal.PlainDate,
): Promise<number> {
  const month = today.subtract({ days: GRACE_DAYS }).toPlainYearMonth().subtract({ months: 1 })
  let started = 0
  let used = await readUsed(month, '', BATCH)
  // Ends: every batch begins after the last subscription of the one before.
  for (let last = used.at(-1); last !== undefined; last = used.at(-1)) {
    for (const subscriptionId of used) {
      const input = { subscriptionId, month, idempotencyKey: `${subscriptionId} ${month.toString()}` }
      const { value } = await desk.start(billUsage, input, REQUEST)
      if (value?.replayed === false) started += 1
    }
    used = await readUsed(month, last, BATCH)
  }
  return started
}

const REQUEST = { requestedBy: 'used-months-are-billed', correlationId: 'usage' }
