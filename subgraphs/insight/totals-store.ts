import type { Queryable } from '#platform/database.ts'

/** What is added to the sums that are kept; minor units. */
export interface TotalChange {
  /** The day, in ISO 8601. */
  readonly on: string
  readonly measure: string
  readonly legalEntityId: string
  readonly currency: string
  /** Empty where it is nobody's. */
  readonly customerId: string
  readonly amount: bigint
  readonly functional: bigint
}

type Total = Omit<TotalChange, 'on'> & { readonly grain: string; readonly startsOn: string }

/** Adds changes to the sums of each day, month, and customer's month: one statement, whatever their number. */
export async function followTotals(
  db: Queryable,
  projection: string,
  changes: readonly TotalChange[],
): Promise<void> {
  const totals = summed(changes.flatMap(totalsOf)).filter(
    ({ amount, functional }) => amount !== 0n || functional !== 0n,
  )
  if (totals.length === 0) return
  const column = <Field extends keyof Total>(field: Field): Total[Field][] => totals.map((it) => it[field])
  await db.rows({
    name: 'insight metric totals',
    text: `INSERT INTO insight.metric_total AS t
        (grain, starts_on, measure, legal_entity_id, currency, customer_id, projection, amount, functional)
      SELECT grain, starts_on, measure, legal_entity_id, currency, customer_id, $9, amount, functional
      FROM unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])
        AS n(grain, starts_on, measure, legal_entity_id, currency, customer_id, amount, functional)
      ON CONFLICT (grain, starts_on, measure, legal_entity_id, currency, customer_id)
        DO UPDATE SET amount = t.amount + excluded.amount, functional = t.functional + excluded.functional`,
    values: [
      column('grain'),
      column('startsOn'),
      column('measure'),
      column('legalEntityId'),
      column('currency'),
      column('customerId'),
      column('amount'),
      column('functional'),
      projection,
    ],
  })
}

function totalsOf({ on, ...change }: TotalChange): Total[] {
  const month = `${on.slice(0, 'YYYY-MM'.length)}-01`
  return [
    { ...change, grain: 'DAY', startsOn: on, customerId: '' },
    { ...change, grain: 'MONTH', startsOn: month, customerId: '' },
    { ...change, grain: 'CUSTOMER_MONTH', startsOn: month },
  ]
}

function summed(totals: readonly Total[]): Total[] {
  const byKey = new Map<string, Total>()
  for (const total of totals) {
    const { grain, startsOn, measure, legalEntityId, currency, customerId } = total
    const key = [grain, startsOn, measure, legalEntityId, currency, customerId].join(' ')
    const known = byKey.get(key)
    byKey.set(
      key,
      known === undefined
        ? total
        : {
            ...known,
            amount: known.amount + total.amount,
            functional: known.functional + total.functional,
          },
    )
  }
  return [...byKey.values()]
}

/** Makes the sums of a projection anew of the states that are read. */
export async function remakeTotals(db: Queryable, projection: string): Promise<void> {
  // As long as it takes: nothing else may change the states meanwhile.
  await db.rows({ text: 'SET LOCAL statement_timeout = 0', values: [] })
  await forgetTotals(db, projection)
  await db.rows({
    text: `INSERT INTO insight.metric_total
        (grain, starts_on, measure, legal_entity_id, currency, customer_id, projection, amount, functional)
      SELECT grain, starts_on, measure, legal_entity_id, currency, part.customer, $1, sum(amount), sum(functional)
      FROM insight.book_entry e CROSS JOIN LATERAL (VALUES
        ('DAY', e."on"::date, ''),
        ('MONTH', date_trunc('month', e."on"::date)::date, ''),
        ('CUSTOMER_MONTH', date_trunc('month', e."on"::date)::date, e.customer_id)
      ) AS part(grain, starts_on, customer)
      WHERE projection = $1
      GROUP BY 1, 2, 3, 4, 5, 6`,
    values: [projection],
  })
}

/** Forgets the sums of a projection, which are to be made anew. */
export async function forgetTotals(db: Queryable, projection: string): Promise<void> {
  await db.rows({ text: 'DELETE FROM insight.metric_total WHERE projection = $1', values: [projection] })
}
