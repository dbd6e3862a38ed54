/** The catalogue of events: it names what can happen and nothing else, and events are as their schemas say. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as happenings from '#domain/event.ts'
import type { StandingChange, StandingReason } from '#domain/standing.ts'
import { storedTypes, upcast, upcasters } from '#domain/upcast.ts'
import { toJson } from '#platform/json.ts'
import { aggregateEvents, eventCatalogue } from '#schema/event-catalogue.ts'
import { contractBreach } from '#test/support/event-contracts.ts'

const jsonAt = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../schema/${file}`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >

/** What the issue asks to be told at least. */
const PROMISED = `customer.created customer.changed customer.merged opportunity.won
  contract.signed contract.amended contract.renewed contract.terminated
  subscription.activated subscription.changed subscription.cancelled
  invoice.issued invoice.changed invoice.paid invoice.voided invoice.overdue
  payment.received payment.failed payment.refunded dispute.opened dispute.closed creditNote.issued
  journal.posted revenueSchedule.created revenueSchedule.revised period.closed period.reopened standing.changed`

describe('the catalogue', () => {
  const types = eventCatalogue.map(({ type }) => type)

  it.each(PROMISED.split(/\s+/))('has %s', (name) => {
    expect(types.filter((type) => type.includes(`.${name}.v`))).toHaveLength(1)
  })

  it('is what AsyncAPI tells of', () => {
    const { components, channels } = jsonAt('asyncapi.json') as {
      components: { messages: Record<string, unknown> }
      channels: Record<string, { messages: Record<string, unknown> }>
    }
    expect(Object.keys(components.messages)).toEqual(types)
    expect(Object.values(channels).flatMap(({ messages }) => Object.keys(messages))).toEqual(types)
  })

  /** Aggregates whose events follow from a change of status, with the function that names them. */
  const byStatus = {
    customer: happenings.customerEvent,
    opportunity: happenings.opportunityEvent,
    quote: happenings.quoteEvent,
    contract: happenings.contractEvent,
    amendment: happenings.amendmentEvent,
    subscription: happenings.subscriptionEvent,
    invoice: happenings.invoiceEvent,
    payment: happenings.paymentEvent,
    creditNote: happenings.creditNoteEvent,
    refund: happenings.refundEvent,
    dispute: happenings.disputeEvent,
    dunning: happenings.dunningEvent,
    period: happenings.accountingPeriodEvent,
  }

  it.each(Object.entries(byStatus))('names what can happen to %s', (aggregate, happening) => {
    const about = aggregateEvents.find((one) => one.aggregate === aggregate)
    const { properties } = jsonAt(`events/states/${about?.subgraph}.${aggregate}.v1.json`) as {
      properties: Record<string, { enum?: string[] }>
    }
    const field = properties['stage'] === undefined ? 'status' : 'stage'
    const words = properties[field]?.enum ?? []
    const name = happening as (before: unknown, after: unknown) => string
    const state = (word: string) => ({ [field]: word, lines: [] })
    const told = words.flatMap((to) => [
      name(undefined, state(to)),
      ...words.map((from) => name(state(from), state(to))),
    ])
    const others = OTHERWISE[aggregate] ?? []
    expect(new Set([...told, ...others])).toEqual(new Set(Object.keys(about?.events ?? {})))
  })
})

/** What follows from something else than a change of status. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = { contract: ['amended'], invoice: ['overdue'] }

describe('an event', () => {
  const overdue: StandingReason = {
    code: 'OVERDUE',
    level: 'WATCH',
    message: '10.00 USD is overdue, the oldest by 3 days',
    amount: { minorUnits: 1_000n, currency: 'USD' },
  }
  const change: StandingChange = {
    id: 'std_1',
    version: 1,
    recordedAt: Temporal.Instant.from('2026-07-15T12:00:00Z'),
    customerId: 'cus_1',
    before: { level: 'GOOD', reasons: [] },
    after: { level: 'WATCH', reasons: [overdue] },
    asOf: Temporal.PlainDate.from('2026-07-15'),
  }
  const data = JSON.parse(toJson(change)) as object
  const type = 'revgraph.insight.standing.changed.v1'

  it('is as its schema says', () => {
    expect(contractBreach({ type, data })).toBeUndefined()
  })

  it.each([
    ['a field that nobody told readers of', { ...data, note: 'x' }, /additional properties/],
    [
      'a word that readers do not know',
      { ...data, after: { level: 'FINE', reasons: [] } },
      /level must be equal to one of/,
    ],
    [
      'an amount as a number',
      {
        ...data,
        after: { level: 'WATCH', reasons: [{ ...overdue, amount: { minorUnits: 1, currency: 'USD' } }] },
      },
      /minorUnits must be string/,
    ],
    ['a day as a moment', { ...data, asOf: '2026-07-15T00:00:00Z' }, /asOf must match format "date"/],
    ['a field that is missing', { ...data, customerId: undefined }, /required property 'customerId'/],
  ])('is refused for %s', (_, wrong, reason) => {
    expect(contractBreach({ type, data: JSON.parse(JSON.stringify(wrong)) })).toMatch(reason)
  })

  it('of a type without schema is refused', () => {
    const unknown = 'revgraph.billing.invoice.eaten.v1'
    expect(contractBreach({ type: unknown, data })).toBe(`${unknown}.json is not in schema/events`)
  })
})

describe('an event that was stored under an earlier type', () => {
  it.each([...upcasters.keys()])('%s is read as one of the catalogue', (type) => {
    const { type: now } = upcast({ type, data: {} })
    expect(eventCatalogue.map((event) => event.type)).toContain(now)
    expect(storedTypes(now)).toContain(type)
  })

  it('has what the next version demands, over any number of steps', () => {
    const steps = new Map([
      [
        'revgraph.billing.bill.sent.v1',
        { to: 'revgraph.billing.bill.issued.v1', data: (data: unknown) => data },
      ],
      [
        'revgraph.billing.bill.issued.v1',
        {
          to: 'revgraph.billing.bill.issued.v2',
          data: (data: unknown) => {
            const { amount, ...rest } = data as { amount: string }
            return { ...rest, total: { minorUnits: amount, currency: 'USD' } }
          },
        },
      ],
    ])
    const stored = {
      id: 'bill_1.1',
      type: 'revgraph.billing.bill.sent.v1',
      data: { id: 'bill_1', amount: '1200' },
    }
    expect(upcast(stored, steps)).toEqual({
      id: 'bill_1.1',
      type: 'revgraph.billing.bill.issued.v2',
      data: { id: 'bill_1', total: { minorUnits: '1200', currency: 'USD' } },
    })
    expect(storedTypes('revgraph.billing.bill.issued.v2', steps)).toEqual([
      'revgraph.billing.bill.issued.v2',
      'revgraph.billing.bill.issued.v1',
      'revgraph.billing.bill.sent.v1',
    ])
    expect(stored.data).toEqual({ id: 'bill_1', amount: '1200' })
  })
})
