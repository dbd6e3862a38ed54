/** Carries effects to Stripe through its SDK: under our idempotency key, with our reference in what it makes. */
import { Stripe } from 'stripe'
import type { Capabilities, FindAnswer, OutsideDocument, SendAnswer } from '#domain/effect.ts'
import type { Connector, Deadline, OutsideRequest } from '#platform/connector.ts'
import { type StripeConfig, stripeClient } from './client.ts'
import { REFERENCE, STRIPE } from './mapping.ts'
import { sendTrouble, troubleOf } from './write-errors.ts'
import { type Calls, KEY, type Made, type Operation } from './write-calls.ts'
import { operations } from './write-operations.ts'

/** Which account to write to, and as whom. */
export interface StripeWriting extends StripeConfig {
  /** Account id that tells this account from others. */
  readonly instance: string
  /** Where the legal entity of the account keeps its books: its days begin there. */
  readonly timeZone: string
}

const HOUR_MS = 3_600_000

/**
 * Stripe keeps idempotency keys for at least 24 hours. Its lists show at once what was made, its search of customers
 * in under a minute, and in an outage up to an hour late.
 */
const CAPABILITIES: Capabilities = {
  deduplicatesForMs: 24 * HOUR_MS,
  searchableByReference: true,
  visibleWithinMs: HOUR_MS,
}
/** For all calls of one effect: an invoice takes four. */
const TIMEOUT_MS = 30_000

/** The connector to a Stripe account. What it can be asked for is in `write-operations.ts`. */
export function stripeConnector(writing: StripeWriting): Connector {
  const { instance, timeoutMs = TIMEOUT_MS, timeZone } = writing
  // Trying again is for the protocol, which knows what a lost answer means and waits in the open.
  const client = stripeClient({ ...writing, maxNetworkRetries: 0 })
  const callsFor = (request: OutsideRequest, deadline: Deadline): Calls => ({
    client,
    instance,
    timeZone,
    payload: request.payload,
    metadata: { [REFERENCE]: request.effectKey, [KEY]: request.idempotencyKey },
    options: (part) => ({
      idempotencyKey: part === undefined ? request.idempotencyKey : `${request.idempotencyKey}/${part}`,
      timeout: timeLeft(deadline),
    }),
    reading: () => ({ timeout: timeLeft(deadline) }),
  })
  return {
    name: `stripe:${instance}`,
    naming: {
      system: STRIPE,
      instance,
      payments: ['payment_intent', 'charge'],
      invoices: ['invoice'],
      subscriptions: ['subscription'],
    },
    capabilities: CAPABILITIES,
    takesPayments: true,
    timeoutMs,
    send: async (request, deadline) => {
      const operation = operations[request.operation]
      return operation === undefined
        ? unknownOperation(request)
        : send(operation, callsFor(request, deadline))
    },
    find: async (request, deadline) => {
      const operation = operations[request.operation]
      return operation === undefined ? { kind: 'ABSENT' } : find(operation, callsFor(request, deadline))
    },
  }
}

/** Nothing begins that could not end in time. */
function timeLeft(deadline: Deadline): number {
  const leftMs = deadline.leftMs()
  if (leftMs > 0) return leftMs
  throw new Stripe.errors.StripeConnectionError({ type: 'api_error', message: 'no answer in time' })
}

const unknownOperation = ({ operation }: OutsideRequest): SendAnswer => ({
  kind: 'REFUSED',
  code: 'OPERATION_UNKNOWN',
  message: `Stripe cannot be asked for ${operation}`,
})

async function send(operation: Operation, calls: Calls): Promise<SendAnswer> {
  try {
    return { kind: 'APPLIED', document: documentOf(await operation.send(calls)) }
  } catch (error) {
    return sendTrouble(error)
  }
}

async function find(operation: Operation, calls: Calls): Promise<FindAnswer> {
  try {
    return foundAmong(await operation.find(calls))
  } catch (error) {
    const { message, retryAfterMs } = troubleOf(error)
    return { kind: 'TRANSIENT', message, retryAfterMs }
  }
}

function foundAmong(made: readonly Made[]): FindAnswer {
  const [first] = made
  if (first === undefined) return { kind: 'ABSENT' }
  return made.length === 1
    ? { kind: 'FOUND', document: documentOf(first) }
    : { kind: 'SEVERAL', externalIds: made.map(({ id }) => id) }
}

function documentOf({ id, number, status, hosted_invoice_url: url }: Made): OutsideDocument {
  const hasNumber = number !== undefined && number !== null
  const isPending = PENDING.has(status ?? '')
  const details = { ...(hasNumber && { number }), ...(isPending && { status: 'PENDING' }) }
  return { externalId: id, url: url ?? null, details }
}

/** Of a refund: the money has not gone back yet. */
const PENDING = new Set(['pending', 'requires_action'])
