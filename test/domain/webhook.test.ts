import { describe, expect, it } from 'vitest'
import { checkWebhookEndpoint, type WebhookEndpoint, webhookEndpointEvent } from '#domain/webhook.ts'
import { judgeAttempt, WEBHOOK_RETRY_DELAYS_MS } from '#domain/webhook-retry.ts'

const HOUR_MS = 3_600_000
const reply = (status: number | null, retryAfterSeconds: number | null = null) => ({
  status,
  retryAfterSeconds,
})

describe('after an attempt', () => {
  it.each([
    [200, 'DELIVERED'],
    [204, 'DELIVERED'],
    [299, 'DELIVERED'],
    [301, 'RETRY'],
    [400, 'RETRY'],
    [404, 'RETRY'],
    [410, 'GONE'],
    [429, 'RETRY'],
    [500, 'RETRY'],
    [null, 'RETRY'],
  ])('with %s a delivery is: %s', (status, next) => {
    expect(judgeAttempt(reply(status), 1, 0.5).next).toBe(next)
  })

  it('waits grow to three days in all, and then the delivery is given up', () => {
    const waits = WEBHOOK_RETRY_DELAYS_MS.map((_, index) => judgeAttempt(reply(500), index + 1, 0.5))
    expect(waits).toEqual(WEBHOOK_RETRY_DELAYS_MS.map((delayMs) => ({ next: 'RETRY', delayMs })))
    expect(WEBHOOK_RETRY_DELAYS_MS.toSorted((a, b) => a - b)).toEqual(WEBHOOK_RETRY_DELAYS_MS)
    expect(WEBHOOK_RETRY_DELAYS_MS.reduce((sum, delayMs) => sum + delayMs)).toBe(72 * HOUR_MS)
    expect(judgeAttempt(reply(500), waits.length + 1, 0.5)).toEqual({ next: 'GIVEN_UP' })
  })

  it.each([
    [0, 4_000],
    [0.5, 5_000],
    [1, 6_000],
  ])('a wait is spread by a fifth: %s gives %s ms', (fraction, delayMs) => {
    expect(judgeAttempt(reply(500), 1, fraction)).toEqual({ next: 'RETRY', delayMs })
  })

  it.each([
    [60, 60_000],
    [1, 5_000],
    [999_999, 24 * HOUR_MS],
  ])('a receiver that asks for %s s gets %s ms', (seconds, delayMs) => {
    expect(judgeAttempt(reply(503, seconds), 1, 0.5)).toEqual({ next: 'RETRY', delayMs })
  })
})

const endpoint: WebhookEndpoint = {
  id: 'whe_1',
  version: 1,
  recordedAt: Temporal.Instant.from('2026-06-15T12:00:00Z'),
  url: 'https://erp.example/hook?tenant=7',
  description: null,
  system: null,
  eventTypes: [],
  status: 'ENABLED',
  disabledReason: null,
  createdAt: Temporal.Instant.from('2026-06-15T12:00:00Z'),
  secretMadeAt: Temporal.Instant.from('2026-06-15T12:00:00Z'),
}

describe('an endpoint', () => {
  const known = new Set(['revgraph.billing.invoice.issued.v1'])

  it.each([
    ['is good', {}, []],
    ['is good with types that there are', { eventTypes: [...known] }, []],
    ['is no URL', { url: 'erp.example' }, ['URL_INVALID url']],
    ['is of another scheme', { url: 'ftp://erp.example' }, ['URL_INVALID url']],
    ['has a password', { url: 'https://me:secret@erp.example' }, ['URL_INVALID url']],
    ['has a fragment', { url: 'https://erp.example/#here' }, ['URL_INVALID url']],
    ['is too long', { url: `https://erp.example/${'x'.repeat(2_000)}` }, ['URL_INVALID url']],
    ['wants what there is not', { eventTypes: ['invoice.issued'] }, ['EVENT_TYPE_UNKNOWN eventTypes']],
    ['says too much', { description: 'x'.repeat(501) }, ['TEXT_TOO_LONG description']],
  ])('that %s', (_, fields, expected) => {
    const violations = checkWebhookEndpoint({ ...endpoint, ...fields }, known)
    expect(violations.map(({ code, field }) => `${code} ${field}`)).toEqual(expected)
  })

  it.each([
    ['created', undefined, endpoint],
    ['changed', endpoint, { ...endpoint, url: 'https://erp.example/' }],
    ['disabled', endpoint, { ...endpoint, status: 'DISABLED' as const, disabledReason: 'gone' }],
    ['enabled', { ...endpoint, status: 'DISABLED' as const, disabledReason: 'gone' }, endpoint],
    ['secretRotated', endpoint, { ...endpoint, secretMadeAt: endpoint.secretMadeAt.add({ hours: 1 }) }],
  ])('was %s', (event, before, after) => {
    expect(webhookEndpointEvent(before, after)).toBe(event)
  })
})
