/** What tests ask of Stripe through the connector of the product. */
import type { Connector, OutsideRequest } from '#platform/connector.ts'
import { stripeConnector } from '#subgraphs/billing/stripe/write.ts'

export const timeoutMs = 5_000

export const connectorAt = (port: number): Connector =>
  stripeConnector({
    apiKey: 'sk_test_1',
    host: '127.0.0.1',
    port,
    protocol: 'http',
    instance: 'acct_1',
    timeZone: 'America/New_York',
    timeoutMs,
  })

export const request = (
  operation: string,
  payload: OutsideRequest['payload'],
  revision = '',
): OutsideRequest => ({
  effectKey: 'wfl_1/step',
  idempotencyKey: `wfl_1/step${revision}`,
  operation,
  payload,
})
