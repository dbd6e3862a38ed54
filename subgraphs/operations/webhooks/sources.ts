import type { SubgraphName } from '#platform/config.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import { enqueue } from '../delivery-store.ts'

/** Whose events are sent out: not our own, which tell of the endpoints of others. */
export const WEBHOOK_SOURCES = ['crm', 'billing', 'erp', 'insight'] as const satisfies SubgraphName[]

/** Readers of the logs that note what is to be sent to whom, in the same transaction as how far they are. */
export const webhookConsumers: readonly Consumer[] = WEBHOOK_SOURCES.map((source) => ({
  name: 'webhooks',
  source,
  beginsWith: 'NEXT',
  shares: 1,
  apply: enqueue,
}))
