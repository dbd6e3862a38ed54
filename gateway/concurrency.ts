import { refuse } from './errors.ts'
import type { Limits } from './limits.ts'

/** Does the work, unless as many requests as are allowed are under way: then it is refused, not queued. */
export type WithinConcurrency = <T>(work: () => Promise<T>) => Promise<T>

/** Counts the requests of all transports that are under way. */
export function limitConcurrency({
  maxConcurrentRequests,
}: Pick<Limits, 'maxConcurrentRequests'>): WithinConcurrency {
  let underWay = 0
  return async (work) => {
    if (underWay >= maxConcurrentRequests)
      refuse('OVERLOADED', 'The graph has too much to do. Try again shortly.')
    underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
    }
  }
}
