import type { Clock } from '#platform/clock.ts'
import { unitOfWork } from '#platform/command.ts'
import type { SubgraphName } from '#platform/config.ts'
import { type Database, isPassing, type Transaction } from '#platform/database.ts'
import { type ConsumerShare, lockShare } from './consumer-store.ts'
import { type Consumer, contextOf } from './consumer.ts'
import { type DeadLetter, failAgain, readFirstHeld, settle } from './dead-letters.ts'
import { readLog } from './read.ts'

/** What a person decides about an aggregate that a consumer holds. */
export interface Decision {
  readonly aggregateId: string
  /** What becomes of the event that failed: it is tried again, or it is given up. Those behind it are applied then. */
  readonly failed: 'RETRY' | 'SKIP'
  readonly by: string
  readonly reason: string
}

/** What came of a decision. */
export interface Settled {
  readonly applied: number
  readonly skipped: number
  /** The event that still holds the aggregate; null where it goes on. */
  readonly held: DeadLetter | null
}

/** A consumer with its store. */
export interface ConsumerPlace {
  readonly db: Database
  readonly subgraph: SubgraphName
  readonly consumer: Consumer
  readonly clock: Clock
}

/**
 * Lets a held aggregate go on: its events are settled in order, one transaction each, up to the first that cannot be
 * applied. Any node may do so, beside the one that runs the consumer. Does nothing for an aggregate that is not held.
 */
export async function settleAggregate(place: ConsumerPlace, decision: Decision): Promise<Settled> {
  let [applied, skipped] = [0, 0]
  // Ends: each turn settles a letter or is the last one.
  for (;;) {
    const isFirst = applied + skipped === 0
    const outcome = await settleFirst(place, decision, isFirst ? decision.failed : 'RETRY')
    if (outcome === 'FREE') return { applied, skipped, held: null }
    if (outcome === 'APPLIED') applied += 1
    else if (outcome === 'SKIPPED') skipped += 1
    else return { applied, skipped, held: outcome }
  }
}

type Outcome = 'FREE' | 'APPLIED' | 'SKIPPED' | DeadLetter

async function settleFirst(
  place: ConsumerPlace,
  decision: Decision,
  how: Decision['failed'],
): Promise<Outcome> {
  const { db, subgraph, consumer } = place
  const { name, source } = consumer
  const letter = await readFirstHeld(db, { subgraph, name, source, share: 0 }, decision.aggregateId)
  if (letter === undefined) return 'FREE'
  const share = { subgraph, name, source, share: letter.share }
  try {
    return await db.transaction((transaction) =>
      settleLetter(transaction, place, share, decision, how === 'SKIP' ? letter : undefined),
    )
  } catch (error) {
    if (isPassing(error)) throw error
    await failAgain(db, share, letter.position, error)
    return { ...letter, status: 'FAILED', attempts: letter.attempts + 1, error: String(error) }
  }
}

/**
 * Whoever runs the consumer is kept waiting, so that nothing joins the events that wait unseen. Given up is only what
 * failed and was seen to: where another person was faster, the first letter is one of which nobody decided that.
 */
async function settleLetter(
  transaction: Transaction,
  { subgraph, consumer, clock }: ConsumerPlace,
  share: ConsumerShare,
  { aggregateId, by, reason }: Decision,
  givenUp: DeadLetter | undefined,
): Promise<Outcome> {
  await lockShare(transaction, share)
  const letter = await readFirstHeld(transaction, share, aggregateId)
  if (letter === undefined) return 'FREE'
  const settlement = { at: clock.now(), by, reason }
  if (letter.status === 'FAILED' && letter.position === givenUp?.position) {
    await settle(transaction, share, letter.position, 'SKIPPED', settlement)
    return 'SKIPPED'
  }
  const [event] = await readLog(transaction, share.source, { after: letter.position - 1n, limit: 1 })
  if (event?.position !== letter.position) throw new Error(`Position ${letter.position} is not kept any more`)
  await consumer.apply(unitOfWork(transaction, contextOf(subgraph, clock, event)), event)
  await settle(transaction, share, letter.position, 'APPLIED', settlement)
  return 'APPLIED'
}
