/** Does the work when its turn comes. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** Lets so many work at a time, and the others wait in the order in which they came. */
export function limitTurns(maxAtATime: number): InTurn {
  let underWay = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (underWay < maxAtATime) underWay += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // Whoever waited longest takes over the turn as it is.
      if (next) next()
      else underWay -= 1
    }
  }
}
