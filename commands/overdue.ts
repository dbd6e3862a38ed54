import type { Clock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import { type DatabaseOf, noticeOverdueInvoices } from '#product.ts'

/** Midnight passes at another time in each legal entity: within an hour of it its overdue invoices are noted. */
const OVERDUE_INTERVAL_MS = 3_600_000

/**
 * Notes overdue invoices again and again, from the first interval on; a run that fails is logged, and the next one does
 * what it left. The function that it returns ends this, once a run under way is through.
 */
export function keepNoticingOverdue(
  databaseOf: DatabaseOf,
  clock: Clock,
  log: Log,
  intervalMs = OVERDUE_INTERVAL_MS,
): () => Promise<void> {
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => noticeOverdueInvoices(databaseOf, clock, 'overdue'))
      .then(
        (count) => log.info({ count }, 'invoices became overdue'),
        (error: unknown) => log.error({ err: error }, 'overdue invoices could not be noted'),
      )
  }, intervalMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}
