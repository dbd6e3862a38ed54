import { money } from '#domain/money.ts'
import type { Resolvers } from '#schema/insight.generated.ts'
import { reportMetrics } from './report.ts'

/** Root fields of the figures. */
export const metricQueries = {
  revenueMetrics: (_, args, context) => reportMetrics(context, args),
} satisfies Resolvers['Query']

/** What the figures consist of. */
export const metricTypes = {
  RevenueMetrics: {
    asOf: ({ scope }) => scope.asOf,
    reportingCurrency: ({ scope }) => scope.reportingCurrency,
    ratePolicy: ({ scope }) => scope.policy,
    rows: ({ rows }) => [...rows],
  },
  MetricGroup: {
    legalEntity: ({ LEGAL_ENTITY: id }) => (id === null ? null : { id }),
    currency: ({ CURRENCY }) => CURRENCY,
  },
  RevenueMetricsRow: {
    billings: ({ figures, currency }) => money(figures.billings, currency),
    collections: ({ figures, currency }) => money(figures.collections, currency),
    recognizedRevenue: ({ figures, currency }) => money(figures.recognizedRevenue, currency),
    deferredRevenue: ({ figures: { deferredRevenue }, currency }) => ({
      opening: money(deferredRevenue.opening, currency),
      billed: money(deferredRevenue.billed, currency),
      recognized: money(deferredRevenue.recognized, currency),
      adjusted: money(deferredRevenue.adjusted, currency),
      closing: money(deferredRevenue.closing, currency),
    }),
    receivables: ({ figures, currency }) => ({ total: money(figures.receivables, currency) }),
  },
} satisfies Resolvers
