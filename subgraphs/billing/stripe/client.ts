import { Stripe } from 'stripe'

/** Where and as whom to read. Without host, port and protocol: Stripe itself. */
export interface StripeConfig {
  readonly apiKey: string
  readonly host?: string
  readonly port?: number
  readonly protocol?: 'http' | 'https'
  /** Quick retries of one request inside the SDK, before a page counts as failed. */
  readonly maxNetworkRetries?: number
  readonly timeoutMs?: number
}

const MAX_NETWORK_RETRIES = 2
const REQUEST_TIMEOUT_MS = 30_000

/** The part of Stripe that an import needs: one GET, answered with the JSON exactly as it was sent. */
export interface StripeReader {
  get(path: string): Promise<unknown>
}

/**
 * A reader over the official SDK, which pins the API version that it was made for. Requests are raw, so that an
 * object is kept as Stripe sent it and no decimal string is turned into something else on the way.
 */
export function stripeReader(config: StripeConfig): StripeReader {
  const client = stripeClient(config)
  const { host, port, protocol } = config
  const address = `${protocol ?? 'https'}://${host ?? 'api.stripe.com'}${port === undefined ? '' : `:${port}`}`
  return {
    get: async (path) => {
      try {
        const answer: unknown = await client.rawRequest('GET', path)
        return answer
      } catch (error) {
        if (error instanceof Stripe.errors.StripeConnectionError) throw new Unreachable(address, error)
        throw error
      }
    },
  }
}

/** The official SDK, told where Stripe is. */
export function stripeClient(config: StripeConfig): Stripe {
  const { apiKey, host, port, protocol, maxNetworkRetries, timeoutMs } = config
  return new Stripe(apiKey, {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
    maxNetworkRetries: maxNetworkRetries ?? MAX_NETWORK_RETRIES,
    timeout: timeoutMs ?? REQUEST_TIMEOUT_MS,
    telemetry: false,
  })
}

/** The network's trouble. The SDK does not say where it looked for Stripe, which is what a person has to mend. */
class Unreachable extends Error {
  readonly type = 'StripeConnectionError'

  constructor(address: string, cause: Error) {
    super(`Stripe cannot be reached at ${address}: ${cause.message}`, { cause })
  }
}
