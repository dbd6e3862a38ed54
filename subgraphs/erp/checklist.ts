import { type Blocker, blockersOf, type Tally } from '#domain/checklist.ts'
import type { AccountingPeriod, LegalEntity } from '#domain/erp.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import { checkClose } from '#domain/period.ts'
import { type Clock, today } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { readRows } from '#platform/table.ts'
import { type ClosingWork, planClosing, readClosingWork } from './closing.ts'
import { readBroken, readDueMonths, readHeldDocuments, readUnmet } from './period-store.ts'
import { readPeriods, type SourceVersion } from './store.ts'
import { legalEntities } from './tables.ts'

/** A period by its legal entity and name. */
export interface PeriodName {
  readonly legalEntityId: string
  readonly period: Temporal.PlainYearMonth
}

/** What is to be said of a period that somebody wants to close or reopen; it survives JSON. */
export interface PeriodOutcome {
  /** Null where there is no such period. */
  readonly periodId: string | null
  readonly blockers: readonly Blocker[]
  readonly violations: readonly Violation[]
}

/** A period whose time to be closed has come. */
export interface DuePeriod {
  readonly legalEntity: LegalEntity
  /** All periods of the legal entity. */
  readonly calendar: readonly AccountingPeriod[]
  readonly period: AccountingPeriod
}

/** Which documents another system has, in its newest versions: those dated before a day, a page in order of id. */
export type ReadDated = (page: {
  readonly legalEntityId: string
  readonly before: Temporal.PlainDate
  readonly afterId: string
  readonly limit: number
}) => Promise<readonly SourceVersion[]>

/** Whether a period can be closed now, and what keeps it from that. Nothing is written. */
export async function checkPeriod(
  db: Queryable,
  clock: Clock,
  name: PeriodName,
  readDated: ReadDated,
): Promise<PeriodOutcome> {
  const [legalEntity] = await readRows(db, legalEntities, [name.legalEntityId])
  const calendar = await readPeriods(db, [name.legalEntityId])
  const { value: due, violations } = duePeriod(clock, legalEntity, calendar, name)
  if (violations !== undefined) return refused(periodNamed(calendar, name) ?? null, violations)
  const work = await readClosingWork(db, due.legalEntity, due.period)
  const unposted = await tallyUnposted(db, due.period, readDated)
  const { blocked: unrecognized } = await readDueMonths(db, due.period)
  const blockers = await findBlockers(db, work, calendar, { unposted, unrecognized })
  return { periodId: due.period.id, blockers, violations: earlierOpen(blockers) }
}

/**
 * The period of that name. REFERENCE_MISSING where there is none, PERIOD_CLOSED, and PERIOD_NOT_ENDED by the day of its
 * legal entity.
 */
export function duePeriod(
  clock: Clock,
  legalEntity: LegalEntity | undefined,
  calendar: readonly AccountingPeriod[],
  name: PeriodName,
): Outcome<DuePeriod> {
  if (legalEntity === undefined) return { violations: [unknown('legalEntityId', 'legal entity')] }
  const period = periodNamed(calendar, name)
  if (period === undefined) return { violations: [unknown('period', 'period of that name')] }
  const violations = checkClose(period, today(clock, legalEntity.timeZone))
  return violations.length > 0 ? { violations } : { value: { legalEntity, calendar, period } }
}

/** What keeps a period from being closed, with what the caller found out before. */
export async function findBlockers(
  db: Queryable,
  work: ClosingWork,
  calendar: readonly AccountingPeriod[],
  found: { readonly unposted: Tally; readonly unrecognized: Tally },
): Promise<Blocker[]> {
  const { period } = work
  return blockersOf({
    period,
    calendar,
    ...found,
    ...(await readHeldDocuments(db, period)),
    broken: await readBroken(db, period),
    refusals: planClosing(work).refusals,
  })
}

/** Documents of one page. */
const PAGE_DOCUMENTS = 5_000

/** Documents up to the end of a period that the books have not met in their newest versions. */
export async function tallyUnposted(
  db: Queryable,
  { legalEntityId, range }: AccountingPeriod,
  readDated: ReadDated,
): Promise<Tally> {
  const unmet: { count: number; example: string | null } = { count: 0, example: null }
  // Ends: every page begins after the last document of the one before.
  for (let afterId = ''; ;) {
    const page = await readDated({ legalEntityId, before: range.end, afterId, limit: PAGE_DOCUMENTS })
    const ids = await readUnmet(db, page)
    unmet.count += ids.length
    unmet.example ??= ids[0] ?? null
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE_DOCUMENTS) return unmet
    afterId = last.id
  }
}

/** The period of that name. */
export function periodNamed(
  calendar: readonly AccountingPeriod[],
  { period }: Pick<PeriodName, 'period'>,
): AccountingPeriod | undefined {
  return calendar.find((it) => it.period.equals(period))
}

/** The one blocker that the request could have known of: periods are closed in their order. */
function earlierOpen(blockers: readonly Blocker[]): Violation[] {
  return blockers
    .filter(({ rule }) => rule === 'EARLIER_PERIOD_OPEN')
    .map(({ message }) => ({ code: 'EARLIER_PERIOD_OPEN', field: 'period', message }))
}

/** The outcome of a request that breaks a rule: nothing is written. */
export function refused(
  period: Pick<AccountingPeriod, 'id'> | null,
  violations: readonly Violation[],
): PeriodOutcome {
  return { periodId: period?.id ?? null, blockers: [], violations }
}

/** That the input names something which is not there. */
export function unknown(field: keyof PeriodName, what: string): Violation {
  return { code: 'REFERENCE_MISSING', field, message: `There is no such ${what}` }
}
