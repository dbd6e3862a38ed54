import type { PartSpec } from './answer/payloads.ts'

/** Who asks. Only anonymous callers exist so far; the identity already travels with the request. */
interface Identity {
  readonly kind: 'anonymous'
}

/** What every step and every subgraph knows of the request it works for. A new object is a new scope for loaders. */
export interface RequestContext {
  /** Also the `x-request-id` header, `extensions.requestId` of every error, and a field of every log line. */
  readonly requestId: string
  /** Aborted when the client has left. */
  readonly signal: AbortSignal
  readonly identity: Identity
  /**
   * What the request is about to tell is not older than this event, or this end of the events. Reads are shared with
   * those of other requests only where these say the same: an earlier read may have begun before the event.
   */
  readonly asOf?: string | undefined
  /** The names of all fields that subgraphs may be asked for, where they are known. */
  readonly asked?: ReadonlySet<string> | undefined
}

/** Who asks, as text: a header to subgraphs, and a part of every key under which something may be shared. */
export function identityText({ identity }: RequestContext): string {
  return JSON.stringify(identity)
}

/** The GraphQL parameters of a request, checked for shape but not for content. */
export interface GraphQLParams {
  /** The text of the document. */
  readonly query?: string | undefined
  /** The document's name: `sha256:` and the hash of its text. With a text, the gateway keeps that under the name. */
  readonly documentId?: string | undefined
  readonly operationName?: string | undefined
  /** The id of the last event that a client of server-sent events had, where it asks again. */
  readonly lastEventId?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>> | undefined
  /** Of a connection that is read in bulk, the cursor after which its next page begins; null for its first one. */
  readonly bulkAfter?: string | null | undefined
  /** The client wants to know what its operation costs. */
  readonly isCostAsked?: boolean
  /** The client wants to know from where on events tell what the answer does not reflect. */
  readonly isCursorAsked?: boolean
  /** True where the transport must not change anything, as an HTTP GET. */
  readonly readOnly?: boolean
  /** The form in which the client takes an answer in parts, if it does. Without it, `@defer` means nothing. */
  readonly partSpec?: PartSpec | undefined
}

/** A JSON object as a subgraph returns it and as the gateway merges it. */
export type JsonObject = Record<string, unknown>

/** True for a JSON object: not null, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
