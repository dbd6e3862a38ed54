/** Errors behind which a connection was lost, or could not be had: they keep their identity for who looks at them. */
const lost = new WeakSet<Error>()

/** Remembers that a connection was lost behind this error; gives it back. */
export function markLost(error: unknown): unknown {
  if (error instanceof Error) lost.add(error)
  return error
}

/** Whether a connection was lost behind this error. */
export const wasLost = (error: Error): boolean => lost.has(error)
