import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { PassingFailure } from '../errors.ts'
import type { Limits } from '../limits.ts'

/**
 * Tries again what failed in a way that passes, after a pause of random length that may be twice as long each time, so
 * that many callers do not come back at once. It gives up where a pause would last beyond the deadline. For reads
 * alone: nothing tells whether a write that failed was done.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  deadlineMs: number,
  { maxFetchTries, maxRetryPauseMs }: Limits,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof PassingFailure) || tries >= maxFetchTries) throw error
      const pauseMs = randomInt(maxRetryPauseMs * 2 ** (tries - 1)) + 1
      if (performance.now() + pauseMs >= deadlineMs) throw error
      await sleep(pauseMs, undefined, { signal })
    }
  }
}
