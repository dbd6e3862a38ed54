/** A system whose tables nobody can write to for a while: what is asked of it waits, as where it is down. */
import type { FlowWorld } from './flows.ts'

/** Does something meanwhile. Reading goes on. */
export const whileLocked = (
  { database }: Pick<FlowWorld, 'database'>,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> =>
  database.owner.transaction(async (unit) => {
    await unit.rows({ text: `LOCK TABLE ${tables.join(', ')} IN EXCLUSIVE MODE`, values: [] })
    const end = new AbortController()
    // A transaction that says nothing for seconds is ended.
    const hold = async (): Promise<void> => {
      while (!end.signal.aborted) await unit.rows({ text: 'SELECT pg_sleep(0.1)', values: [] })
    }
    await Promise.all([work().finally(() => end.abort()), hold()])
  })
