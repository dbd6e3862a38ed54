import type { Outcome } from '#domain/failure.ts'
import type { Accepted } from '../workflows/accept.ts'

/** What is due, after an id in order: at most so many. */
export type ReadDue<Item> = (afterId: string, limit: number) => Promise<readonly Item[]>

const BATCH = 200

/** Starts a workflow for each that is due, batch by batch; what was started before is left. Tells how many are new. */
export async function startDue<Item>(
  readDue: ReadDue<Item>,
  idOf: (item: Item) => string,
  start: (item: Item) => Promise<Outcome<Accepted>>,
): Promise<number> {
  let started = 0
  let due = await readDue('', BATCH)
  // Ends: every batch begins after the last one of the batch before.
  for (let last = due.at(-1); last !== undefined; last = due.at(-1)) {
    for (const item of due) {
      const { value } = await start(item)
      if (value?.replayed === false) started += 1
    }
    due = await readDue(idOf(last), BATCH)
  }
  return started
}
