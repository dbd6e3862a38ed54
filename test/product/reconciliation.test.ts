// What is broken between the systems is found as it was planted: each break with its cause, and nothing else.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { BreakCause } from '#domain/reconciliation.ts'
import { ruleNames } from '#domain/reconciliation-rules.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'
import { createPlanter, type Planted } from './planter.ts'

const RECONCILIATION = readFileSync(
  new URL('../../schema/examples/reconciliation.graphql', import.meta.url),
  'utf8',
)
const CAUSES: readonly BreakCause[] = [
  'MISSING',
  'PRICE_DRIFT',
  'VOID_NOT_POSTED',
  'TIMING',
  'FX',
  'ROUNDING',
  'DUPLICATE',
  'IDENTITY',
]

interface Value {
  readonly system: string
  readonly value: { readonly amount: string; readonly currency: string } | null
}
interface Answer {
  readonly reconciliation: {
    readonly asOf: string | null
    readonly checks: readonly {
      readonly rule: string
      readonly status: string
      readonly matched: number
      readonly breaks: readonly {
        readonly cause: string
        readonly left: Value
        readonly right: Value
        readonly delta: { readonly amount: string; readonly currency: string } | null
        readonly ageDays: number
        readonly owner: string
        readonly record: { readonly __typename: string; readonly number?: string } | null
      }[]
    }[]
  }
}

let world: LiveWorld
let stop: () => Promise<void>
let planter: ReturnType<typeof createPlanter>
let planted = 0
/** As it was told before anything was compared. */
let atFirst: Answer['reconciliation']
beforeAll(async () => {
  world = await openLiveWorld()
  const today = Temporal.PlainDate.from('2026-06-15')
  for (const facts of generateCompany({ customers: 25, seed: 7, today })) await world.record(facts)
  planter = createPlanter(world)
  atFirst = await ask('2026-03')
  stop = await world.startOperations()
}, 240_000)
afterAll(async () => {
  await stop()
  await world.close()
})

const plant = (cause: BreakCause): Promise<Planted> => planter[cause]((planted += 1))

const unpublished = (): Promise<object[]> =>
  world.database.owner.rows({
    text: 'SELECT FROM crm.outbox UNION ALL SELECT FROM billing.outbox UNION ALL SELECT FROM erp.outbox',
    values: [],
  })

/** Waits until all that was told is read and compared. */
async function settled(): Promise<void> {
  await expect.poll(unpublished, { timeout: 60_000 }).toEqual([])
  world.clock.advance({ minutes: 1 })
  await expect
    .poll(async () => (await ask('2026-06')).asOf, { timeout: 120_000 })
    .toBe(world.clock.now().toString())
}

async function ask(period: string): Promise<Answer['reconciliation']> {
  const { data, errors } = await world.ask<Answer>(RECONCILIATION, { period })
  expect(errors).toBeUndefined()
  if (!data) throw new Error('no answer')
  return data.reconciliation
}

/** Everything that is found to be broken. */
async function found(): Promise<string[]> {
  const rows = await world.database.owner.rows<{
    rule: string
    key: string
    cause: string
    delta: string | null
  }>({
    text: `SELECT rule, key, cause, content->'delta'->>'minorUnits' AS delta
      FROM operations.reconciliation_item WHERE status = 'BREAK'`,
    values: [],
  })
  return rows.map(({ rule, key, cause, delta }) => [rule, key, cause, String(delta)].join(' ')).toSorted()
}

const named = (breaks: readonly Planted[]): string[] =>
  breaks.map(({ rule, key, cause, delta }) => [rule, key, cause, String(delta)].join(' ')).toSorted()

const counts = async (text: string): Promise<number> =>
  (await world.database.owner.rows<{ count: number }>({ text, values: [] }))[0]?.count ?? 0

it('says of nothing that it is reconciled before it was compared', () => {
  expect(atFirst.asOf).toBeNull()
  expect(new Set(atFirst.checks.map(({ status }) => status))).toEqual(new Set(['NOT_COMPARED']))
})

describe('The invented company', () => {
  it('is reconciled, in each rule and each month', async () => {
    await settled()
    expect(await found()).toEqual([])
    const { checks } = await ask('2026-03')
    expect(checks.map(({ rule }) => rule)).toEqual([...ruleNames])
    expect(checks.filter(({ status }) => status !== 'RECONCILED')).toEqual([])
    for (const { rule, matched } of checks)
      if (!['REFUND_POSTINGS', 'DISPUTE_POSTINGS', 'CREDIT_NOTE_POSTINGS'].includes(rule))
        expect(matched, rule).toBeGreaterThan(0)
  }, 240_000)

  it('counts of a month what concerns it, as the documents themselves say', async () => {
    const invoices = await counts(`SELECT count(*)::int AS count FROM billing.invoice
      WHERE lifecycle <> 'DRAFT' AND issue_date >= '2026-03-01' AND issue_date < '2026-04-01'`)
    const contracts = await counts(`SELECT count(*)::int AS count FROM crm.contract
      WHERE status <> 'DRAFT' AND start_date < '2026-04-01' AND end_date > '2026-03-01'`)
    const { checks } = await ask('2026-03')
    const matched = new Map(checks.map((check) => [check.rule, check.matched]))
    expect(matched.get('INVOICE_POSTINGS')).toBe(invoices)
    expect(matched.get('CONTRACT_VALUE')).toBe(contracts)
  })
})

describe('What is planted', () => {
  it.each(CAUSES)('is found: %s, alone, until it is mended', async (cause) => {
    const broken = await plant(cause)
    await settled()
    expect(await found()).toEqual(named([broken]))
    await broken.mend()
    await settled()
    expect(await found()).toEqual([])
  })

  it('is told with both values, the difference, its age, its owner and the record', async () => {
    const broken = await plant('MISSING')
    await settled()
    const { checks } = await ask('2026-06')
    expect(checks.filter(({ status }) => status === 'BROKEN')).toMatchObject([
      {
        rule: 'INVOICE_POSTINGS',
        breaks: [
          {
            cause: 'MISSING',
            left: { system: 'BILLING', value: { amount: '100.00', currency: 'USD' } },
            right: { system: 'ERP', value: null },
            delta: { amount: '100.00', currency: 'USD' },
            ageDays: 13,
            owner: 'FINANCE',
            record: { __typename: 'Invoice', number: `PLANTED-${planted}` },
          },
        ],
      },
    ])
    expect((await ask('2026-05')).checks.filter(({ status }) => status === 'BROKEN')).toEqual([])
    await broken.mend()
  })

  it('is found whatever is planted together, and nothing is left of it once it is mended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...CAUSES), { maxLength: 4 }), async (causes) => {
        const breaks: Planted[] = []
        for (const cause of causes) breaks.push(await plant(cause))
        await settled()
        expect(await found()).toEqual(named(breaks))
        for (const { mend } of breaks) await mend()
        await settled()
        expect(await found()).toEqual([])
      }),
      { seed: inject('properties').seed, numRuns: 3 },
    )
  })
})
