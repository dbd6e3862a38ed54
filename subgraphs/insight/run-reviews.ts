import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { createCatchUp } from '#platform/log/catch-up.ts'
import { createWake } from '#platform/log/wake.ts'
import { standingProjections } from './project.ts'
import { REVIEW_BATCH_SIZE, reviewStandings } from './review.ts'

/** Without a commit of this process: for a day that begins, and for what other nodes kept. */
const POLL_MS = 1_000
/** How often it is asked whether what was recorded before the start has been kept. */
const CATCH_UP_POLL_MS = 100

/** What the reviews of a process need. */
interface ReviewOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
}

/**
 * Looks at standings for as long as this process runs. Several nodes may do so: each review is done by one. It begins
 * once all that was recorded before its start has been kept.
 */
export function startReviews({ db, clock, log }: ReviewOptions): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController()
  const wake = createWake(stopping.signal)
  const forget = db.onCommit(wake.ring)
  const run = async (): Promise<void> => {
    let isCaughtUp: (() => Promise<boolean>) | undefined
    let hasCaughtUp = false
    while (!stopping.signal.aborted) {
      try {
        isCaughtUp ??= await createCatchUp(db, 'insight', standingProjections)
        hasCaughtUp ||= await isCaughtUp()
        const isMore = hasCaughtUp && (await reviewStandings(db, clock)) === REVIEW_BATCH_SIZE
        if (!isMore) await wake.sleep(hasCaughtUp ? POLL_MS : CATCH_UP_POLL_MS)
      } catch (err) {
        log.warn({ err }, 'standings cannot be looked at for the moment')
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
