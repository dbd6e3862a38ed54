// How far a deal has come, from when on it is late, and how long things took.
import { describe, expect, it } from 'vitest'
import {
  durationsOf,
  invoiceDueOn,
  lateClosing,
  lateDeal,
  stageOf,
  type WonDeal,
} from '#domain/deal-progress.ts'
import { day } from './documents.ts'

const posted = Temporal.Instant.from('2026-06-11T10:00:00Z')
const contract = { id: 'c', legalEntityId: 'e', isRecurring: true, firstChargeOn: day('2026-06-10') }
const invoice = { id: 'i', issuedOn: day('2026-06-11'), issuedAt: posted, isPaid: false }
const won: WonDeal = {
  opportunityId: 'o',
  customerId: 'k',
  wonOn: day('2026-06-01'),
  amount: { minorUnits: 12_000_00n, currency: 'USD' },
  contract: null,
  isSubscribed: false,
  invoice: null,
  postedAt: null,
}
const oneTime = { ...contract, isRecurring: false }

describe('A deal has come as far as the last stage without one left out', () => {
  it.each<[string, Partial<WonDeal>]>([
    ['WON', {}],
    ['WON', { isSubscribed: true, invoice, postedAt: posted }],
    ['CONTRACTED', { contract }],
    ['CONTRACTED', { contract, invoice, postedAt: posted }],
    ['SUBSCRIBED', { contract, isSubscribed: true }],
    ['SUBSCRIBED', { contract: oneTime }],
    ['INVOICED', { contract, isSubscribed: true, invoice }],
    ['INVOICED', { contract, isSubscribed: true, invoice: { ...invoice, isPaid: true } }],
    ['POSTED', { contract, isSubscribed: true, invoice, postedAt: posted }],
    ['PAID', { contract, isSubscribed: true, invoice: { ...invoice, isPaid: true }, postedAt: posted }],
  ])('%s', (stage, fields) => expect(stageOf({ ...won, ...fields })).toBe(stage))
})

describe('Its first invoice is due three days after', () => {
  it.each<[string, Partial<WonDeal>, string | null]>([
    ['the day on which it was won', {}, '2026-06-04'],
    ['the first charge, where that is later', { contract }, '2026-06-13'],
    [
      'the day on which it was won, of service that began before',
      { contract: { ...contract, firstChargeOn: day('2026-05-01') } },
      '2026-06-04',
    ],
    ['nothing, where it has one', { contract, invoice }, null],
    ['nothing, where it charges nothing', { contract: { ...contract, firstChargeOn: null } }, null],
    ['nothing, where it was given away', { amount: { minorUnits: 0n, currency: 'USD' } }, null],
  ])('%s', (_, fields, due) => expect(invoiceDueOn({ ...won, ...fields })?.toString() ?? null).toBe(due))

  it('and late from the day after that', () => {
    expect(lateDeal(won, day('2026-06-04'))).toBeNull()
    expect(lateDeal(won, day('2026-06-05'))).toMatchObject({ owner: 'SALES_OPERATIONS', contractId: null })
  })

  it('also where it is still being closed: then it is whose it is who has to look at what holds it up', () => {
    const { opportunityId, customerId, wonOn, amount } = won
    const closing = { opportunityId, customerId, wonOn, amount, contractId: 'c' }
    const charged = { ...closing, firstChargeOn: day('2026-06-10') }
    expect(lateClosing({ ...charged, owner: 'FINANCE' }, day('2026-06-13'))).toBeNull()
    expect(lateClosing({ ...charged, owner: 'FINANCE' }, day('2026-06-14'))).toEqual({
      ...closing,
      dueOn: day('2026-06-13'),
      owner: 'FINANCE',
    })
    expect(lateClosing({ ...charged, owner: null }, day('2026-06-14'))?.owner).toBe('SALES_OPERATIONS')
    expect(lateClosing({ ...closing, firstChargeOn: null, owner: null }, day('2027-01-01'))).toBeNull()
  })
})

it.each<[number[], number | null, number | null]>([
  [[], null, null],
  [[7], 7, 7],
  [[10, 1], 1, 10],
  [[5, 3, 1, 2, 4, 10, 9, 8, 7, 6], 5, 9],
])('Of %j half took at most %s, nine in ten at most %s', (all, p50, p90) =>
  expect(durationsOf(all)).toEqual({ count: all.length, p50, p90 }),
)
