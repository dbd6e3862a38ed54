import { isBefore } from '#domain/calendar.ts'
import type { Outcome } from '#domain/failure.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { Systems } from '../flows/systems.ts'
import type { Accepted } from '../workflows/accept.ts'
import type { WorkflowDesk } from '../workflows/desk.ts'

/** Where what a day brings is started, and the day: that of UTC. */
export interface DueDay {
  readonly desk: WorkflowDesk<Systems>
  readonly today: Temporal.PlainDate
}

/** What is due, after an id in order: at most so many. */
export type ReadDue<Item> = (afterId: string, limit: number) => Promise<readonly Item[]>

const BATCH = 200

/**
 * Starts a workflow for each that is due, batch by batch, under a key of its own that ends with `again`. What was
 * started before is left, unless the last of it came to nothing on an earlier day: what stood in its way may be gone.
 * Tells how many are new. One that cannot be begun keeps none of the others from it; its error is thrown in the end.
 */
export async function startDue<Item>(
  { desk, today }: Pick<DueDay, 'today'> & { readonly desk: Pick<DueDay['desk'], 'latest'> },
  readDue: ReadDue<Item>,
  idOf: (item: Item) => string,
  start: (item: Item, again: string) => Promise<Outcome<Accepted>>,
): Promise<number> {
  const isNew = async (item: Item): Promise<boolean> => {
    const { value: first } = await start(item, '')
    if (first === undefined || !first.replayed) return first !== undefined
    if (!cameToNothing(await desk.latest(first.workflowId), today)) return false
    const { value: second } = await start(item, ` again ${today.toString()}`)
    return second?.replayed === false
  }
  let started = 0
  let failed: { readonly id: string; readonly cause: unknown } | undefined
  let due = await readDue('', BATCH)
  // Ends: every batch begins after the last one of the batch before.
  for (let last = due.at(-1); last !== undefined; last = due.at(-1)) {
    for (const item of due) {
      try {
        if (await isNew(item)) started += 1
      } catch (cause) {
        failed ??= { id: idOf(item), cause }
      }
    }
    due = await readDue(idOf(last), BATCH)
  }
  if (failed !== undefined)
    throw new Error(`what is due for ${failed.id} cannot be begun`, { cause: failed.cause })
  return started
}

/** Whether a workflow was undone before a day. */
const cameToNothing = (latest: Workflow | undefined, today: Temporal.PlainDate): boolean =>
  latest?.status === 'COMPENSATED' &&
  latest.endedAt !== null &&
  isBefore(latest.endedAt.toZonedDateTimeISO('UTC').toPlainDate(), today)
