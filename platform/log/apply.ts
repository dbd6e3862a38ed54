import type { Clock } from '#platform/clock.ts'
import { type UnitOfWork, unitOfWork } from '#platform/command.ts'
import { type Database, isPassing, type Queryable } from '#platform/database.ts'
import { type ConsumerShare, Fenced, moveOn } from './consumer-store.ts'
import { type Consumer, contextOf } from './consumer.ts'
import { readHeld, setAside } from './dead-letters.ts'
import type { LoggedEvent } from './event.ts'
import { noteApplied } from './telemetry.ts'
import { createWake } from './wake.ts'

/** A node's term of work on a share. */
export interface Term {
  readonly db: Database
  readonly consumer: Consumer
  readonly share: ConsumerShare
  readonly epoch: bigint
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Told of each event that is set aside. */
  readonly onFailure: (event: LoggedEvent, error: unknown) => void
}

/** Part of a log: the events that concern the share, among those behind `after` up to `through`. */
export interface Stretch {
  readonly events: readonly LoggedEvent[]
  readonly after: bigint
  readonly through: bigint
}

/** How often an event is tried before it is set aside. */
const MAX_ATTEMPTS = 3
/** Between attempts: what was in the way may pass. */
const RETRY_MS = 100

/** Applies a stretch: together, or where one of its events fails, one after the other, and that one is set aside. */
export async function applyStretch(term: Term, stretch: Stretch): Promise<void> {
  try {
    await applyTogether(term, stretch)
  } catch (error) {
    if (mayPass(error)) throw error
    let after = stretch.after
    for (const event of stretch.events) {
      await applyAlone(term, event, after)
      after = event.position
    }
    if (after < stretch.through) await applyTogether(term, { events: [], after, through: stretch.through })
  }
}

const mayPass = (error: unknown): boolean => error instanceof Fenced || isPassing(error)

async function applyAlone(term: Term, event: LoggedEvent, after: bigint): Promise<void> {
  const stretch = { events: [event], after, through: event.position }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applyTogether(term, stretch)
    } catch (error) {
      if (mayPass(error)) throw error
      if (attempt === MAX_ATTEMPTS) return setFailedAside(term, event, after, error)
    }
    await createWake(term.signal).sleep(RETRY_MS)
  }
}

async function applyTogether({ db, consumer, share, epoch, clock }: Term, stretch: Stretch): Promise<void> {
  await db.transaction(async (transaction) => {
    await moveOn(transaction, share, epoch, stretch)
    const held = await readHeldOf(transaction, share, stretch.events)
    const isHeld = ({ aggregateId }: LoggedEvent): boolean => held.has(aggregateId)
    for (const event of stretch.events.filter(isHeld)) await setAside(transaction, share, event, clock.now())
    const unitOf = (event: LoggedEvent) => unitOfWork(transaction, contextOf(share.subgraph, clock, event))
    await applyEach(
      consumer,
      unitOf,
      stretch.events.filter((event) => !isHeld(event)),
    )
  })
  noteApplied(consumer.name, stretch.events)
}

async function applyEach(
  { apply, applyAll }: Consumer,
  unitOf: (event: LoggedEvent) => UnitOfWork,
  events: readonly LoggedEvent[],
): Promise<void> {
  const last = events.at(-1)
  if (applyAll !== undefined && last !== undefined) return applyAll(unitOf(last), events)
  for (const event of events) await apply(unitOf(event), event)
}

const readHeldOf = (db: Queryable, share: ConsumerShare, events: readonly LoggedEvent[]) =>
  readHeld(
    db,
    share,
    events.map(({ aggregateId }) => aggregateId),
  )

/** Its aggregate is held from now on; others go on. */
async function setFailedAside(term: Term, event: LoggedEvent, after: bigint, error: unknown): Promise<void> {
  const { db, share, epoch, clock, onFailure } = term
  await db.transaction(async (transaction) => {
    await moveOn(transaction, share, epoch, { after, through: event.position })
    await setAside(transaction, share, event, clock.now(), { error, attempts: MAX_ATTEMPTS })
  })
  onFailure(event, error)
}
