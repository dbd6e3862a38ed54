import type { LoggedEvent } from './event.ts'

/** An event as it leaves this product: `schema/events/envelope.json` describes each attribute. */
export interface CloudEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly dataschema: string
  readonly sequence: string
  readonly partitionkey: string
  readonly correlationid: string
  readonly causationid?: string
  readonly traceparent?: string
  readonly data: unknown
}

const SEQUENCE_DIGITS = 10

/** An event in the terms of CloudEvents 1.0. The same event always gives the same attributes. */
export function cloudEvent(event: LoggedEvent): CloudEvent {
  const {
    aggregateId,
    causationId,
    correlationId,
    data,
    id,
    recordedAt,
    source,
    traceparent,
    type,
    version,
  } = event
  return {
    specversion: '1.0',
    id,
    source: `/revgraph/${source}`,
    type,
    subject: aggregateId,
    time: recordedAt.toString(),
    datacontenttype: 'application/json',
    dataschema: `urn:revgraph:event:${type}`,
    // With zeros in front, since a sequence is compared as text.
    sequence: String(version).padStart(SEQUENCE_DIGITS, '0'),
    partitionkey: aggregateId,
    correlationid: correlationId,
    ...(causationId !== null && { causationid: causationId }),
    ...(traceparent !== null && { traceparent }),
    data,
  }
}
