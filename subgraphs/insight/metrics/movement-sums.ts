/** Sums of movements that are made for the purpose, as `sums-store.ts` reads those that are kept. */
import { isBefore } from '#domain/calendar.ts'
import { parseDate } from '#platform/dates.ts'
import type { Queryable } from '#platform/database.ts'
import type { CustomerPlace, Stretch, SumRow, SumsWanted } from '../sums-store.ts'
import { isWanted, placesOf } from './customers.ts'
import type { MetricMovement } from './grouped.ts'

/** Movements as sums of the stretches that they fall into; those that are not wanted are left out. */
export async function sumsOfMovements(
  db: Queryable,
  wanted: SumsWanted,
  movements: readonly MetricMovement[],
): Promise<SumRow[]> {
  const { by, customers } = wanted
  const needsPlaces = [customers.REGION, customers.SEGMENT].some((choice) => choice !== null)
  const places =
    needsPlaces || by.some((dimension) => dimension !== 'CUSTOMER')
      ? await placesOf(db, movements)
      : new Map<string, CustomerPlace>()
  return movements
    .filter(({ legalEntityId }) => wanted.legalEntityIds.includes(legalEntityId))
    .filter(({ currency }) => wanted.currencies?.includes(currency) !== false)
    .filter(({ customerId }) => isWanted(customers, customerId, places.get(customerId)))
    .flatMap((movement) => sumsOf(wanted, movement, places.get(movement.customerId)))
}

/** One sum for each stretch in which the movement lies. */
function sumsOf(
  { stretches, by }: SumsWanted,
  { on, measure, legalEntityId, currency, customerId, amount }: MetricMovement,
  place: CustomerPlace | undefined,
): SumRow[] {
  const day = parseDate(on)
  const group = {
    customer: by.includes('CUSTOMER') ? customerId || null : null,
    region: by.includes('REGION') ? (place?.region ?? null) : null,
    segment: by.includes('SEGMENT') ? (place?.segment ?? null) : null,
  }
  return stretches
    .filter((stretch) => isIn(stretch, legalEntityId, day))
    .map(({ period, start }) => ({
      period,
      measure,
      legalEntityId,
      currency,
      amount,
      functional: 0n,
      day: start,
      ...group,
    }))
}

function isIn(stretch: Stretch, legalEntityId: string, day: Temporal.PlainDate): boolean {
  const { start, end } = stretch
  const isOfEntity = stretch.legalEntityId === null || stretch.legalEntityId === legalEntityId
  return isOfEntity && (start === null || !isBefore(day, start)) && isBefore(day, end)
}
