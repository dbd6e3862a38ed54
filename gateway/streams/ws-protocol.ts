import { randomUUID } from 'node:crypto'

import type { RawData, WebSocket } from 'ws'

import type { Log } from '#platform/log.ts'

import type { Answer } from '../engine.ts'
import { refuse, resumableAfter } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { paramsOf } from '../http/params.ts'
import { Outbox } from './outbox.ts'
import type { Quota } from './quota.ts'
import { isJsonObject, type JsonObject, type RequestContext } from '../request.ts'
import type { Stream } from './subscribe.ts'

/** The subprotocol of the graphql-ws library. Its older namesake, `graphql-ws`, is not spoken. */
export const SUBPROTOCOL = 'graphql-transport-ws'

/** Why a socket is closed, in the protocol's own codes; 1000 is for a client that asks for nothing any more. */
const closeReasons = {
  1000: 'Nothing is asked for any more',
  4400: 'Invalid message received',
  4401: 'Unauthorized',
  4408: 'Connection initialisation timeout',
  4409: 'Subscriber already exists',
  4429: 'Too many initialisation requests',
  4500: 'Internal server error',
} as const

/** What a conversation needs to know of the gateway and of the client. */
export interface ConversationOptions {
  readonly stream: Stream
  /** The answer to an operation that ended by throwing. */
  readonly refuseError: (error: unknown, request: RequestContext) => Answer
  /** Operations that a client may have open at a time, whatever way they came. */
  readonly operations: Quota
  readonly client: string
  readonly limits: Limits
  readonly log: Log
}

/** Speaks `graphql-transport-ws` on a socket until it closes. What fails unforeseen closes this socket alone. */
export function converse(socket: WebSocket, options: ConversationOptions): void {
  const conversation = new Conversation(socket, options)
  // Stands here so that it keeps no message for as long as the operation is open that began with it.
  const onFailure = (error: unknown): void => {
    options.log.error({ err: error }, 'a message over WebSocket failed')
    conversation.close(4500)
  }
  socket.on('message', (data) => {
    Promise.try(() => conversation.take(data)).catch(onFailure)
  })
  socket.on('close', () => conversation.end())
}

class Conversation {
  readonly #socket: WebSocket
  readonly #options: ConversationOptions
  readonly #outbox: Outbox
  readonly #open = new Map<string, AbortController>()
  #isInitialised = false
  /** Closes the socket of a client that does not begin, or that has no operation open for long. */
  #timer: NodeJS.Timeout | undefined

  constructor(socket: WebSocket, options: ConversationOptions) {
    this.#socket = socket
    this.#outbox = new Outbox(socket, options.limits)
    this.#options = options
    this.#closeAfter(options.limits.socketInitTimeoutMs, 4408)
  }

  /** Takes one message of the client, and runs the operation that it begins. After a close nothing is obeyed. */
  take(data: RawData): Promise<void> | void {
    if (this.#socket.readyState !== this.#socket.OPEN) return undefined
    const message = parseMessage(data)
    switch (message?.type) {
      case 'connection_init':
        return this.#initialise()
      case 'ping':
        return this.#outbox.send('{"type":"pong"}')
      case 'pong':
        return undefined
      case 'subscribe':
        return this.#subscribe(message)
      case 'complete':
        return this.#leave(message.id)
      default:
        return this.close(4400)
    }
  }

  /** Leaves every operation and closes the socket. */
  close(code: keyof typeof closeReasons): void {
    this.end()
    this.#socket.close(code, closeReasons[code])
  }

  /** Leaves every operation: the socket is closed. */
  end(): void {
    clearTimeout(this.#timer)
    for (const operation of this.#open.values()) operation.abort()
    // Else the last of them, when it has ended, would begin to wait for the next one.
    this.#open.clear()
  }

  #initialise(): void {
    if (this.#isInitialised) return this.close(4429)
    this.#isInitialised = true
    this.#closeAfter(this.#options.limits.socketIdleTimeoutMs, 1000)
    this.#outbox.send('{"type":"connection_ack"}')
  }

  #subscribe({ id, payload }: JsonObject): Promise<void> | void {
    const { limits } = this.#options
    if (!this.#isInitialised) return this.close(4401)
    if (typeof id !== 'string' || id === '' || id.length > limits.maxOperationIdChars) return this.close(4400)
    if (this.#open.has(id)) return this.close(4409)
    clearTimeout(this.#timer)
    const operation = new AbortController()
    this.#open.set(id, operation)
    const { signal } = operation
    const request: RequestContext = { requestId: randomUUID(), signal, identity: { kind: 'anonymous' } }
    const release = this.#options.operations.take(this.#options.client)
    const isAllowed = release !== undefined && this.#open.size <= limits.maxOperationsPerSocket
    // Nothing here may keep what was sent for as long as the operation is open.
    const answers = this.#begin(payload, request, isAllowed)
    return this.#run(id, answers, request).finally(() => {
      release?.()
      // The client may have left this operation and given its id to another one.
      if (this.#open.get(id) === operation) this.#forget(id)
    })
  }

  async #begin(
    payload: unknown,
    request: RequestContext,
    isAllowed: boolean,
  ): Promise<AsyncIterable<Answer>> {
    if (!isAllowed) refuse('TOO_MANY_STREAMS', 'Too many operations are open: complete some of them first.')
    return this.#options.stream(paramsOf(payload), request, this.#outbox.hasRoom)
  }

  #leave(id: unknown): void {
    if (typeof id !== 'string') return this.close(4400)
    this.#open.get(id)?.abort()
    this.#forget(id)
  }

  #forget(id: string): void {
    if (!this.#open.delete(id) || this.#open.size > 0) return
    this.#closeAfter(this.#options.limits.socketIdleTimeoutMs, 1000)
  }

  async #run(id: string, answers: Promise<AsyncIterable<Answer>>, request: RequestContext): Promise<void> {
    const { signal } = request
    const head = `{"id":${JSON.stringify(id)},"type":`
    const refuseWith = ({ body }: Answer): void => {
      if (!signal.aborted) this.#outbox.send(`${head}"error","payload":${errorsOf(body)}}`)
    }
    let lastCursor: string | undefined
    try {
      for await (const answer of await answers) {
        if (signal.aborted) return
        if (answer.isRefusal) return refuseWith(answer)
        await this.#outbox.deliver(`${head}"next","payload":${answer.body}}`, signal)
        lastCursor = answer.cursor
      }
      if (!signal.aborted) this.#outbox.send(`${head}"complete"}`)
    } catch (error) {
      refuseWith(this.#options.refuseError(resumableAfter(error, lastCursor), request))
    }
  }

  #closeAfter(timeoutMs: number, code: keyof typeof closeReasons): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.close(code), timeoutMs)
  }
}

function parseMessage(data: RawData): JsonObject | undefined {
  try {
    const message: unknown = JSON.parse((data as Buffer).toString())
    return isJsonObject(message) ? message : undefined
  } catch {
    return undefined
  }
}

/** The list of errors of an answer that has nothing else. */
function errorsOf(refusal: string): string {
  return JSON.stringify((JSON.parse(refusal) as { readonly errors: readonly object[] }).errors)
}
