/** Whether a webhook is what its sender signed, as Standard Webhooks 1.0 says. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What of a request is signed, and what proves it. */
export interface SignedPost {
  /** Header `webhook-id`: the same for every sending of one event. */
  readonly id: string | undefined
  /** Header `webhook-timestamp`: seconds since 1970. */
  readonly timestamp: string | undefined
  /** Header `webhook-signature`: `v1,` and a signature, several with spaces between. */
  readonly signature: string | undefined
  readonly body: string
}

/** Why a webhook is not believed. */
export type Disbelief = 'HEADER_MISSING' | 'TIMESTAMP_OUTSIDE_TOLERANCE' | 'SIGNATURE_WRONG'

/** A sending that is older or newer by more than this may be one that was overheard. */
const TOLERANCE_SECONDS = 300
const PREFIX = 'whsec_'
const MAX_ID_CHARACTERS = 200
/** A sender that changes its secret signs with both; more signatures than this are not looked at. */
const MAX_SIGNATURES = 10

/** Why a webhook is not believed; undefined where one of the secrets signed exactly what came, a moment ago. */
export function disbelief(
  { id, timestamp, signature, body }: SignedPost,
  secrets: readonly string[],
  now: Temporal.Instant,
): Disbelief | undefined {
  if (!isPresent(id) || !isPresent(timestamp) || !isPresent(signature)) return 'HEADER_MISSING'
  if (id.length > MAX_ID_CHARACTERS) return 'HEADER_MISSING'
  if (!isWithinTolerance(timestamp, now)) return 'TIMESTAMP_OUTSIDE_TOLERANCE'
  const given = signaturesIn(signature)
  const isSigned = secrets.some((secret) => {
    const expected = signatureOf(secret, `${id}.${timestamp}.${body}`)
    return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected))
  })
  return isSigned ? undefined : 'SIGNATURE_WRONG'
}

const isPresent = (header: string | undefined): header is string => header !== undefined && header !== ''

function isWithinTolerance(timestamp: string, now: Temporal.Instant): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false
  const nowSeconds = Math.floor(now.epochMilliseconds / 1_000)
  return Math.abs(nowSeconds - Number(timestamp)) <= TOLERANCE_SECONDS
}

function signaturesIn(header: string): Buffer[] {
  return header
    .split(' ', MAX_SIGNATURES)
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice('v1,'.length), 'base64'))
}

function signatureOf(secret: string, signed: string): Buffer {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64')
  return createHmac('sha256', key).update(signed).digest()
}
