import { type Blocker, blockersOf, type Tally } from '#domain/checklist.ts'
import type { AccountingPeriod } from '#domain/erp.ts'
import type { Violation } from '#domain/failure.ts'
import { checkClose, lastDayOf, mayBecome } from '#domain/period.ts'
import { today } from '#platform/clock.ts'
import type { CommandContext, UnitOfWork } from '#platform/command.ts'
import type { Database, Queryable } from '#platform/database.ts'
import type { Replayable } from '#platform/idempotency.ts'
import { type KeyedInput, mutate, refuseUnusableKey } from '#platform/mutation.ts'
import { readRows } from '#platform/table.ts'
import { type ClosingWork, planClosing, postClosing, readClosingWork } from './closing.ts'
import { readBroken, readDueMonths, readHeldDocuments, readUnmet } from './period-store.ts'
import { periodAggregate } from './periods.ts'
import { recognizeRevenue } from './recognize.ts'
import { sealEntries } from './seal-store.ts'
import { lockLegalEntities, readPeriods, type SourceVersion } from './store.ts'
import { legalEntities } from './tables.ts'

/** A period by its legal entity and name. */
export interface PeriodName {
  readonly legalEntityId: string
  readonly period: Temporal.PlainYearMonth
}

/** What became of a request to close or reopen a period; ids and texts alone, so that it can be kept. */
export interface PeriodOutcome {
  /** Null where there is no such period. */
  readonly periodId: string | null
  readonly blockers: readonly Blocker[]
  readonly violations: readonly Violation[]
}

/** Which documents another system has, in its newest versions: those dated before a day, a page in order of id. */
export type ReadDated = (page: {
  readonly legalEntityId: string
  readonly before: Temporal.PlainDate
  readonly afterId: string
  readonly limit: number
}) => Promise<readonly SourceVersion[]>

/**
 * Closes a period: recognises its revenue, sets apart what is not billed, brings foreign money to the rate of its last
 * day, and seals its entries. Where anything on its checklist is not met, the period is PENDING_CLOSE, and only revenue
 * was posted. A close that was cut short is done by the next one; the same request again gets the same answer.
 */
export async function closePeriod(
  db: Database,
  context: CommandContext,
  input: PeriodName & KeyedInput,
  readDated: ReadDated,
): Promise<Replayable<PeriodOutcome>> {
  refuseUnusableKey(input)
  const unposted = await prepare(db, context, input, readDated)
  return mutate(db, context, { operation: 'closePeriod', input }, (unit) =>
    close(unit, context, input, unposted),
  )
}

/** What takes long and can be done again: outside of the transaction in which nobody else posts. */
async function prepare(
  db: Database,
  context: CommandContext,
  input: PeriodName,
  readDated: ReadDated,
): Promise<Tally> {
  const [legalEntity] = await readRows(db, legalEntities, [input.legalEntityId])
  const period = periodNamed(await readPeriods(db, [input.legalEntityId]), input)
  const isCloseable =
    legalEntity !== undefined &&
    period !== undefined &&
    checkClose(period, today(context.clock, legalEntity.timeZone)).length === 0
  if (!isCloseable) return { count: 0, example: null }
  await recognizeRevenue(db, context, { through: lastDayOf(period), legalEntityId: period.legalEntityId })
  return tallyUnposted(db, period, readDated)
}

async function close(
  unit: UnitOfWork,
  context: CommandContext,
  input: PeriodName,
  unposted: Tally,
): Promise<PeriodOutcome> {
  const legalEntity = (await lockLegalEntities(unit, [input.legalEntityId])).get(input.legalEntityId)
  if (legalEntity === undefined) return refused(null, [unknown('legalEntityId', 'legal entity')])
  const calendar = await readPeriods(unit, [legalEntity.id])
  const period = periodNamed(calendar, input)
  if (period === undefined) return refused(null, [unknown('period', 'period of that name')])
  const violations = checkClose(period, today(context.clock, legalEntity.timeZone))
  if (violations.length > 0) return refused(period, violations)

  const work = await readClosingWork(unit, legalEntity, period)
  const { due } = await readDueMonths(unit, period)
  const blockers = await findBlockers(unit, work, calendar, { unposted, unrecognized: due })
  if (blockers.length > 0) {
    await hold(unit, period)
    return { periodId: period.id, blockers, violations: earlierOpen(blockers) }
  }
  await postClosing(unit, work)
  const sealHash = await sealEntries(unit, period, context.clock.now())
  await unit.save(periodAggregate, [{ before: period, after: { ...period, status: 'CLOSED', sealHash } }])
  return { periodId: period.id, blockers: [], violations: [] }
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

async function hold(unit: UnitOfWork, period: AccountingPeriod): Promise<void> {
  if (!mayBecome(period.status, 'PENDING_CLOSE')) return
  await unit.save(periodAggregate, [{ before: period, after: { ...period, status: 'PENDING_CLOSE' } }])
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
