import type { Consumer } from './consumer.ts'
import { readDeadLetters } from './dead-letters.ts'
import { countRedelivery, type LogRange } from './replay-store.ts'
import type { ReplayWork } from './run-replays.ts'
import { settleAggregate } from './settle.ts'

/**
 * Delivers events again under their ids: the consumer applies what it had set aside and skips what it has applied, so
 * a second time nothing is applied. False where it was cancelled.
 */
export async function redeliver(work: ReplayWork, consumer: Consumer, range: LogRange): Promise<boolean> {
  const { db, subgraph, clock, by, reason, page } = work
  const { wouldSkip } = await countRedelivery(db, subgraph, consumer, range)
  if (!(await work.note({ applied: 0, skipped: Number(wouldSkip) }))) return false
  for (let after = range.after; ;) {
    const found = { consumer: consumer.name, source: consumer.source, after, limit: page }
    const letters = (await readDeadLetters(db, subgraph, found)).filter(
      ({ position }) => position <= range.through,
    )
    const last = letters.at(-1)
    if (last === undefined) return true
    let applied = 0
    for (const aggregateId of new Set(letters.map((letter) => letter.aggregateId))) {
      const decision = { aggregateId, failed: 'RETRY', by, reason } as const
      applied += (await settleAggregate({ db, subgraph, consumer, clock }, decision)).applied
    }
    if (!(await work.note({ applied, skipped: 0 }))) return false
    after = last.position
  }
}
