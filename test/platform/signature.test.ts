// The proof that a request comes from the gateway: written by the letter of RFC 9421, good once and for a short time.
import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { Nonces } from '#platform/nonces.ts'
import { createSigner, createVerifier, hasDigest, type SignedRequest } from '#platform/signature.ts'

const NOW = '2026-11-23T12:00:00Z'
const SECRET = 'a secret of sixteen or more'
const REQUEST: SignedRequest = {
  method: 'POST',
  target: '/graphql?a=1',
  body: '{}',
  identity: '{"kind":"anonymous"}',
}

/** A signer and a verifier, the clock that the verifier reads, and the head of a request as it would travel. */
function world({ secrets = [SECRET], subgraph = 'billing' } = {}) {
  const clock = manualClock(NOW)
  const sign = createSigner(SECRET, 'billing', manualClock(NOW))
  const head = (headers: Record<string, string | undefined> = {}) => ({
    method: 'POST',
    url: REQUEST.target,
    headers: { ...sign(REQUEST), ...headers },
  })
  return { clock, head, verify: createVerifier(secrets, subgraph, clock) }
}

it('A signature is what the standard says', () => {
  const { headers } = world().head()
  const digest = createHash('sha256').update('{}').digest('base64')
  const parameters = (headers['signature-input'] ?? '').replace('gateway=', '')
  const base = `"@method": POST
"@request-target": /graphql?a=1
"content-digest": sha-256=:${digest}:
"x-subgraph": billing
"x-identity": {"kind":"anonymous"}
"@signature-params": ${parameters}`
  expect(parameters).toMatch(/^\(("[@\w-]+" ?){5}\);created=1795435200;nonce="[\w-]{36}";alg="hmac-sha256"$/)
  expect(headers.signature).toBe(`gateway=:${createHmac('sha256', SECRET).update(base).digest('base64')}:`)
})

/** A header of another request with the same content. */
const other = (name: string): string => world().head().headers[name] ?? ''

describe('A request', () => {
  it('is proven once', () => {
    const { head, verify } = world()
    const request = head()
    expect(verify(request)).toBeUndefined()
    expect(verify(request)).toMatch(/nonce/)
    expect(verify(head())).toBeUndefined()
  })

  it.each([
    [{ secrets: ['another secret of sixteen', SECRET] }, undefined],
    [{ secrets: ['another secret of sixteen'] }, /SUBGRAPH_SECRET/],
    [{ subgraph: 'erp' }, /meant for billing.*SUBGRAPH_…_URL/],
  ])('is for who holds the secret and has the name: %j', (options, complaint) => {
    const { head, verify } = world(options)
    if (complaint) expect(verify(head())).toMatch(complaint)
    else expect(verify(head())).toBeUndefined()
  })

  it.each<[string, { method?: string; url?: string; headers?: Record<string, string | undefined> }]>([
    ['its method', { method: 'PUT' }],
    ['its path', { url: '/other?a=1' }],
    ['its query', { url: '/graphql?a=2' }],
    ['the digest of its body', { headers: { 'content-digest': 'sha-256=:AAAA:' } }],
    ['the subgraph that it is meant for', { headers: { 'x-subgraph': 'erp' } }],
    ['who asks', { headers: { 'x-identity': '{"kind":"admin"}' } }],
    ['its parameters', { headers: { 'signature-input': other('signature-input') } }],
    ['its signature', { headers: { signature: other('signature') } }],
    ['that it is signed', { headers: { signature: undefined } }],
    ['that it says how', { headers: { 'signature-input': undefined } }],
    ['what is covered', { headers: { 'signature-input': 'gateway=();created=1;alg="hmac-sha256"' } }],
    ['the length of its signature', { headers: { signature: 'gateway=:AAAA:' } }],
  ])('is refused where it was altered in %s', (_what, { headers, ...line }) => {
    const { head, verify } = world()
    expect(verify({ ...head(headers), ...line })).toMatch(/SUBGRAPH_SECRET/)
  })

  it.each([
    [-30, true],
    [-31, false],
    [30, true],
    [31, false],
  ])('read by a clock that differs by %d s is proven: %s', (seconds, isProven) => {
    const { clock, head, verify } = world()
    clock.advance({ seconds })
    if (isProven) expect(verify(head())).toBeUndefined()
    else expect(verify(head())).toMatch(/clocks/)
  })

  it('cannot be used again at any later time', () => {
    const { clock, head, verify } = world()
    clock.advance({ seconds: -30 })
    const request = head()
    expect(verify(request)).toBeUndefined()
    for (let seconds = 1; seconds <= 180; seconds += 1) {
      clock.advance({ seconds: 1 })
      expect(verify(request)).toBeDefined()
      verify(head())
    }
  })
})

it('A digest is that of one body', () => {
  const digest = world().head().headers['content-digest']
  expect(hasDigest(digest, Buffer.from('{}'))).toBe(true)
  expect(hasDigest(digest, '{ }')).toBe(false)
  expect(hasDigest(undefined, '{}')).toBe(false)
})

describe('Nonces', () => {
  it('beyond what memory holds are refused until the older ones may be forgotten', () => {
    const nonces = new Nonces(1_000, 2)
    expect(['a', 'b', 'c', 'a'].map((nonce) => nonces.take(nonce, 10_000))).toEqual([
      'new',
      'new',
      'full',
      'known',
    ])
    expect(nonces.take('c', 11_000)).toBe('new')
    expect(nonces.take('d', 12_000)).toBe('new')
    expect(nonces.take('a', 12_999)).toBe('known')
    expect(nonces.take('a', 13_000)).toBe('new')
    expect(nonces.take('d', 13_001)).toBe('known')
  })

  it('are kept for two generations, however long nobody came in between', () => {
    for (const pauseMs of [1, 999, 1_000, 1_001, 1_999, 2_000, 2_001, 3_000]) {
      const nonces = new Nonces(1_000)
      expect(nonces.take('first', 10_000)).toBe('new')
      expect(nonces.take('late', 10_999)).toBe('new')
      expect(nonces.take('next', 10_999 + pauseMs)).toBe('new')
      if (pauseMs <= 2_000) expect(nonces.take('late', 10_999 + pauseMs)).toBe('known')
    }
  })

  it('of all that a process could serve are kept', () => {
    const nonces = new Nonces(30_000)
    for (let count = 0; count < 500_000; count += 1) nonces.take(`${count}`, 60_000)
    expect(nonces.take('one more', 60_000)).toBe('new')
  })
})
