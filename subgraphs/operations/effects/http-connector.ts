/** A connector to systems that take effects as JSON over HTTP, and name them by our reference. */
import type { Capabilities, FindAnswer, OutsideDocument, SendAnswer } from '#domain/effect.ts'
import type { Connector, Deadline, OutsideRequest } from '#platform/connector.ts'
import { callHttp, type HttpAnswer, NothingSent } from './http-call.ts'

/** Where a system is, and what it can be relied on for. */
export interface HttpSystem {
  readonly name: string
  /** Of its API, without a slash at its end. */
  readonly url: string
  /** Sent as a bearer token; null where it wants none. */
  readonly token: string | null
  readonly capabilities: Capabilities
  readonly timeoutMs: number
}

/**
 * The contract with such a system. `POST /effects` with `{ operation, reference, payload }` (`outside/` has the
 * payloads) and an `Idempotency-Key` has an effect, and answers 2xx with `{ externalId, url, status, number,
 * minorUnits, taxMinorUnits }`, of which only `externalId` must be there. `GET /effects?reference=` answers 200 with
 * `{ data: [] }` of the same. What it answers with 401, 403, 429 or 503 it has not touched, other answers of 4xx refuse
 * for good, with `{ code, message }`; 408 says nothing of what happened, and 409 that the key was met before.
 * `status: PENDING` says of a refund that its money has not gone back yet; `number` is that of a document, whose
 * `minorUnits` and `taxMinorUnits` have to be what was asked for. What is found with `status: VOIDED` is there no more.
 */
export function httpConnector(system: HttpSystem): Connector {
  const { capabilities, name, timeoutMs } = system
  return {
    name,
    naming: {
      system: name,
      instance: 'default',
      payments: ['payment'],
      invoices: ['invoice'],
      subscriptions: ['subscription'],
    },
    capabilities,
    takesPayments: false,
    timeoutMs,
    send: async (request, deadline) => judged(await sent(system, request, deadline)),
    find: async (request, deadline) => found(await asked(system, request, deadline)),
  }
}

/** Why no answer came, and whether something may have left. */
interface Trouble {
  readonly trouble: string
  readonly mayHaveLeft: boolean
}

function sent(system: HttpSystem, request: OutsideRequest, deadline: Deadline) {
  const { effectKey, idempotencyKey, operation, payload, traceparent } = request
  return attempt(
    callHttp(`${system.url}/effects`, deadline, {
      method: 'POST',
      headers: {
        ...headersOf(system, traceparent),
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
      body: JSON.stringify({ operation, reference: effectKey, payload }),
    }),
  )
}

function asked(system: HttpSystem, { effectKey, traceparent }: OutsideRequest, deadline: Deadline) {
  const url = `${system.url}/effects?reference=${encodeURIComponent(effectKey)}`
  return attempt(callHttp(url, deadline, { method: 'GET', headers: headersOf(system, traceparent) }))
}

function headersOf({ token }: HttpSystem, traceparent: string | undefined): Record<string, string> {
  return {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(traceparent === undefined ? {} : { traceparent }),
  }
}

/** The network fails in many ways; all that counts is whether something may have left. */
async function attempt(call: Promise<HttpAnswer>): Promise<HttpAnswer | Trouble> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { trouble: error.message, mayHaveLeft: !(error instanceof NothingSent) }
  }
}

function judged(answer: HttpAnswer | Trouble): SendAnswer {
  if ('trouble' in answer) {
    return answer.mayHaveLeft
      ? { kind: 'UNKNOWN', message: answer.trouble }
      : { kind: 'TRANSIENT', message: answer.trouble, retryAfterMs: null }
  }
  const { body, retryAfterMs, status } = answer
  if (status >= 200 && status < 300) return made(body)
  if (UNTOUCHED.has(status)) return { kind: 'TRANSIENT', message: messageOf(answer), retryAfterMs }
  if (UNTOLD.has(status) || status < 400 || status >= 500)
    return { kind: 'UNKNOWN', message: messageOf(answer) }
  return { kind: 'REFUSED', code: textOf(body, 'code') ?? `HTTP_${status}`, message: messageOf(answer) }
}

/** Who may not ask was not heard: an earlier sending, before the token ran out, may have had its effect. */
const UNTOUCHED = new Set([401, 403, 429, 503])
const UNTOLD = new Set([408, 409])

/** An answer that does not say what was made is as good as none. */
function made(body: unknown): SendAnswer {
  const document = documentOf(body)
  return document === undefined
    ? { kind: 'UNKNOWN', message: 'The answer names nothing that was made' }
    : { kind: 'APPLIED', document }
}

function found(answer: HttpAnswer | Trouble): FindAnswer {
  if ('trouble' in answer) return { kind: 'TRANSIENT', message: answer.trouble, retryAfterMs: null }
  const list = isObject(answer.body) ? answer.body['data'] : undefined
  if (answer.status !== 200 || !Array.isArray(list))
    return { kind: 'TRANSIENT', message: messageOf(answer), retryAfterMs: answer.retryAfterMs }
  const valid = list.filter((item) => textOf(item, 'status') !== 'VOIDED')
  const documents = valid.flatMap((item) => documentOf(item) ?? [])
  if (documents.length < valid.length)
    return { kind: 'TRANSIENT', message: 'What was found has no id', retryAfterMs: null }
  const [document] = documents
  if (document === undefined) return { kind: 'ABSENT' }
  if (documents.length === 1) return { kind: 'FOUND', document }
  return { kind: 'SEVERAL', externalIds: documents.map(({ externalId }) => externalId) }
}

function documentOf(body: unknown): OutsideDocument | undefined {
  const externalId = textOf(body, 'externalId')
  if (externalId === undefined) return undefined
  const isPending = textOf(body, 'status') === 'PENDING'
  const details: Record<string, string> = isPending ? { status: 'PENDING' } : {}
  for (const field of ['number', 'minorUnits', 'taxMinorUnits']) {
    const said = textOf(body, field) ?? numeralOf(body, field)
    if (said !== undefined) details[field] = said
  }
  return { externalId, url: textOf(body, 'url') ?? null, details }
}

const messageOf = ({ status, body }: HttpAnswer): string => textOf(body, 'message') ?? `HTTP ${status}`

function textOf(body: unknown, field: string): string | undefined {
  const value = isObject(body) ? body[field] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number of JSON as text: an amount that was not read would not be compared with ours. */
function numeralOf(body: unknown, field: string): string | undefined {
  const value = isObject(body) ? body[field] : undefined
  return typeof value === 'number' ? String(value) : undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
