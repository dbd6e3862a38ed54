import { request as overHttp, type IncomingMessage } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { AddressRefused, type AllowedAddresses, refusalOf } from './addresses.ts'

/** What a receiver answered, or why nothing came. */
export interface Reply {
  readonly status: number | null
  /** Why there is no status; null where there is one. */
  readonly error: string | null
  /** The beginning of the body. */
  readonly excerpt: string
  readonly retryAfterSeconds: number | null
}

/** How and whereto requests go out. */
export interface Outside {
  readonly allowed: AllowedAddresses
  readonly lookup: LookupFunction
  /** For all of connecting, sending and the answer's head. */
  readonly timeoutMs: number
}

/** Of an answer so much is read, and no more. */
const MAX_READ_BYTES = 4_096
const MAX_EXCERPT_CHARACTERS = 500

/**
 * Posts a body once. Follows no redirect, reads the beginning of an answer, ends at the time-out, and connects to no
 * address that is refused. Never throws: what went wrong is in the reply.
 */
export async function post(
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowed, lookup, timeoutMs }: Outside,
): Promise<Reply> {
  try {
    const url = new URL(target)
    refuseUnsafe(url, allowed)
    const deadline = AbortSignal.timeout(timeoutMs)
    const response = await send(
      url,
      { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      body,
      {
        lookup: url.protocol === 'https:' ? lookup : onlyAllowed(lookup, allowed),
        signal: deadline,
      },
    )
    return {
      status: response.statusCode ?? null,
      error: null,
      excerpt: await beginningOf(response),
      retryAfterSeconds: secondsOf(response.headers['retry-after']),
    }
  } catch (error) {
    return { status: null, error: describe(error, timeoutMs), excerpt: '', retryAfterSeconds: null }
  }
}

/** Names are checked when they are looked up; an address that stands in the URL is never looked up. */
function refuseUnsafe({ hostname, protocol }: URL, allowed: AllowedAddresses): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) === 0) return
  const refusal = protocol === 'https:' ? refusalOf(address, allowed) : plainRefusal(address, allowed)
  if (refusal !== undefined) throw new AddressRefused(`${address} is ${refusal}`)
}

/** Without encryption only what the configuration names may be reached. */
const plainRefusal = (address: string, allowed: AllowedAddresses): string | undefined =>
  allowed.has(address) ? undefined : 'not reached by http: use https'

function onlyAllowed(lookup: LookupFunction, allowed: AllowedAddresses): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, options, (error, address, family) => {
      const addresses = typeof address === 'string' ? [address] : address.map((one) => one.address)
      const refusal = addresses.map((one) => plainRefusal(one, allowed)).find((one) => one !== undefined)
      if (error !== null || refusal === undefined) return callback(error, address, family)
      return callback(new AddressRefused(`${hostname} is ${refusal}`), '')
    })
}

function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: { readonly lookup: LookupFunction; readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = url.protocol === 'https:' ? overHttps : overHttp
  // No agent: each attempt connects anew, and so is checked anew.
  request(url, { method: 'POST', headers, agent: false, ...options })
    .on('response', resolve)
    .on('error', reject)
    // An answer that is none, such as a change of protocol (101), ends without an error.
    .on('close', () => reject(new Error('closed without an answer')))
    .end(body)
  return promise
}

/** The beginning of an answer's body; what comes after it, or not in time, is not waited for. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= MAX_READ_BYTES) break
    }
  } catch (error) {
    // The status has come, and it alone decides: a body that breaks off or never ends takes nothing from it.
    if (!(error instanceof Error)) throw error
  } finally {
    response.destroy()
  }
  return Buffer.concat(chunks).toString('utf8').replaceAll('\0', '').slice(0, MAX_EXCERPT_CHARACTERS)
}

const secondsOf = (retryAfter: string | undefined): number | null =>
  retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : null

function describe(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`
  // Where several addresses were tried, only the code says what went wrong.
  return error.message === '' ? ((error as NodeJS.ErrnoException).code ?? error.name) : error.message
}
