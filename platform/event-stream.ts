/** Server-sent events as the HTML standard defines them: written to a response, read from a body. */
import type { ServerResponse } from 'node:http'

/** The media type of a stream of events. */
export const EVENT_STREAM = 'text/event-stream'

/** Bounds of one stream of events. */
export interface EventStreamBounds {
  /** How often something is written where nothing happens, so that either side learns that the other is gone. */
  readonly heartbeatMs: number
  /** Bytes that may wait for a reader that is slow. */
  readonly maxWaitingBytes: number
}

/** A response that carries events. */
export interface EventStream {
  /** False while too much waits to be read: nothing more should be sent then. */
  readonly hasRoom: () => boolean
  /** Writes an event. Neither its data nor its id, which a client that asks again sends back, has a line break. */
  send(name: string, data: string, id?: string): void
  /** Ends the stream. A reader that reads nothing of what is left for so long is cut off. */
  end(silenceTimeoutMs: number): void
}

const HEARTBEAT = ':\n\n'

/** Begins a response that carries events. What is sent to a client that has left goes nowhere. */
export function openEventStream(
  response: ServerResponse,
  { heartbeatMs, maxWaitingBytes }: EventStreamBounds,
): EventStream {
  const hasRoom = (): boolean => response.writableLength <= maxWaitingBytes
  const write = (text: string): void => {
    if (!response.destroyed) response.write(text)
  }
  const heartbeat = setInterval(() => hasRoom() && write(HEARTBEAT), heartbeatMs)
  const stopHeartbeat = (): void => clearInterval(heartbeat)
  response.on('close', stopHeartbeat)
  response.writeHead(200, {
    'content-type': `${EVENT_STREAM}; charset=utf-8`,
    'cache-control': 'no-store',
    connection: 'close',
    'x-content-type-options': 'nosniff',
    // Proxies that gather what they pass on would hold events back.
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  return {
    hasRoom,
    send: (name, data, id) =>
      write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`),
    end(silenceTimeoutMs) {
      stopHeartbeat()
      if (response.destroyed) return
      response.setTimeout(silenceTimeoutMs, () => response.destroy())
      response.end()
    },
  }
}

/** One event of a stream. */
export interface ServerSentEvent {
  readonly name: string
  readonly data: string
}

/** A stream of events that cannot be read. */
class EventStreamError extends Error {
  override readonly name = 'EventStreamError'
}

const END_OF_LINE = /\r\n|\n|\r(?!$)/

/** The events of a body, each of at most `maxChars`. Comments, ids and times to wait are passed over. */
export async function* readEventStream(
  body: AsyncIterable<Buffer>,
  maxChars: number,
): AsyncGenerator<ServerSentEvent, void> {
  const decoder = new TextDecoder()
  let text = ''
  let name = 'message'
  let data: string[] = []
  let chars = 0
  for await (const chunk of body) {
    const lines = (text + decoder.decode(chunk, { stream: true })).split(END_OF_LINE)
    text = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { name, data: data.join('\n') }
        ;[name, data, chars] = ['message', [], 0]
        continue
      }
      const { field, value } = fieldOf(line)
      if (field === 'event') name = value
      if (field !== 'data') continue
      data.push(value)
      chars += value.length
    }
    if (chars + text.length > maxChars)
      throw new EventStreamError(`an event has more than ${maxChars} characters`)
  }
}

function fieldOf(line: string): { field: string; value: string } {
  const colon = line.indexOf(':')
  if (colon < 0) return { field: line, value: '' }
  return { field: line.slice(0, colon), value: line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1) }
}
