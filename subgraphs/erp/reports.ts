/** What the books report as of a day, a period or an instant: arguments are checked here, sums are the stores'. */
import { isBefore } from '#domain/calendar.ts'
import type { LegalEntity } from '#domain/erp.ts'
import {
  type AccountBalance,
  type PostedAmounts,
  type TrialBalance,
  trialBalance,
} from '#domain/trial-balance.ts'
import { publicError } from '#platform/errors.ts'
import { found } from '#platform/graphql.ts'
import { readCalendar, readPostedAmounts, type Through } from './balance-store.ts'
import { type RemainingObligations, readRemainingObligations, type ScheduleView } from './deferred-store.ts'
import type { Context } from './loaders.ts'
import { readSchedulesKnownAt } from './history-store.ts'
import type { RevenueSchedule } from './tables.ts'

/** A trial balance with what was asked for. */
export interface TrialBalanceOf extends TrialBalance {
  readonly legalEntity: LegalEntity
  readonly through: Through
}

/** An account with the currency of the books. */
export interface AccountBalanceOf extends AccountBalance {
  readonly functionalCurrency: string
}

/** What was posted in one currency, with the currency of the books. */
export interface CurrencyBalanceOf extends PostedAmounts {
  readonly functionalCurrency: string
}

/** The trial balance of a legal entity. Throws NOT_FOUND and BAD_USER_INPUT. */
export async function reportTrialBalance(
  context: Context,
  legalEntityId: string,
  through: Through,
): Promise<TrialBalanceOf> {
  const legalEntity = await legalEntityOf(context, legalEntityId)
  if (through.asOf && through.period)
    throw publicError('BAD_USER_INPUT', 'Give "asOf" or "period", not both: they count different entries.')
  refuseFuture(context, through.knownAt)
  await refuseOutsideCalendar(context, legalEntity, through)
  return {
    legalEntity,
    through,
    ...trialBalance(await readPostedAmounts(context.db, legalEntityId, through)),
  }
}

/** What is promised and not earned yet, by currency. Throws NOT_FOUND and BAD_USER_INPUT. */
export async function reportRemainingObligations(
  context: Context,
  {
    legalEntityId,
    asOf,
    knownAt = null,
  }: Pick<ScheduleView, 'legalEntityId' | 'asOf'> & Pick<Through, 'knownAt'>,
): Promise<RemainingObligations[]> {
  const legalEntity = await legalEntityOf(context, legalEntityId)
  refuseFuture(context, knownAt)
  await refuseOutsideCalendar(context, legalEntity, { asOf })
  return readRemainingObligations(context.db, { legalEntityId, asOf, knownAt })
}

/** A revenue schedule as it is or as it was known at an instant. Throws NOT_FOUND and BAD_USER_INPUT. */
export async function reportSchedule(
  context: Context,
  { id, knownAt }: { readonly id: string } & Pick<Through, 'knownAt'>,
): Promise<RevenueSchedule> {
  refuseFuture(context, knownAt)
  const schedule = knownAt
    ? (await readSchedulesKnownAt(context.db, 'id', [id], knownAt))[0]
    : await context.revenueSchedule.load(id)
  return found(schedule ?? null, 'revenue schedule', id)
}

/** The legal entity of an id. Throws NOT_FOUND. */
export async function legalEntityOf({ legalEntity }: Context, id: string): Promise<LegalEntity> {
  return found(await legalEntity.load(id), 'legal entity', id)
}

/** What will be known is not known: an answer for an instant to come would not hold when it comes. */
export function refuseFuture({ write }: Context, knownAt: Temporal.Instant | null | undefined): void {
  if (knownAt && Temporal.Instant.compare(knownAt, write.command.clock.now()) > 0)
    throw publicError('BAD_USER_INPUT', `"knownAt" is still to come: ${knownAt.toString()}.`)
}

/** Nothing can be posted outside the accounting periods: who asks for such a day has most likely mistyped it. */
export async function refuseOutsideCalendar(
  { db }: Context,
  { id, code }: LegalEntity,
  { asOf, period }: Pick<Through, 'asOf' | 'period'>,
): Promise<void> {
  if (!asOf && !period) return
  const calendar = await readCalendar(db, id)
  if (calendar === null) throw publicError('BAD_USER_INPUT', `${code} has no accounting periods yet.`)
  const { firstDay, end, firstPeriod, lastPeriod } = calendar
  if (asOf && (isBefore(asOf, firstDay) || !isBefore(asOf, end))) {
    const range = `from ${firstDay.toString()} to ${end.subtract({ days: 1 }).toString()}`
    throw publicError('BAD_USER_INPUT', `"asOf" must lie in the accounting periods of ${code}, ${range}.`)
  }
  if (period && (isEarlier(period, firstPeriod) || isEarlier(lastPeriod, period))) {
    const range = `from ${firstPeriod.toString()} to ${lastPeriod.toString()}`
    throw publicError('BAD_USER_INPUT', `"period" must be an accounting period of ${code}, ${range}.`)
  }
}

function isEarlier(a: Temporal.PlainYearMonth, b: Temporal.PlainYearMonth): boolean {
  return Temporal.PlainYearMonth.compare(a, b) < 0
}
