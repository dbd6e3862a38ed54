/** One HTTP call of which is known, when it fails, whether anything has left. */
import { request as overHttp, type IncomingMessage } from 'node:http'
import { request as overHttps } from 'node:https'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Deadline } from '#platform/connector.ts'

/** Certainly nothing was sent: there was no connection, or it came too late. */
export class NothingSent extends Error {
  override readonly name = 'NothingSent'
}

/** What a system answered. */
export interface HttpAnswer {
  readonly status: number
  /** The JSON of the answer; undefined where it is none. */
  readonly body: unknown
  /** What the system asked to wait; null where it did not. */
  readonly retryAfterMs: number | null
}

/** What is sent. */
export interface HttpCall {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

const MAX_ANSWER_BYTES = 1_048_576

/**
 * Connects, sends, and reads the answer, follows no redirect, and ends at the deadline. Sends only once it is connected
 * and the deadline has not passed: a process that was stopped meanwhile must not send when it wakes.
 */
export async function callHttp(target: string, deadline: Deadline, call: HttpCall): Promise<HttpAnswer> {
  const url = new URL(target)
  const socket = await connected(url, deadline)
  const answer = await send(url, socket, deadline, call)
  return {
    status: answer.statusCode ?? 0,
    body: parsed(await textOf(answer)),
    retryAfterMs: millisecondsOf(answer.headers['retry-after']),
  }
}

function connected(url: URL, deadline: Deadline): Promise<Socket> {
  // A signal that was given before does not call who begins to listen now.
  if (deadline.leftMs() === 0) return Promise.reject(new NothingSent('the time to send was over'))
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const isSecure = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = Number(url.port === '' ? (isSecure ? HTTPS_PORT : HTTP_PORT) : url.port)
  const socket = isSecure ? connectTls({ host, port, servername: host }) : connectTcp({ host, port })
  const giveUp = (why: string): void => {
    socket.destroy()
    reject(new NothingSent(why))
  }
  const onAbort = (): void => giveUp('no connection in time')
  deadline.signal.addEventListener('abort', onAbort)
  socket.on('error', (error: NodeJS.ErrnoException) => giveUp(error.code ?? error.message))
  socket.once(isSecure ? 'secureConnect' : 'connect', () => {
    deadline.signal.removeEventListener('abort', onAbort)
    resolve(socket)
  })
  return promise
}

const HTTP_PORT = 80
const HTTPS_PORT = 443

function send(url: URL, socket: Socket, deadline: Deadline, call: HttpCall): Promise<IncomingMessage> {
  const { method, headers, body } = call
  if (deadline.leftMs() === 0) {
    socket.destroy()
    return Promise.reject(new NothingSent('the time to send was over'))
  }
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const request = url.protocol === 'https:' ? overHttps : overHttp
  request(url, {
    method,
    headers: { ...headers, ...length, connection: 'close' },
    createConnection: () => socket,
    signal: deadline.signal,
  })
    .on('response', resolve)
    .on('error', (error: NodeJS.ErrnoException) => reject(new Error(reasonOf(error), { cause: error })))
    .on('close', () => reject(new Error('closed without an answer')))
    .end(body)
  return promise
}

const reasonOf = ({ code, message, name }: NodeJS.ErrnoException): string =>
  name === 'AbortError' ? 'no answer in time' : (code ?? message)

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`an answer of more than ${MAX_ANSWER_BYTES} bytes`)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    // A proxy answers in HTML: the status alone decides then.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Whole seconds; a date, which the specification allows as well, is not heeded: clocks differ. */
const millisecondsOf = (retryAfter: string | undefined): number | null =>
  retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : null
