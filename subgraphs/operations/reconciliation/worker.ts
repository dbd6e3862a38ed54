import { randomUUID } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { createCatchUp, isCaughtUp } from '#platform/log/catch-up.ts'
import { createWake } from '#platform/log/wake.ts'
import { forgetRuns } from '../run-store.ts'
import { hasDue, noteAsOf } from '../reconciliation-store.ts'
import { reconciliationProjections } from './project.ts'
import { raiseExceptions } from './raise.ts'
import { RECONCILIATION_BATCH_SIZE, reconcileDue } from './run.ts'

/** Without a commit of this process: for what other nodes kept. */
const POLL_MS = 1_000
/** How often it is asked whether what was recorded before the start has been kept. */
const CATCH_UP_POLL_MS = 100
/** Runs that ended before so many days are forgotten. */
const RUN_DAYS_KEPT = 90
/** How old the note may become of when all was compared, while nothing happens. */
const MAX_AS_OF_AGE_SECONDS = 30

/** What the comparing of a process needs. */
export interface ReconciliationOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
}

/**
 * Compares what changed for as long as this process runs. Several nodes may do so: each item is compared by one. It
 * begins once all that was recorded before its start has been read: half a past would be one great break.
 */
export function startReconciliation({ db, clock, log }: ReconciliationOptions): {
  readonly stop: () => Promise<void>
} {
  const stopping = new AbortController()
  const wake = createWake(stopping.signal)
  const forget = db.onCommit(wake.ring)
  const run = async (): Promise<void> => {
    let hasReadPast: (() => Promise<boolean>) | undefined
    let hasBegun = false
    let runId = randomUUID()
    const noteComplete = completionNote(db, clock)
    while (!stopping.signal.aborted) {
      try {
        hasReadPast ??= await createCatchUp(db, 'operations', reconciliationProjections)
        hasBegun ||= await hasReadPast()
        const compared = hasBegun ? await reconcileDue(db, clock, runId) : 0
        if (compared === RECONCILIATION_BATCH_SIZE) continue
        runId = randomUUID()
        if (hasBegun) await raiseExceptions(db, clock)
        if (hasBegun) await noteComplete(compared)
        await wake.sleep(hasBegun ? POLL_MS : CATCH_UP_POLL_MS)
      } catch (err) {
        log.warn({ err }, 'the systems cannot be reconciled for the moment')
        await wake.sleep(POLL_MS)
      }
    }
  }
  const ended = run()
  return {
    stop: async () => {
      stopping.abort()
      forget()
      await ended
    },
  }
}

/** Where nothing is left to read or to compare, notes that all that was told until now is compared. */
function completionNote(db: Database, clock: Clock): (compared: number) => Promise<void> {
  let noted: Temporal.Instant | undefined
  return async (compared) => {
    const now = clock.now()
    if (compared === 0 && noted && noted.until(now).total('seconds') < MAX_AS_OF_AGE_SECONDS) return
    noted = undefined
    if ((await isCaughtUp(db, 'operations', reconciliationProjections)) && !(await hasDue(db))) {
      await noteAsOf(db, now)
      await forgetRuns(db, now.subtract({ hours: 24 * RUN_DAYS_KEPT }))
      noted = now
    }
  }
}
