import type { SubgraphName } from '#platform/config.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { enqueue } from '../delivery-store.ts'
import type { EventRouting } from '../models/event-routings.ts'

/** Whose events are sent out: not our own, which tell of the endpoints of others. */
export const WEBHOOK_SOURCES = ['crm', 'billing', 'erp', 'insight'] as const satisfies SubgraphName[]

/**
 * Readers of the logs that note what is to be sent to whom, in the same transaction as how far they are. What goes to
 * endpoints of systems is decided by the models that hold when it is noted.
 */
export const webhookConsumersOf = (
  readRoutings: () => Promise<readonly EventRouting[]>,
): readonly Consumer[] =>
  WEBHOOK_SOURCES.map((source) => ({
    name: 'webhooks',
    source,
    beginsWith: 'NEXT',
    shares: 1,
    apply: async (unit, event) => {
      const hasSystems = await enqueue(unit, event, [])
      if (hasSystems) await enqueue(unit, event, (await readRoutings()).filter(isAbout(event)))
    },
  }))

const isAbout = ({ type, data }: LoggedEvent) => {
  const { legalEntityId = null } = data as { readonly legalEntityId?: string | null }
  return (routing: EventRouting): boolean => routing.type === type && routing.legalEntityId === legalEntityId
}
