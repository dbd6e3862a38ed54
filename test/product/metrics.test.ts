/** The figures of revenue against plain SQL over the raw tables, for every month, legal entity and currency. */
import { readFileSync } from 'node:fs'
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
  readonly group: {
    readonly legalEntity: { readonly id: string } | null
    readonly currency: string | null
    readonly customer: { readonly id: string } | null
    readonly region: string | null
    readonly segment: string | null
  }
  readonly billings: Amount
  readonly collections: Amount
  readonly recognizedRevenue: Amount
  readonly deferredRevenue: Readonly<
    Record<'opening' | 'billed' | 'recognized' | 'adjusted' | 'closing', Amount>
  >
  readonly receivables: { readonly total: Amount; readonly overdue: Amount }
  readonly bookings: Amount
  readonly remainingPerformanceObligations: Amount
  readonly monthlyRecurringRevenue: Readonly<Record<keyof typeof SIGNS | 'opening' | 'closing', Amount>>
  readonly annualRecurringRevenue: Amount
}

/** What each movement does to recurring revenue. */
const SIGNS = { new: 1n, expansion: 1n, reactivation: 1n, contraction: -1n, churn: -1n } as const

const FIGURES = `query ($period: YearMonthRange!, $currency: CurrencyCode!, $groupBy: [MetricDimension!],
  $grain: MetricGrain, $policy: MetricRatePolicy, $filter: MetricFilter) {
  revenueMetrics(period: $period, grain: $grain, groupBy: $groupBy, reportingCurrency: $currency, ratePolicy: $policy,
    filter: $filter) {
    asOf
    rows {
      period
      group { legalEntity { id } currency customer { id } region segment }
      billings { minorUnits currency }
      collections { minorUnits currency }
      recognizedRevenue { minorUnits currency }
      deferredRevenue { opening { minorUnits } billed { minorUnits } recognized { minorUnits } adjusted { minorUnits }
        closing { minorUnits } }
      receivables { total { minorUnits } overdue { minorUnits } }
      bookings { minorUnits }
      remainingPerformanceObligations { minorUnits }
      monthlyRecurringRevenue { opening { minorUnits } new { minorUnits } expansion { minorUnits }
        reactivation { minorUnits } contraction { minorUnits } churn { minorUnits } closing { minorUnits } }
      annualRecurringRevenue { minorUnits }
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

describe('The document of analytics', () => {
  test('is answered as it is sent: a row for each month that has begun and each legal entity', async () => {
    const document = readFileSync(
      new URL('../../schema/examples/revenue-metrics.graphql', import.meta.url),
      'utf8',
    )
    const { body } = await world.ask(document, { from: '2026-01', to: '2026-12', currency: 'USD' })
    const { data, errors } = JSON.parse(body) as {
      data: {
        revenueMetrics: {
          rows: (Row & { netRevenueRetention: string; daysSalesOutstanding: string | null })[]
        }
      }
      errors?: unknown
    }
    expect(errors).toBeUndefined()
    expect(data.revenueMetrics).toMatchObject({ asOf: '2026-11-23' })
    expect(data.revenueMetrics.rows).toHaveLength(33)
    const days = data.revenueMetrics.rows.flatMap(({ daysSalesOutstanding }) => daysSalesOutstanding ?? [])
    expect(days.length).toBeGreaterThan(20)
    for (const each of days) expect(each).toMatch(/^-?\d+\.\d{2}$/)
    for (const row of data.revenueMetrics.rows)
      expect(row).toMatchObject({
        group: { legalEntity: { name: expect.stringContaining('Kestrel') as string } },
        netRevenueRetention: expect.stringMatching(/^[01]\.\d{4}$/) as string,
      })
  })
})

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

interface Recurring {
  readonly monthly: bigint
  readonly annual: bigint
  readonly overdue: bigint
  readonly bookings: bigint
  readonly promised: bigint
}

/** What contracts, subscriptions and invoices say of the last day of a month, or of today. */
async function rawOn(entity: string, currency: string, month: string): Promise<Recurring | undefined> {
  const [found] = await rows<Recurring>(
    `WITH day AS (SELECT least(($3 || '-01')::date + interval '1 month' - interval '1 day', '2026-11-23')::date AS day),
    earning AS (
      SELECT s.id, sum((i->>'unitPrice')::numeric * (i->>'quantity')::numeric / (i->'interval'->>'count')::numeric
        * CASE i->'interval'->>'unit' WHEN 'YEAR' THEN 1 WHEN 'MONTH' THEN 12
          WHEN 'WEEK' THEN 52 ELSE 365 END) AS yearly
      FROM day, billing.subscription s CROSS JOIN LATERAL jsonb_array_elements(s.items) i
      WHERE s.legal_entity_id = $1 AND s.currency = $2 AND (i->>'startDate')::date <= day
        AND (i->>'endDate' IS NULL OR (i->>'endDate')::date > day) AND (s.ended_on IS NULL OR s.ended_on > day)
        AND (s.status IN ('ACTIVE', 'PAST_DUE', 'CANCELED') OR s.status IN ('PAUSED', 'UNPAID') AND day < '2026-11-23')
      GROUP BY s.id
    ), late AS (
      SELECT greatest(0, v.total
        - (SELECT coalesce(sum(c.amount), 0) FROM billing.credit_note c WHERE c.invoice_id = v.id
            AND c.issued_on <= day AND c.status <> 'DRAFT' AND (c.status <> 'VOID' OR c.voided_on > day))
        - (SELECT coalesce(sum(a.amount), 0) FROM billing.allocation a JOIN billing.payment p ON p.id = a.payment_id
            WHERE a.invoice_id = v.id AND p.outcome = 'SUCCEEDED' AND p.received_on <= day)) AS balance
      FROM day, billing.invoice v
      WHERE v.legal_entity_id = $1 AND v.currency = $2 AND v.due_date < day AND v.issue_date <= day
        AND (v.lifecycle = 'ISSUED' OR v.lifecycle <> 'DRAFT' AND v.closed_on > day)
    ), sold AS (
      SELECT t.total_contract_value - (SELECT coalesce(sum(m.contract_value_delta), 0) FROM crm.amendment m
        WHERE m.contract_id = t.id AND m.status = 'APPLIED') AS amount, to_char(t.signed_on, 'YYYY-MM') AS month
      FROM day, crm.contract t WHERE t.legal_entity_id = $1 AND t.currency = $2 AND t.status <> 'DRAFT'
        AND t.signed_on <= day
      UNION ALL
      SELECT m.contract_value_delta, to_char(m.effective_date, 'YYYY-MM')
      FROM day, crm.amendment m JOIN crm.contract t ON t.id = m.contract_id
      WHERE t.legal_entity_id = $1 AND t.currency = $2 AND m.status = 'APPLIED' AND m.effective_date <= day
    )
    SELECT (SELECT coalesce(sum(round(yearly / 12)), 0)::bigint FROM earning) AS monthly,
      (SELECT coalesce(sum(round(yearly)), 0)::bigint FROM earning) AS annual,
      (SELECT coalesce(sum(balance), 0)::bigint FROM late) AS overdue,
      (SELECT coalesce(sum(amount), 0)::bigint FROM sold WHERE month = $3) AS bookings,
      (SELECT coalesce(sum(amount), 0)::bigint FROM sold)
        - (SELECT coalesce(sum(l.credit - l.debit), 0)::bigint FROM day, erp.journal_entry e
          JOIN erp.journal_line l ON l.entry_id = e.id WHERE l.role = 'REVENUE' AND e.contract_id IS NOT NULL
            AND e.legal_entity_id = $1 AND e.currency = $2 AND e.date <= day) AS promised`,
    [entity, currency, month],
  )
  return found
}

describe('Recurring revenue, bookings and overdue receivables', () => {
  test('are those of subscriptions, contracts and invoices, every month; the bridge closes', async () => {
    let moved = 0n
    for (const currency of ['EUR', 'JPY', 'USD']) {
      const reported = await figures({
        currency,
        policy: 'CLOSING',
        filter: { currency: { in: [currency] } },
      })
      for (const row of reported) {
        const entity = row.group.legalEntity?.id ?? ''
        const { opening, closing, ...moves } = row.monthlyRecurringRevenue
        expect({
          monthly: minor(closing),
          annual: minor(row.annualRecurringRevenue),
          overdue: minor(row.receivables.overdue),
          bookings: minor(row.bookings),
          promised: minor(row.remainingPerformanceObligations),
        }).toEqual(await rawOn(entity, currency, row.period))
        const change = Object.entries(moves).map(
          ([move, amount]) => SIGNS[move as keyof typeof SIGNS] * minor(amount),
        )
        expect(minor(opening) + change.reduce((sum, it) => sum + it, 0n)).toBe(minor(closing))
        for (const amount of Object.values(moves)) moved += minor(amount)
      }
    }
    expect(moved).toBeGreaterThan(0n)
  })
})

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

  test('close the bridge of recurring revenue to the minor unit', async () => {
    for (const { monthlyRecurringRevenue } of await figures({ currency: 'USD', groupBy: [], policy })) {
      const { opening, closing, ...moves } = monthlyRecurringRevenue
      const change = Object.entries(moves).map(
        ([move, amount]) => SIGNS[move as keyof typeof SIGNS] * minor(amount),
      )
      expect(minor(opening) + change.reduce((sum, it) => sum + it, 0n)).toBe(minor(closing))
    }
  })
})

describe('Figures by customer, region and segment', () => {
  const period = { from: '2025-10', to: '2026-11' }
  const usd = { currency: 'USD', policy: 'CLOSING', filter: { currency: { in: ['USD'] } }, period }

  test.each([['CUSTOMER'], ['REGION'], ['SEGMENT'], ['REGION', 'SEGMENT']])(
    'add up to those of all: by %s %s',
    async (...groupBy) => {
      const all = await figures({ ...usd, groupBy: [] })
      const parts = await figures({ ...usd, groupBy })
      expect(parts.length).toBeGreaterThanOrEqual(all.length)
      for (const row of all) {
        const own = parts.filter((part) => part.period === row.period)
        const total = (of: (part: Row) => Amount): bigint => own.reduce((sum, it) => sum + minor(of(it)), 0n)
        for (const of of [
          (it: Row) => it.bookings,
          (it: Row) => it.remainingPerformanceObligations,
          (it: Row) => it.billings,
          (it: Row) => it.collections,
          (it: Row) => it.recognizedRevenue,
          (it: Row) => it.deferredRevenue.closing,
          (it: Row) => it.monthlyRecurringRevenue.closing,
          (it: Row) => it.receivables.total,
          (it: Row) => it.receivables.overdue,
        ])
          expect(total(of)).toBe(minor(of(row)))
      }
    },
  )

  test('by segment are those of the segment: revenue against the journal', async () => {
    const expected = await rows<{ month: string; segment: string | null; revenue: bigint }>(
      `SELECT to_char(l.date, 'YYYY-MM') AS month, c.segment, sum(l.credit - l.debit)::bigint AS revenue
      FROM erp.journal_line l LEFT JOIN crm.customer c ON c.id = l.customer_id
      WHERE l.role = 'REVENUE' AND l.currency = 'USD' AND l.date >= '2025-10-01' GROUP BY 1, 2`,
    )
    const reported = await figures({ ...usd, groupBy: ['SEGMENT'] })
    expect(expected.length).toBeGreaterThan(14)
    for (const { month, segment, revenue } of expected) {
      const row = reported.find((it) => it.period === month && it.group.segment === segment)
      expect(row === undefined ? null : minor(row.recognizedRevenue)).toBe(revenue)
      const filter = { currency: { in: ['USD'] }, segment: { in: [segment] } }
      const [chosen] = await figures({
        ...usd,
        groupBy: [],
        filter,
        period: { from: month, to: month },
      })
      expect(chosen === undefined ? null : minor(chosen.recognizedRevenue)).toBe(revenue)
    }
  })
})
