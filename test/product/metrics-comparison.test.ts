/** The same figures under two rate policies, side by side: each against the journal and the published rates. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { catchUp } from '#test/insight/catch-up.ts'
import { openWorld, type World } from './world.ts'

const NOW = '2026-11-23T12:00:00Z'

let world: World
beforeAll(async () => {
  world = await openWorld({ customers: 40 })
  await catchUp(world.database, manualClock(NOW))
})
afterAll(() => world.close())

interface Revenue {
  readonly month: string
  readonly entity: string
  readonly revenue: bigint
}

/** Revenue in USD by month and legal entity: by the rates of each month, or of today for CONSTANT. */
const journal = (policy: string): Promise<Revenue[]> => {
  const isOfBooks = policy === 'TRANSACTION'
  const [debit, credit] = isOfBooks ? ['functional_debit', 'functional_credit'] : ['debit', 'credit']
  return world.database.owner.rows<Revenue>({
    text: `SELECT to_char(f.month, 'YYYY-MM') AS month, f.entity, sum(round(f.revenue * CASE f.currency
        WHEN 'USD' THEN 1 ELSE (SELECT rate FROM erp.fx_rate WHERE base_currency = f.currency AND quote_currency = 'USD'
          AND date <= ${policy === 'CONSTANT' ? "'2026-11-23'" : 'f.month'} ORDER BY date DESC LIMIT 1)
        * CASE f.currency WHEN 'JPY' THEN 100 ELSE 1 END END))::bigint AS revenue
      FROM (
        SELECT date_trunc('month', e.date)::date AS month, e.legal_entity_id AS entity,
          ${isOfBooks ? 'e.functional_currency' : 'e.currency'} AS currency, sum(l.${credit} - l.${debit}) AS revenue
        FROM erp.journal_entry e JOIN erp.journal_line l ON l.entry_id = e.id WHERE l.role = 'REVENUE' GROUP BY 1, 2, 3
      ) AS f GROUP BY 1, 2`,
    values: [],
  })
}

interface Compared extends Record<'value' | 'compared' | 'difference', { readonly minorUnits: string }> {
  readonly metric: string
}
interface Row {
  readonly period: string
  readonly group: { readonly legalEntity: { readonly id: string } }
  readonly comparison: readonly Compared[]
}

const COMPARED = `query ($policy: MetricRatePolicy!, $other: MetricRatePolicy!, $day: Date) {
  revenueMetrics(period: { from: "2025-01", to: "2026-10" }, groupBy: [LEGAL_ENTITY], reportingCurrency: "USD",
    ratePolicy: $policy) {
    rows { period group { legalEntity { id } } comparison(ratePolicy: $other, constantRatesOn: $day) {
      metric value { minorUnits } compared { minorUnits } difference { minorUnits } } } }
}`

async function compared(variables: object) {
  return JSON.parse((await world.ask(COMPARED, variables)).body) as {
    data: { revenueMetrics: { rows: Row[] } }
    errors?: { message: string; extensions: { code: string } }[]
  }
}

test.each([
  ['TRANSACTION', 'CONSTANT'],
  ['CONSTANT', 'CLOSING'],
])('%s beside %s: revenue of every period, and the difference', async (policy, other) => {
  const [own, beside] = [await journal(policy), await journal(other)]
  const { data, errors } = await compared({ policy, other })
  expect(errors).toBeUndefined()
  let differing = 0
  for (const { period, group, comparison } of data.revenueMetrics.rows) {
    const revenueIn = (all: readonly Revenue[]): bigint =>
      all.find(({ month, entity }) => month === period && entity === group.legalEntity.id)?.revenue ?? 0n
    const [value, another] = [revenueIn(own), revenueIn(beside)]
    const told = comparison.find(({ metric }) => metric === 'RECOGNIZED_REVENUE')
    expect({
      value: BigInt(told?.value.minorUnits ?? 'none'),
      compared: BigInt(told?.compared.minorUnits ?? 'none'),
      difference: BigInt(told?.difference.minorUnits ?? 'none'),
    }).toEqual({ value, compared: another, difference: value - another })
    if (value !== another) differing += 1
  }
  expect(differing).toBeGreaterThan(10)
})

test('what is compared is what the rows of the other policy say, for every figure', async () => {
  const { data } = await compared({ policy: 'TRANSACTION', other: 'CLOSING' })
  const turned = await compared({ policy: 'CLOSING', other: 'TRANSACTION' })
  for (const [place, { comparison }] of data.revenueMetrics.rows.entries()) {
    const back = turned.data.revenueMetrics.rows[place]?.comparison
    expect(comparison.map(({ metric, value, compared: other }) => [metric, value, other])).toEqual(
      back?.map(({ metric, value, compared: other }) => [metric, other, value]),
    )
  }
})

test('a day of constant rates is for that policy', async () => {
  const { errors } = await compared({ policy: 'TRANSACTION', other: 'CLOSING', day: '2026-01-01' })
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  expect(errors?.[0]?.message).toMatch(/constantRatesOn/)
})
