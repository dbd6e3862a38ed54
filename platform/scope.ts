import type { Queryable } from './database.ts'

/** What a subgraph's resolvers work for: one request, or one event of a subscription. */
export interface Scope {
  /** The gateway's name for the request: what is written for it carries this as correlation id. */
  readonly requestId: string
  /** True once nobody waits for the work any more: the client has left, or it took too long. */
  readonly isOver: () => boolean
  /** The names of all fields that the request may ask for, where they are known. */
  readonly asked?: ReadonlySet<string> | undefined
}

/** The same database for as long as somebody waits: then no further statement begins. Not for what writes. */
export function whileAwaited(db: Queryable, { isOver, asked }: Scope): Queryable {
  return {
    asked,
    rows: (statement) =>
      isOver() ? Promise.reject(new Error('nobody waits for this any more')) : db.rows(statement),
  }
}
