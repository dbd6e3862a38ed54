/** The figures of revenue against plain SQL over the raw tables, for every month, legal entity and currency. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { catchUp } from '#test/insight/catch-up.ts'
import { openWorld, type World } from './world.ts'

const CUSTOMERS = 40
const NOW = '2026-11-23T12:00:00Z'

let world: World
beforeAll(async () => {
  world = await openWorld({ customers: CUSTOMERS })
  await catchUp(world.database, manualClock(NOW))
})
afterAll(() => world.close())

interface Amount {
  readonly minorUnits: string
  readonly currency: string
}
interface Row {
  readonly period: string
  readonly group: { readonly legalEntity: { readonly id: string } | null; readonly currency: string | null }
  readonly billings: Amount
  readonly collections: Amount
  readonly recognizedRevenue: Amount
  readonly deferredRevenue: Readonly<
    Record<'opening' | 'billed' | 'recognized' | 'adjusted' | 'closing', Amount>
  >
  readonly receivables: { readonly total: Amount }
}

const FIGURES = `query ($period: YearMonthRange!, $currency: CurrencyCode!, $groupBy: [MetricDimension!],
  $grain: MetricGrain, $policy: MetricRatePolicy, $filter: MetricFilter) {
  revenueMetrics(period: $period, grain: $grain, groupBy: $groupBy, reportingCurrency: $currency, ratePolicy: $policy,
    filter: $filter) {
    asOf
    rows {
      period
      group { legalEntity { id } currency }
      billings { minorUnits currency }
      collections { minorUnits currency }
      recognizedRevenue { minorUnits currency }
      deferredRevenue { opening { minorUnits } billed { minorUnits } recognized { minorUnits } adjusted { minorUnits }
        closing { minorUnits } }
      receivables { total { minorUnits } }
    }
  }
}`

const rows = <Found>(text: string, values: readonly unknown[] = []): Promise<Found[]> =>
  world.database.owner.rows<Found>({ text, values })

async function figures(variables: object): Promise<Row[]> {
  const answer = JSON.parse(
    (
      await world.ask(FIGURES, {
        period: { from: '2024-11', to: '2026-11' },
        groupBy: ['LEGAL_ENTITY', 'CURRENCY'],
        grain: 'MONTH',
        policy: 'TRANSACTION',
        ...variables,
      })
    ).body,
  ) as { data: { revenueMetrics: { rows: Row[] } }; errors?: unknown }
  expect(answer.errors).toBeUndefined()
  return answer.data.revenueMetrics.rows
}

const minor = ({ minorUnits }: Amount): bigint => BigInt(minorUnits)

interface Raw {
  readonly month: string
  readonly entity: string
  readonly currency: string
  readonly billings: bigint
  readonly collections: bigint
  readonly revenue: bigint
  readonly deferred: bigint
  readonly receivables: bigint
}

/** By month, legal entity and currency from documents and journal lines. */
const raw = (): Promise<Raw[]> =>
  rows<Raw>(`SELECT to_char(e.date, 'YYYY-MM') AS month, e.legal_entity_id AS entity, e.currency,
      coalesce(sum(l.credit - l.debit) FILTER (WHERE l.role NOT IN ('RECEIVABLES', 'TAX_PAYABLE', 'FX_REALIZED')
        AND e.purpose ~ '^(INVOICE_ISSUED|INVOICE_VOIDED|CREDIT_NOTE)'), 0)::bigint AS billings,
      coalesce(sum(l.debit - l.credit) FILTER (WHERE l.role IN ('CASH_CLEARING', 'PROCESSOR_FEES')
        AND e.purpose = 'PAYMENT_RECEIVED'), 0)::bigint AS collections,
      coalesce(sum(l.credit - l.debit) FILTER (WHERE l.role = 'REVENUE'), 0)::bigint AS revenue,
      coalesce(sum(l.credit - l.debit) FILTER (WHERE l.role = 'DEFERRED_REVENUE'), 0)::bigint AS deferred,
      coalesce(sum(l.debit - l.credit) FILTER (WHERE l.role = 'RECEIVABLES'), 0)::bigint AS receivables
    FROM erp.journal_entry e JOIN erp.journal_line l ON l.entry_id = e.id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`)

describe('Figures by legal entity and currency, in that currency', () => {
  test('are those of the journal, every month', async () => {
    const expected = await raw()
    const currencies = [...new Set(expected.map(({ currency }) => currency))]
    expect(currencies.toSorted()).toEqual(['EUR', 'JPY', 'USD'])
    let compared = 0
    for (const currency of currencies) {
      const reported = await figures({
        currency,
        policy: 'CLOSING',
        filter: { currency: { in: [currency] } },
      })
      const balances = new Map<string, { deferred: bigint; receivables: bigint }>()
      for (const row of reported) {
        const entity = row.group.legalEntity?.id ?? ''
        const found = expected.find(
          (it) => it.month === row.period && it.entity === entity && it.currency === currency,
        )
        const before = balances.get(entity) ?? { deferred: 0n, receivables: 0n }
        const after = {
          deferred: before.deferred + (found?.deferred ?? 0n),
          receivables: before.receivables + (found?.receivables ?? 0n),
        }
        balances.set(entity, after)
        expect({
          billings: minor(row.billings),
          collections: minor(row.collections),
          revenue: minor(row.recognizedRevenue),
          opening: minor(row.deferredRevenue.opening),
          closing: minor(row.deferredRevenue.closing),
          receivables: minor(row.receivables.total),
        }).toEqual({
          billings: found?.billings ?? 0n,
          collections: found?.collections ?? 0n,
          revenue: found?.revenue ?? 0n,
          opening: before.deferred,
          closing: after.deferred,
          receivables: after.receivables,
        })
        compared += 1
      }
    }
    expect(compared).toBe(75)
  })
})

const worth = (sum: string): string => `coalesce(sum(round(${sum} * x.rate)), 0)::bigint`

/** Flows of each legal entity in USD, by the rates that ERP publishes on the first of each month. */
const translated = (policy: string): Promise<Omit<Raw, 'currency' | 'deferred' | 'receivables'>[]> => {
  const isOfBooks = policy === 'TRANSACTION'
  const [debit, credit] = isOfBooks ? ['functional_debit', 'functional_credit'] : ['debit', 'credit']
  return rows(`WITH flow AS (
      SELECT date_trunc('month', e.date)::date AS month, e.legal_entity_id AS entity,
        ${isOfBooks ? 'e.functional_currency' : 'e.currency'} AS currency,
        coalesce(sum(l.${credit} - l.${debit}) FILTER (WHERE l.role NOT IN ('RECEIVABLES', 'TAX_PAYABLE', 'FX_REALIZED')
          AND e.purpose ~ '^(INVOICE_ISSUED|INVOICE_VOIDED|CREDIT_NOTE)'), 0) AS billings,
        coalesce(sum(l.${debit} - l.${credit}) FILTER (WHERE l.role IN ('CASH_CLEARING', 'PROCESSOR_FEES')
          AND e.purpose = 'PAYMENT_RECEIVED'), 0) AS collections,
        coalesce(sum(l.${credit} - l.${debit}) FILTER (WHERE l.role = 'REVENUE'), 0) AS revenue
      FROM erp.journal_entry e JOIN erp.journal_line l ON l.entry_id = e.id GROUP BY 1, 2, 3
    )
    SELECT to_char(f.month, 'YYYY-MM') AS month, f.entity, ${worth('billings')} AS billings,
      ${worth('collections')} AS collections, ${worth('revenue')} AS revenue
    FROM flow f CROSS JOIN LATERAL (
      SELECT CASE f.currency WHEN 'USD' THEN 1 ELSE (
        SELECT rate FROM erp.fx_rate WHERE base_currency = f.currency AND quote_currency = 'USD'
          AND date <= ${policy === 'CONSTANT' ? "'2026-11-23'" : 'f.month'} ORDER BY date DESC LIMIT 1
      ) * CASE f.currency WHEN 'JPY' THEN 100 ELSE 1 END END AS rate
    ) AS x GROUP BY 1, 2`)
}

describe.each(['TRANSACTION', 'CLOSING', 'CONSTANT'])('Figures in USD by the policy %s', (policy) => {
  test('are those of the journal by the published rates, and legal entities add up to all', async () => {
    const expected = await translated(policy)
    const reported = await figures({ currency: 'USD', groupBy: ['LEGAL_ENTITY'], policy })
    const together = await figures({ currency: 'USD', groupBy: [], policy })
    expect(reported).toHaveLength(75)
    expect(together).toHaveLength(25)
    for (const row of reported) {
      const entity = row.group.legalEntity?.id
      const found = expected.find((it) => it.month === row.period && it.entity === entity)
      expect({
        billings: minor(row.billings),
        collections: minor(row.collections),
        revenue: minor(row.recognizedRevenue),
      }).toEqual({
        billings: found?.billings ?? 0n,
        collections: found?.collections ?? 0n,
        revenue: found?.revenue ?? 0n,
      })
    }
    for (const row of together) {
      const parts = reported.filter(({ period }) => period === row.period)
      const total = (of: (part: Row) => Amount): bigint => parts.reduce((sum, it) => sum + minor(of(it)), 0n)
      expect(minor(row.recognizedRevenue)).toBe(total((it) => it.recognizedRevenue))
      expect(minor(row.deferredRevenue.closing)).toBe(total((it) => it.deferredRevenue.closing))
    }
  })

  test('roll deferred revenue forward without a gap', async () => {
    const reported = await figures({ currency: 'USD', groupBy: ['LEGAL_ENTITY'], policy })
    const closings = new Map<string | undefined, bigint>()
    for (const { group, deferredRevenue } of reported) {
      const [opening, billed, recognized, adjusted, closing] = (
        ['opening', 'billed', 'recognized', 'adjusted', 'closing'] as const
      ).map((part) => minor(deferredRevenue[part])) as [bigint, bigint, bigint, bigint, bigint]
      expect(opening + billed - recognized + adjusted).toBe(closing)
      expect(opening).toBe(closings.get(group.legalEntity?.id) ?? 0n)
      closings.set(group.legalEntity?.id, closing)
    }
  })
})
