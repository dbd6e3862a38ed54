import DataLoader from 'dataloader'
import type { CommandContext } from '#platform/command.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { lazily } from '#platform/lazily.ts'
import { type Connection, loadById } from '#platform/loaders.ts'
import type { ReplayTarget } from './replays/replay.ts'
import { readAttempts, type WebhookDelivery } from './delivery-store.ts'
import { webhookEndpoints } from './webhook-store.ts'

export type WebhookDeliveryConnection = Connection<WebhookDelivery>

/** What one request rests on. */
interface Source {
  readonly db: Queryable
  readonly write: Writing
  readonly replayTargets: () => readonly ReplayTarget[]
}

/** What mutations write with: they go on when nobody waits any more. */
export interface Writing {
  readonly db: Database
  readonly command: CommandContext
}

/** Attempts that are shown of a delivery. */
const SHOWN_ATTEMPTS = 20

/** What the resolvers of operations share during one request. */
export type Context = ReturnType<typeof createContext>

/** The loaders of one request, and the way to write. */
export const createContext = lazily<Source>()({
  db: ({ db }) => db,
  write: ({ write }) => write,
  /** The subgraphs whose consumers can take events again. */
  replayTargets: ({ replayTargets }) => replayTargets,
  webhookEndpoint: ({ db }) => loadById(db, webhookEndpoints),
  webhookAttempts: ({ db }) =>
    new DataLoader((ids: readonly string[]) => readAttempts(db, ids, SHOWN_ATTEMPTS)),
})
