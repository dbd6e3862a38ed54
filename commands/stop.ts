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

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** One Ctrl-C comes twice under npm: the terminal signals all processes, and npm hands its own on. */
const ONE_PRESS_MS = 1_000

/** Takes SIGINT and SIGTERM from now on; one that comes a second later or more ends the process at once. */
export function takeStopSignals(): Stop {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  const take = (): void => {
    resolve()
    setTimeout(leaveSignals, ONE_PRESS_MS).unref()
  }
  const leaveSignals = (): void => SIGNALS.forEach((signal) => process.off(signal, take))
  for (const signal of SIGNALS) process.on(signal, take)
  return { asked, interrupts: (work) => Promise.race([work, asked.then(interrupt)]) }
}

function interrupt(): never {
  throw new Interrupted(
    'Stopped before it was done. What was read or recorded stays; the same command goes on from there.',
  )
}
