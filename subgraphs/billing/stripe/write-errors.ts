/** What an error of Stripe's SDK says about an effect: that it did not, will not, or may have happened. */
import { Stripe } from 'stripe'
import type { SendAnswer } from '#domain/effect.ts'
import { InvalidField } from './fields.ts'

const { errors } = Stripe

/** Nothing came of connecting, so nothing was sent. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** A list that is too long to be looked through: what was made cannot be found, or told to be absent. */
export class SearchTooLong extends Error {
  override readonly name = 'SearchTooLong'
}

/** What Stripe cannot do, or took and at once could not do. */
export class NotMade extends Error {
  override readonly name = 'NotMade'
  /** Why, in a word. */
  readonly code: string

  constructor(code: string, message = 'Stripe could not do it') {
    super(message)
    this.code = code
  }
}

/** What an error means for a sending. What is no error of Stripe or of the payload is a defect, and flies on. */
export function sendTrouble(error: unknown): SendAnswer {
  if (error instanceof InvalidField)
    return { kind: 'REFUSED', code: 'PAYLOAD_INVALID', message: `${error.message}: ${String(error.value)}` }
  if (error instanceof NotMade) return { kind: 'REFUSED', code: error.code, message: error.message }
  const { message, retryAfterMs } = troubleOf(error)
  if (isRefusal(error)) return { kind: 'REFUSED', code: error.code ?? error.type, message }
  return isUntouched(error) ? { kind: 'TRANSIENT', message, retryAfterMs } : { kind: 'UNKNOWN', message }
}

/** The message of an error of Stripe, and how long it asks to wait. Any other error flies on. */
export function troubleOf(error: unknown): {
  readonly message: string
  readonly retryAfterMs: number | null
} {
  if (error instanceof SearchTooLong) return { message: error.message, retryAfterMs: null }
  if (!(error instanceof errors.StripeError)) throw error
  const retryAfter = error.headers?.['retry-after']
  const isSeconds = retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter)
  return { message: error.message, retryAfterMs: isSeconds ? Number(retryAfter) * 1_000 : null }
}

/**
 * Stripe will say the same again, of the request or the card. Not so of a key that was used for another request: that
 * may have been the same one, before details of it changed.
 */
const isRefusal = (error: unknown): error is InstanceType<typeof errors.StripeError> =>
  error instanceof errors.StripeInvalidRequestError || error instanceof errors.StripeCardError

/** Stripe has certainly not begun: too many requests, an API key that it does not take, or no connection. */
const isUntouched = (error: unknown): boolean =>
  error instanceof SearchTooLong ||
  error instanceof errors.StripeRateLimitError ||
  error instanceof errors.StripeAuthenticationError ||
  error instanceof errors.StripePermissionError ||
  (error instanceof errors.StripeConnectionError && isUnsent(error.detail))

const isUnsent = (cause: unknown): boolean =>
  cause instanceof Error && UNSENT.has((cause as NodeJS.ErrnoException).code ?? '')
