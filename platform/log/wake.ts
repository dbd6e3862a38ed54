/** Sleep that can be ended by others. */
export interface Wake {
  /** Ends the sleep that is under way, or the next one at once. */
  readonly ring: () => void
  /** Sleeps until it is rung for, the time has passed or the signal is aborted. True if it was rung for. */
  readonly sleep: (ms: number) => Promise<boolean>
}

/** A sleeper that is idle until someone rings. */
export function createWake(signal: AbortSignal): Wake {
  let hasRung = false
  let wakeUp: (() => void) | undefined
  const ring = (): void => {
    hasRung = true
    wakeUp?.()
  }
  signal.addEventListener('abort', ring)
  return {
    ring,
    sleep: async (ms) => {
      if (!hasRung && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const timer = setTimeout(resolve, ms)
        wakeUp = resolve
        await promise
        wakeUp = undefined
        clearTimeout(timer)
      }
      const wasRung = hasRung
      hasRung = false
      return wasRung
    },
  }
}
