import type { ServerResponse } from 'node:http'

import { openEventStream } from '#platform/event-stream.ts'

import type { Answer } from '../engine.ts'
import type { Limits } from '../limits.ts'

/** Begins to answer with many answers: those that are given `hasRoom`, which says whether the reader keeps up. */
export type AnswersTo = (hasRoom: () => boolean) => AsyncIterable<Answer>

/**
 * Answers over GraphQL over SSE, in its mode of one connection for each operation. Where the gateway itself ends the
 * stream, `complete` is left out: clients then know to ask again.
 */
export async function sendEvents(
  response: ServerResponse,
  answersTo: AnswersTo,
  limits: Limits,
  stopping: AbortSignal,
): Promise<void> {
  const stream = openEventStream(response, limits)
  try {
    for await (const { body, cursor } of answersTo(stream.hasRoom)) stream.send('next', body, cursor)
    if (!stopping.aborted) stream.send('complete', '')
  } finally {
    stream.end(stopping.aborted ? limits.streamCloseTimeoutMs : limits.clientSilenceTimeoutMs)
  }
}
