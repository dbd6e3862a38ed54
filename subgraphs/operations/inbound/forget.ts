import type { Clock } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { forgetWebhooks } from '../inbound-store.ts'

/** Longer than any sender sends again: what comes after it still changes nothing, since its facts are known. */
const DAYS_KEPT = 30
/** Of one call: more than come meanwhile. */
const MAX_FORGOTTEN = 20_000

/** Forgets webhooks of which the facts were recorded long ago, or of which nothing is known; returns how many. */
export const forgetTakenIn = (db: Queryable, clock: Clock): Promise<number> =>
  forgetWebhooks(db, clock.now().subtract({ hours: 24 * DAYS_KEPT }), MAX_FORGOTTEN)
