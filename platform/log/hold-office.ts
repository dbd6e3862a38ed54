import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { LEASE_MS, leaveOffice, type Office, stayInOffice, takeOffice } from './office.ts'
import { createWake } from './wake.ts'

export interface Duty {
  readonly db: Database
  readonly office: Office
  /** What the log says of it: `{ relay: 'billing' }`. */
  readonly named: Readonly<Record<string, unknown>>
  readonly log: Log
  /** The work. It ends when the signal is aborted: the office is lost, or the node stops. */
  readonly work: (epoch: bigint, signal: AbortSignal) => Promise<void>
  /** Called after each renewal of the lease, every second or so. */
  readonly onRenewal?: (epoch: bigint) => Promise<void>
}

/** Something that a node does until it is stopped. */
export interface Running {
  /** Ends after what is under way, and lets another node take over at once. */
  readonly stop: () => Promise<void>
}

/** How often a candidate looks whether it is needed. Takeover takes this and a lease at most. */
const CONTEND_MS = 500
/** A holder renews its lease several times before it ends. */
const RENEW_MS = LEASE_MS / 3
/** How long after a failure, mostly PostgreSQL's absence, it is tried again. */
const RETRY_MS = 200

/** Stands ready for an office and works while it holds it, through failures and takeovers, until it is stopped. */
export function holdOffice({ db, office, named, log, work, onRenewal }: Duty): Running {
  const stopping = new AbortController()
  const pause = createWake(stopping.signal)

  const serve = async (epoch: bigint): Promise<void> => {
    log.info({ ...named, epoch: String(epoch) }, 'this node took office')
    const lost = new AbortController()
    const signal = AbortSignal.any([stopping.signal, lost.signal])
    const working = work(epoch, signal).finally(() => lost.abort())
    const renewing = renew(epoch, signal).finally(() => lost.abort())
    const outcomes = await Promise.allSettled([working, renewing])
    await leaveOffice(db, office, epoch)
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    if (!stopping.signal.aborted) log.warn({ ...named, epoch: String(epoch) }, 'another node took over')
  }
  const renew = async (epoch: bigint, signal: AbortSignal): Promise<void> => {
    const renewal = createWake(signal)
    for (;;) {
      await renewal.sleep(RENEW_MS)
      if (signal.aborted || !(await stayInOffice(db, office, epoch))) return
      await onRenewal?.(epoch)
    }
  }
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const epoch = await takeOffice(db, office)
        if (epoch === undefined) await pause.sleep(CONTEND_MS)
        else await serve(epoch)
      } catch (err) {
        log.warn({ err, ...named }, 'a duty failed for the moment and is tried again')
        await pause.sleep(RETRY_MS)
      }
    }
  }
  const ended = run()
  return {
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}
