/** Ctrl-C or a service manager's request to stop: asked once, it is taken as an end in good order. */
export interface Stop {
  /** Resolves when the process is asked to stop. */
  readonly asked: Promise<void>
  /** The outcome of `work`, or a rejection with Interrupted as soon as the process is asked to stop. */
  readonly interrupts: <Result>(work: Promise<Result>) => Promise<Result>
}

/** The process was asked to stop before its task was done. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Takes SIGINT and SIGTERM from now on; a second one ends the process at once. */
export function takeStopSignals(): Stop {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  return { asked, interrupts: (work) => Promise.race([work, asked.then(interrupt)]) }
}

function interrupt(): never {
  throw new Interrupted(
    'Stopped before it was done. What was read or recorded stays; the same command goes on from there.',
  )
}
