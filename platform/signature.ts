/**
 * The proof that a request comes from the gateway: an HTTP Message Signature (RFC 9421, hmac-sha256) over a
 * Content-Digest (RFC 9530). Of all the shapes which that standard allows, this one is written and no other is read:
 *
 *     content-digest: sha-256=:…:
 *     x-subgraph: billing
 *     x-identity: {"kind":"anonymous"}
 *     signature-input: gateway=("@method" "@request-target" "content-digest" "x-subgraph" "x-identity");created=…;…
 *     signature: gateway=:…:
 */
import { createHmac, hash, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Clock } from './clock.ts'
import { Nonces } from './nonces.ts'

/** How far the clock of a signer may be from the clock of who reads it, and how long a request may travel. */
const SIGNATURE_WINDOW_MS = 30_000
const MS_PER_SECOND = 1_000

const COMPONENTS = '("@method" "@request-target" "content-digest" "x-subgraph" "x-identity")'
const ALGORITHM = 'alg="hmac-sha256"'
const SIGNATURE_INPUT = new RegExp(
  `^gateway=(${RegExp.escape(COMPONENTS)};created=(\\d{1,12});nonce="([\\w-]{16,64})";${ALGORITHM})$`,
)
const SIGNATURE = /^gateway=:([\w+/]{43}=):$/

/** What a signature vouches for, beside the subgraph that it is meant for. */
export interface SignedRequest {
  readonly method: string
  /** Path and query as they stand in the request line. */
  readonly target: string
  readonly body: string
  /** Who asks, as text that fits into a header. */
  readonly identity: string
}

/** The headers that prove a request. Each call gives new ones, good for one try. */
export type Sign = (request: SignedRequest) => Readonly<Record<string, string>>

/** Makes the signer of requests to a subgraph. */
export function createSigner(secret: string, subgraph: string, clock: Clock): Sign {
  return ({ method, target, body, identity }) => {
    const covered = { 'content-digest': digestOf(body), 'x-subgraph': subgraph, 'x-identity': identity }
    const created = Math.floor(clock.now().epochMilliseconds / MS_PER_SECOND)
    const parameters = `${COMPONENTS};created=${created};nonce="${randomUUID()}";${ALGORITHM}`
    const signature = authenticate(secret, baseOf(method, target, covered, parameters))
    return {
      ...covered,
      'signature-input': `gateway=${parameters}`,
      signature: `gateway=:${signature.toString('base64')}:`,
    }
  }
}

/** The complaint of who has no room left to see whether a request was sent before. The request may be in order. */
export const OVERLOADED = 'there are more requests than can be told from those that are sent again'

/** What is wrong with the head of a request, in words for an operator; undefined where it is proven. */
export type Verify = (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>) => string | undefined

/**
 * Makes the reader of signatures for a subgraph that accepts any of these secrets. The head is judged before the body
 * is read, whose digest is compared afterwards (`hasDigest`). Each process remembers for itself what it has seen.
 */
export function createVerifier(
  secrets: readonly string[],
  subgraph: string,
  clock: Clock,
  maxNonces?: number,
): Verify {
  // A signature from a clock ahead is good until its window ends here: for two generations.
  const nonces = new Nonces(SIGNATURE_WINDOW_MS, maxNonces)
  return ({ method = '', url = '', headers }) => {
    const [, parameters, created, nonce] = SIGNATURE_INPUT.exec(textOf(headers['signature-input'])) ?? []
    const [, signature] = SIGNATURE.exec(textOf(headers.signature)) ?? []
    if (parameters === undefined || nonce === undefined || signature === undefined)
      return 'it is not signed: set SUBGRAPH_SECRET at the gateway as it is here'
    const base = baseOf(method, url, headers, parameters)
    const given = Buffer.from(signature, 'base64')
    if (!secrets.some((secret) => timingSafeEqual(given, authenticate(secret, base))))
      return 'its signature does not fit: SUBGRAPH_SECRET is another one at the gateway, or it was altered on its way'
    if (headers['x-subgraph'] !== subgraph)
      return `it is meant for ${textOf(headers['x-subgraph'])}: a SUBGRAPH_…_URL of the gateway leads to the wrong one`
    const nowMs = clock.now().epochMilliseconds
    if (Math.abs(nowMs - Number(created) * MS_PER_SECOND) > SIGNATURE_WINDOW_MS)
      return 'it was signed too long ago, or the clocks of gateway and subgraph differ'
    const finding = nonces.take(nonce, nowMs)
    if (finding === 'full') return OVERLOADED
    return finding === 'known' ? 'its nonce was used before' : undefined
  }
}

/** True if a `content-digest` header is that of the body. */
export function hasDigest(header: string | readonly string[] | undefined, body: string | Buffer): boolean {
  return header === digestOf(body)
}

function digestOf(body: string | Buffer): string {
  return `sha-256=:${hash('sha256', body, 'base64')}:`
}

/** The signature base of RFC 9421, section 2.5. */
function baseOf(
  method: string,
  target: string,
  headers: IncomingMessage['headers'],
  parameters: string,
): string {
  return [
    `"@method": ${method}`,
    `"@request-target": ${target}`,
    `"content-digest": ${textOf(headers['content-digest'])}`,
    `"x-subgraph": ${textOf(headers['x-subgraph'])}`,
    `"x-identity": ${textOf(headers['x-identity'])}`,
    `"@signature-params": ${parameters}`,
  ].join('\n')
}

function authenticate(secret: string, base: string): Buffer {
  return createHmac('sha256', secret).update(base).digest()
}

const textOf = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' ? header : ''
