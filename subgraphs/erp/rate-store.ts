import { findRate, type PublishedRate } from '#domain/fx.ts'
import { rateKey } from '#domain/ledger.ts'
import { parseDecimal, type Rational } from '#domain/rational.ts'
import type { Queryable } from '#platform/database.ts'

/** A day on which an amount of one currency is wanted in another. */
export interface RateNeed {
  readonly baseCurrency: string
  readonly quoteCurrency: string
  readonly date: Temporal.PlainDate
}

/** For each need the rate by `findRate`: the published one is read first, because it nearly always is there. */
export async function readRates(db: Queryable, needs: readonly RateNeed[]): Promise<Map<string, Rational>> {
  if (needs.length === 0) return new Map()
  const rows = await db.rows<RateNeed & { rate: string }>({
    name: 'erp rates of days',
    text: `SELECT need.base AS "baseCurrency", need.quote AS "quoteCurrency", need.date, latest.rate
      FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::date[])) AS need(base, quote, date)
      CROSS JOIN LATERAL (
        SELECT rate FROM erp.fx_rate r
        WHERE r.base_currency = need.base AND r.quote_currency = need.quote AND r.date <= need.date
        ORDER BY r.date DESC, r.source, r.id LIMIT 1
      ) AS latest`,
    values: columnsOf(needs),
  })
  const direct = new Map(rows.map(({ rate, ...need }) => [keyOf(need), parseDecimal(rate)]))
  const missing = needs.filter((need) => !direct.has(keyOf(need)))
  return new Map([...direct, ...(await readIndirectRates(db, missing))])
}

/** Inverse and cross rates, of the latest of each pair that has one of the currencies. */
async function readIndirectRates(
  db: Queryable,
  needs: readonly RateNeed[],
): Promise<(readonly [string, Rational])[]> {
  if (needs.length === 0) return []
  const rows = await db.rows<PublishedRate & { readonly wanted: number }>({
    name: 'erp indirect rates of days',
    text: `SELECT need.place::int AS wanted, pair.*
      FROM unnest($1::text[], $2::text[], $3::date[]) WITH ORDINALITY AS need(base, quote, date, place)
      CROSS JOIN LATERAL (
        SELECT DISTINCT ON (r.base_currency, r.quote_currency)
          r.base_currency AS "baseCurrency", r.quote_currency AS "quoteCurrency", r.rate, r.date, r.source
        FROM erp.fx_rate r
        WHERE ARRAY[r.base_currency, r.quote_currency] && ARRAY[need.base, need.quote] AND r.date <= need.date
        ORDER BY r.base_currency, r.quote_currency, r.date DESC, r.source, r.id
      ) AS pair`,
    values: columnsOf(needs),
  })
  const published = Map.groupBy(rows, ({ wanted }) => wanted)
  return needs.flatMap((need, index) => {
    const { baseCurrency, quoteCurrency, date } = need
    const { value } = findRate(published.get(index + 1) ?? [], baseCurrency, quoteCurrency, date)
    return value === undefined ? [] : [[keyOf(need), value.rate] as const]
  })
}

function keyOf({ baseCurrency, quoteCurrency, date }: RateNeed): string {
  return rateKey(baseCurrency, quoteCurrency, date)
}

function columnsOf(needs: readonly RateNeed[]): string[][] {
  return [
    needs.map(({ baseCurrency }) => baseCurrency),
    needs.map(({ quoteCurrency }) => quoteCurrency),
    needs.map(({ date }) => date.toString()),
  ]
}
