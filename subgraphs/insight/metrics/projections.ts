import type { Projection } from '#platform/log/projection.ts'
import { booksProjection } from './books.ts'
import { contractsProjection } from './contracts.ts'
import { receivablesProjection } from './receivables.ts'
import { customersProjection } from './customers.ts'
import { referenceProjection } from './reference.ts'
import { subscriptionsProjection } from './subscriptions.ts'

/** All that the figures rest on, each with its own place in the log of its source. */
export const metricProjections = [
  booksProjection,
  referenceProjection,
  contractsProjection,
  subscriptionsProjection,
  receivablesProjection,
  customersProjection,
] as readonly unknown[] as readonly Projection[]
