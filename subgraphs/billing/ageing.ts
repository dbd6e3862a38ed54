/** Receivables as of a day and an instant: arguments are checked here, `owed.ts` finds what was owed. */
import DataLoader from 'dataloader'
import { bucketsUpTo, type Receivables } from '#domain/ageing.ts'
import { isBefore } from '#domain/calendar.ts'
import { type Clock, today } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { publicError } from '#platform/errors.ts'
import { found } from '#platform/graphql.ts'
import { readLegalEntityIds } from './owed-store.ts'
import { readOwedByCustomer, readOwedInTotal } from './owed.ts'
import { readTimeZones } from './store.ts'

/** When something was owed, and what was known of it. */
export interface Moment {
  readonly asOf?: Temporal.PlainDate | null
  readonly knownAt?: Temporal.Instant | null
}

/** What a client asks for. */
export interface AgeingArguments extends Moment {
  readonly legalEntityId?: string | null
  readonly buckets?: readonly number[] | null
}

export interface AgeingOf {
  readonly legalEntity: { readonly id: string } | null
  readonly currencies: readonly Receivables[]
}

/** What reports rest on. */
interface Source {
  readonly db: Queryable
  readonly clock: Clock
}

/** What all customers owe a legal entity, or all of ours. Throws NOT_FOUND and BAD_USER_INPUT. */
export async function reportAgeing(source: Source, args: AgeingArguments): Promise<AgeingOf> {
  const { legalEntityId = null, buckets } = args
  const { value, violations } = bucketsUpTo(buckets ?? [])
  if (buckets && violations) throw publicError('BAD_USER_INPUT', `${violations[0]?.message ?? ''}.`)
  const known = await readLegalEntityIds(source.db)
  if (legalEntityId !== null)
    found(known.includes(legalEntityId) ? legalEntityId : null, 'legal entity', legalEntityId)
  const days = await daysOf(source, legalEntityId === null ? known : [legalEntityId], args)
  const wanted = { days, customerIds: null, knownAt: args.knownAt ?? null }
  return {
    legalEntity: legalEntityId === null ? null : { id: legalEntityId },
    currencies: await readOwedInTotal(source.db, wanted, value),
  }
}

/** Loads what customers owed at a moment: those who are asked for with the same one share the statements. */
export function loadOwed(source: Source) {
  const byMoment = new Map<string, DataLoader<string, readonly Receivables[]>>()
  return (customerId: string, moment: Moment): Promise<readonly Receivables[]> => {
    const key = `${moment.asOf?.toString() ?? ''} ${moment.knownAt?.toString() ?? ''}`
    const loader =
      byMoment.get(key) ??
      new DataLoader(async (customerIds: readonly string[]) => {
        const days = await daysOf(source, await readLegalEntityIds(source.db), moment)
        const owed = await readOwedByCustomer(source.db, {
          days,
          customerIds,
          knownAt: moment.knownAt ?? null,
        })
        return customerIds.map((id) => owed.get(id) ?? [])
      })
    byMoment.set(key, loader)
    return loader.load(customerId)
  }
}

/** The last day that counts for each legal entity. Throws BAD_USER_INPUT for what is still to come. */
async function daysOf(
  { db, clock }: Source,
  legalEntityIds: readonly string[],
  { asOf, knownAt }: Moment,
): Promise<Map<string, Temporal.PlainDate>> {
  if (knownAt && Temporal.Instant.compare(knownAt, clock.now()) > 0)
    throw publicError('BAD_USER_INPUT', `"knownAt" is still to come: ${knownAt.toString()}.`)
  const zones = await readTimeZones(db, legalEntityIds)
  const ownDays = legalEntityIds.map((id, index) => {
    const zone = zones[index] ?? 'UTC'
    const now = today(clock, zone)
    if (asOf && isBefore(now, asOf))
      throw publicError('BAD_USER_INPUT', `"asOf" is still to come: ${asOf.toString()}.`)
    return [id, asOf ?? knownAt?.toZonedDateTimeISO(zone).toPlainDate() ?? now] as const
  })
  return new Map(ownDays)
}
