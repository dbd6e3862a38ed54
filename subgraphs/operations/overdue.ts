/** What noticing overdue invoices asks of the systems, each call a transaction of one of them. */
export interface OverdueSystems<Documents> {
  /** Notes in billing which invoices became overdue; returns their number. */
  readonly note: () => Promise<number>
  /** Ids of at most so many invoices that were noted or changed since an instant, after an id, in order. */
  readonly noted: (since: Temporal.Instant, afterId: string, limit: number) => Promise<readonly string[]>
  readonly documents: (ids: readonly string[]) => Promise<Documents>
  /** Lets the books meet documents as they are now. */
  readonly post: (documents: Documents) => Promise<unknown>
  /** From when on the books may not have met what was noted. */
  readonly mark: {
    readonly load: () => Promise<{ readonly since: string } | null>
    readonly save: (mark: { readonly since: string }) => Promise<void>
  }
}

const OVERDUE_BATCH_SIZE = 500
/** How far the clocks of two machines may be apart. */
const CLOCK_MARGIN: Temporal.DurationLike = { hours: 1 }
const FIRST = '1970-01-01T00:00:00Z'

/**
 * Notes overdue invoices, then tells the books of all that were noted since the last run that came to its end: so the
 * next one does what a crash left. Returns how many became overdue.
 */
export async function noticeOverdue<Documents>(
  systems: OverdueSystems<Documents>,
  now: Temporal.Instant,
): Promise<number> {
  const noted = await systems.note()
  const since = Temporal.Instant.from((await systems.mark.load())?.since ?? FIRST)
  let ids = await systems.noted(since, '', OVERDUE_BATCH_SIZE)
  // Ends: every batch begins after the last invoice of the one before.
  for (let last = ids.at(-1); last !== undefined; last = ids.at(-1)) {
    await systems.post(await systems.documents(ids))
    ids = await systems.noted(since, last, OVERDUE_BATCH_SIZE)
  }
  await systems.mark.save({ since: now.subtract(CLOCK_MARGIN).toString() })
  return noted
}
