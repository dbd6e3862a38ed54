import type { Subscription } from '#domain/billing.ts'
import { firstDay } from '#domain/calendar.ts'
import {
  type CohortChange,
  cohortChanges,
  type RecurringMovement,
  recurringMovements,
} from '#domain/recurring-movements.ts'
import { type RecurringRun, runsAfter } from '#domain/recurring-history.ts'
import { parseDate, parseInstant } from '#platform/dates.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Jsonified } from '#platform/table.ts'
import { type Grouped, groupedProjection, type Grouping, type MetricMovement } from './grouped.ts'

/** What is kept of a subscription. */
interface KeptSubscription extends Grouped {
  readonly legalEntityId: string
  readonly currency: string
  readonly runs: readonly Jsonified<RecurringRun>[]
}

/** How recurring revenue moved, by subscription; classified with all subscriptions of the customer in view. */
export const subscriptionsGrouping: Grouping<KeptSubscription> = {
  name: 'metrics-subscriptions',
  source: 'billing',
  aggregates: ['subscription'],
  apply: keptOf,
  movementsOf: (customerId, states) => {
    const movements = recurringMovements(
      [...states].map(([id, { runs, ...subscription }]) => ({
        id,
        ...subscription,
        runs: runs.map(revived),
      })),
    )
    return [
      ...movements.flatMap(entriesOf),
      ...cohortChanges(movements, monthOf).flatMap((it) => cohortEntries(it, 'COHORT_MONTH')),
      ...cohortChanges(movements, quarterOf).flatMap((it) => cohortEntries(it, 'COHORT_QUARTER')),
    ].map((entry) => ({ ...entry, customerId }))
  },
}

export const subscriptionsProjection = groupedProjection(subscriptionsGrouping)

function keptOf(before: KeptSubscription | undefined, { data, recordedAt }: LoggedEvent): KeptSubscription {
  const { customerId, legalEntityId, currency, status, endedOn, items } = data as Jsonified<Subscription>
  const told = {
    status,
    endedOn: endedOn === null ? null : parseDate(endedOn),
    items: items.map((item) => ({
      ...item,
      unitPrice: BigInt(item.unitPrice),
      startDate: parseDate(item.startDate),
      endDate: item.endDate === null ? null : parseDate(item.endDate),
    })),
  }
  const runs = runsAfter(before?.runs.map(revived), told, recordedAt)
  return { groups: [customerId], legalEntityId, currency, runs: runs.map(written) }
}

function written({ start, end, yearly, begunAt, stoppedAt, ...run }: RecurringRun): Jsonified<RecurringRun> {
  return {
    ...run,
    start: start.toString(),
    end: end?.toString() ?? null,
    yearly: { numerator: String(yearly.numerator), denominator: String(yearly.denominator) },
    begunAt: begunAt?.toString() ?? null,
    stoppedAt: stoppedAt?.toString() ?? null,
  }
}

function revived({ start, end, yearly, begunAt, stoppedAt, ...run }: Jsonified<RecurringRun>): RecurringRun {
  return {
    ...run,
    start: parseDate(start),
    end: end === null ? null : parseDate(end),
    yearly: { numerator: BigInt(yearly.numerator), denominator: BigInt(yearly.denominator) },
    begunAt: begunAt === null ? null : parseInstant(begunAt),
    stoppedAt: stoppedAt === null ? null : parseInstant(stoppedAt),
  }
}

type Entry = Omit<MetricMovement, 'customerId'>

function entriesOf(movement: RecurringMovement): Entry[] {
  const { subscriptionId: sourceId, on, move, amount, annual, ...about } = movement
  const entry = { ...about, on: on.toString(), sourceType: 'SUBSCRIPTION', sourceId }
  return [
    { ...entry, measure: `MRR_${move}`, amount },
    { ...entry, measure: 'ARR', amount: annual },
  ].filter((it) => it.amount !== 0n)
}

function cohortEntries(change: CohortChange, measure: string): Entry[] {
  const { subscriptionId: sourceId, on, net, lost, ...about } = change
  const entry = { ...about, on: on.toString(), sourceType: 'SUBSCRIPTION', sourceId }
  return [
    { ...entry, measure: `${measure}_NET`, amount: net },
    { ...entry, measure: `${measure}_LOST`, amount: lost },
  ].filter(({ amount }) => amount !== 0n)
}

const monthOf = (day: Temporal.PlainDate): Temporal.PlainDate => firstDay(day.toPlainYearMonth())

const MONTHS_PER_QUARTER = 3
const quarterOf = (day: Temporal.PlainDate): Temporal.PlainDate =>
  monthOf(day).subtract({ months: (day.month - 1) % MONTHS_PER_QUARTER })
