import { metricDefinitions, type MetricName, metricSums } from '#domain/metric-definitions.ts'
import { countBackDso, simpleDso } from '#domain/metrics.ts'
import { money } from '#domain/money.ts'
import { formatRounded } from '#domain/rational.ts'
import type { CustomerSegment, Resolvers } from '#schema/insight.generated.ts'
import { explainMetric } from './explain.ts'
import { valuesOf } from './figures.ts'
import { reportMetrics } from './report.ts'

/** Root fields of the figures. */
export const metricQueries = {
  revenueMetrics: (_, args, context) => reportMetrics(context, args),
  explainMetric: (_, args, context) => explainMetric(context, args),
  metricDefinitions: () =>
    Object.entries(metricDefinitions).map(([name, definition]) => ({ name, ...definition })),
} satisfies Resolvers['Query']

/** What the figures consist of. */
export const metricTypes = {
  RevenueMetrics: {
    asOf: ({ scope }) => scope.asOf,
    knownAt: ({ scope }) => scope.knownAt,
    reportingCurrency: ({ scope }) => scope.reportingCurrency,
    ratePolicy: ({ scope }) => scope.policy,
    rows: ({ rows }) => [...rows],
  },
  MetricExplanation: {
    value: ({ value, currency }) => money(value, currency),
    entries: ({ entries }, { first, after }) => entries({ first, after: after ?? null }),
  },
  MetricEntry: {
    amount: ({ amount, currency }) => money(amount, currency),
  },
  MetricGroup: {
    legalEntity: ({ LEGAL_ENTITY: id }) => (id === null ? null : { id }),
    currency: ({ CURRENCY }) => CURRENCY,
    customer: ({ CUSTOMER: id }) => (id === null ? null : { id }),
    region: ({ REGION }) => REGION,
    segment: ({ SEGMENT }) => SEGMENT as CustomerSegment | null,
  },
  MetricReceivables: {
    total: ({ figures, currency }) => money(figures.receivables, currency),
    overdue: ({ figures, currency, isAsKnown }) => (isAsKnown ? null : money(figures.overdue, currency)),
    ageing: async ({ ageing, currency }) =>
      (await ageing())?.map(({ bucket, amount }) => ({ bucket, amount: money(amount, currency) })) ?? null,
  },
  RevenueMetricsRow: {
    bookings: ({ figures, currency }) => money(figures.bookings, currency),
    billings: ({ figures, currency }) => money(figures.billings, currency),
    collections: ({ figures, currency }) => money(figures.collections, currency),
    recognizedRevenue: ({ figures, currency }) => money(figures.recognizedRevenue, currency),
    creditsAndRefunds: ({ figures, currency }) => money(figures.creditsAndRefunds, currency),
    netCash: ({ figures, currency }) => money(figures.netCash, currency),
    remainingPerformanceObligations: ({ figures, currency }) => money(figures.remainingObligations, currency),
    deferredRevenue: ({ figures: { deferredRevenue }, currency }) => ({
      opening: money(deferredRevenue.opening, currency),
      billed: money(deferredRevenue.billed, currency),
      recognized: money(deferredRevenue.recognized, currency),
      adjusted: money(deferredRevenue.adjusted, currency),
      closing: money(deferredRevenue.closing, currency),
    }),
    monthlyRecurringRevenue: ({ figures: { recurring }, currency }) => ({
      opening: money(recurring.opening, currency),
      new: money(recurring.fresh, currency),
      expansion: money(recurring.expansion, currency),
      reactivation: money(recurring.reactivation, currency),
      contraction: money(recurring.contraction, currency),
      churn: money(recurring.churn, currency),
      closing: money(recurring.closing, currency),
    }),
    annualRecurringRevenue: ({ figures, currency }) => money(figures.annualRecurring, currency),
    netRevenueRetention: async (row, { policy }) => {
      const retention = await row.retention(policy)
      return retention && formatRounded(retention.net, 4)
    },
    grossRevenueRetention: async (row) => {
      const retention = await row.retention('COHORT')
      return retention && formatRounded(retention.gross, 4)
    },
    daysSalesOutstanding: ({ figures, billedUntil }, { method }) => {
      const days =
        method === 'SIMPLE'
          ? simpleDso(figures.receivables, [figures.billed])
          : countBackDso(figures.receivables, billedUntil)
      return days && formatRounded(days, 2)
    },
    receivables: (row) => row,
    recognizedRevenueByProduct: async ({ products, currency }) =>
      (await products()).map(({ productId, amount }) => ({
        product: productId === null ? null : { id: productId },
        amount: money(amount, currency),
      })),
    comparison: ({ figures, currency, isAsKnown, under }, { ratePolicy, constantRatesOn }) => {
      const [own, other] = [valuesOf(figures), valuesOf(under(ratePolicy, constantRatesOn ?? null))]
      const names = (Object.keys(metricSums) as MetricName[]).filter(
        (name) => name !== 'OVERDUE_RECEIVABLES' || !isAsKnown,
      )
      return names.map((metric) => ({
        metric,
        value: money(own[metric], currency),
        compared: money(other[metric], currency),
        difference: money(own[metric] - other[metric], currency),
      }))
    },
  },
} satisfies Resolvers
