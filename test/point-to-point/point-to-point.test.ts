// Row 44: CRM, billing and ERP joined point to point drift apart where the graph does not. Twelve customers buy a year
// for 12,000.00 on 1 January and pay it on the 20th; six have it cost 18,000.00 a year from 1 May, the 120th day, on.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { type Outcome, throughGraph, throughScripts } from './compare.ts'
import type { Break } from './judge.ts'
import { dealsOf, FAIR, stormOf, UPGRADE, YEAR } from './story.ts'

const DEALS = 12
const UPGRADES = 6n
const SIGNED = 12n * YEAR + UPGRADES * UPGRADE
const PLAYED_MS = 300_000

let database: TestDatabase
beforeEach(async () => {
  database = await openTestDatabase()
})
afterEach(() => database.close())

const AGREED: Partial<Outcome> = {
  breaks: [],
  transactions: 30,
  failed: 0,
  told: 0,
  signed: SIGNED,
  billed: SIGNED,
  posted: SIGNED,
  paid: 12n * YEAR,
  paidInBooks: 12n * YEAR,
  blockers: 0,
  // What the upgrades cost is still to be paid: 24,164.40 of 168,164.40 in 121 days.
  salesOutstanding: 173n,
}

/** How many records are wrong, and what they come to, by kind. */
function sumsOf(breaks: readonly Break[]): Record<string, readonly [count: number, minorUnits: bigint]> {
  const byKind = Object.groupBy(breaks, ({ kind, is }) => `${kind} ${is}`)
  return Object.fromEntries(
    Object.entries(byKind).map(([kind, some]) => [
      kind,
      [some.length, some.reduce((sum, { minorUnits }) => sum + minorUnits, 0n)],
    ]),
  )
}

it(
  'where nothing goes wrong, both ways end with the same in all three systems',
  async () => {
    const deals = dealsOf(DEALS, FAIR)
    expect(await throughScripts(deals, FAIR)).toMatchObject(AGREED)
    expect(await throughGraph(database.url, deals, FAIR)).toMatchObject(AGREED)
  },
  PLAYED_MS,
)

it(
  'billing that takes the new price with the next invoice leaves out 4,027.40 of each upgrade',
  async () => {
    const deals = dealsOf(DEALS, FAIR)
    const { billed, posted, signed } = await throughScripts(deals, FAIR, 'AT_NEXT_INVOICE')
    expect(signed - billed).toBe(UPGRADES * 4_027_40n)
    expect(signed - posted).toBe(UPGRADES * 4_027_40n)
  },
  PLAYED_MS,
)

describe('where a fifth of all calls fails, the ERP is down for a while, and webhooks come as they like', () => {
  const STORM = stormOf(1)
  const deals = dealsOf(DEALS, STORM)

  it(
    'the graph still ends with the same in all three systems, and asks nobody',
    async () => {
      const outcome = await throughGraph(database.url, deals, STORM)
      expect(outcome).toMatchObject(AGREED)
      expect(outcome.activationMs).toHaveLength(DEALS)
    },
    PLAYED_MS,
  )

  it(
    'point to point they drift apart, and most of it nobody is told',
    async () => {
      const outcome = await throughScripts(deals, STORM)
      expect(sumsOf(outcome.breaks)).toEqual({
        // An answer that was lost is asked for again: a second bill, and a second entry.
        'INVOICE TOO_MANY': [4, 3n * YEAR + UPGRADE],
        'INVOICE_POSTING TOO_MANY': [3, 2n * YEAR + UPGRADE],
        // What the scripts gave up while the ERP was down, nobody does later.
        'ACCOUNT MISSING': [2, 0n],
        'INVOICE_POSTING MISSING': [2, 2n * YEAR],
        // Three payments were told twice, of one more the answer was lost, and two were never told.
        'PAYMENT_POSTING TOO_MANY': [4, 4n * YEAR],
        'PAYMENT_POSTING MISSING': [2, 2n * YEAR],
        // Those two, and two that were told to be pending after they were told to be settled.
        'PAID_MARK MISSING': [4, 4n * YEAR],
      })
      expect(outcome).toMatchObject({
        transactions: 30,
        failed: 14,
        told: 4,
        signed: SIGNED,
        billed: SIGNED + 40_027_40n,
        posted: SIGNED + 4_027_40n,
        paid: 12n * YEAR,
        paidInBooks: 14n * YEAR,
        blockers: 13,
      })
      expect(outcome.activationMs).toHaveLength(DEALS - 2)
    },
    PLAYED_MS,
  )
})
