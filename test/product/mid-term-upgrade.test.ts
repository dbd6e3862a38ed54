// Rows 41 and 43: a year at 12,000 that is sold on 1 January costs 18,000 from 1 May, the 120th day. Four months are
// earned by then. All of it as the graph tells it, from the value in CRM to the entries of the books.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { day } from '#test/domain/documents.ts'
import { brokenRules } from './amending.ts'
import { sell, upgrade } from './article.ts'
import { recordDeal, recordPlatform } from './deals.ts'
import { type FlowWorld, openFlowWorld } from './flows.ts'

const ALL = `query ($id: ID!) { contract(id: $id) {
  version status totalContractValue { amount } opportunity { id stage }
  amendments { status effectiveDate contractValueDelta { amount } contract { id } }
  lines { id unitPrice { amount } servicePeriod { start end }
    revenueSchedule { allocatedPrice { amount } recognized { amount } deferred { amount }
      obligation { contract { id } servicePeriod { start end } }
      entries { period amount { amount } status journalEntry { purpose } } } }
  subscriptions { contract { id } items { unitPrice { amount } contractLine { id } } }
  invoices(first: 5, orderBy: { field: ISSUE_DATE, direction: ASC }) { nodes {
    issueDate total { amount } contract { id } subscription { id contract { id } }
    lines { amount { amount } servicePeriod { start end } contractLine { id } }
    posting { status journalEntry { source { ... on Invoice { contract { id } } }
      lines { account { role } debit { amount } credit { amount } } } } } } } }`

interface Schedule {
  readonly entries: readonly { readonly period: string; readonly amount: { readonly amount: string } }[]
}

interface Told {
  readonly lines: readonly { readonly id: string; readonly revenueSchedule: Schedule }[]
}

let world: FlowWorld
let contractId = ''
let opportunityId = ''
beforeAll(async () => {
  world = await openFlowWorld()
  world.clock.set('2026-01-01T12:00:00Z')
  await recordPlatform(world)
  const address = { line1: '1 Main St', city: 'Portland', postalCode: '97201', region: 'OR', country: 'US' }
  ;({ opportunityId } = await recordDeal(world, 'acme', { address }))
})
afterAll(() => world.close())

const told = async (): Promise<Told> => {
  const { data, errors } = await world.ask<{ contract: Told }>(ALL, { id: contractId })
  if (!data || errors) throw new Error(JSON.stringify(errors))
  return data.contract
}
/** Has the months that ended by a day be earned. */
const earn = (through: string): Promise<unknown> =>
  recognizeRevenue(
    world.database.of('erp'),
    { subgraph: 'erp', clock: world.clock, correlationId: 'months' },
    { through: day(through) },
  )
const amount = (is: string) => ({ amount: is })
const YEAR = { start: '2026-01-01', end: '2027-01-01' }
const BEFORE = { start: '2026-01-01', end: '2026-05-01' }
const AFTER = { start: '2026-05-01', end: '2027-01-01' }

it('is billed 12,000.00 in January, and 3,945.21 of it are earned by the end of April', async () => {
  const { payload } = await sell(world, opportunityId)
  contractId = payload.contract.id
  world.clock.set('2026-05-01T12:00:00Z')
  await earn('2026-04-30')
  expect(await told()).toMatchObject({
    version: 1,
    totalContractValue: amount('12000.00'),
    lines: [
      {
        unitPrice: amount('12000.00'),
        servicePeriod: YEAR,
        revenueSchedule: {
          allocatedPrice: amount('12000.00'),
          recognized: amount('3945.21'),
          deferred: amount('8054.79'),
        },
      },
    ],
  })
})

it('on 1 May is credited 8,054.79 and charged 12,082.19: to earn is the new price less what was earned', async () => {
  const { payload } = await upgrade(world, { id: contractId, lines: await linesOf() }, 'USD')
  expect(payload).toMatchObject({ workflow: { status: 'COMPLETED' }, userErrors: [] })
  const contract = { id: contractId }
  const [first = '', second = ''] = (await linesOf()).map(({ id }) => id)
  expect(await told()).toMatchObject({
    version: 2,
    totalContractValue: amount('16027.40'),
    opportunity: { id: opportunityId, stage: 'WON' },
    amendments: [
      { status: 'APPLIED', effectiveDate: '2026-05-01', contractValueDelta: amount('4027.40'), contract },
    ],
    lines: [
      {
        id: first,
        unitPrice: amount('12000.00'),
        servicePeriod: BEFORE,
        revenueSchedule: {
          allocatedPrice: amount('3945.21'),
          recognized: amount('3945.21'),
          deferred: amount('0.00'),
          obligation: { contract, servicePeriod: BEFORE },
        },
      },
      {
        id: second,
        unitPrice: amount('18000.00'),
        servicePeriod: AFTER,
        revenueSchedule: {
          // 16,027.40 less the 3,945.21 that were earned.
          allocatedPrice: amount('12082.19'),
          recognized: amount('0.00'),
          deferred: amount('12082.19'),
          obligation: { contract, servicePeriod: AFTER },
        },
      },
    ],
    subscriptions: [
      {
        contract,
        items: [
          { unitPrice: amount('12000.00'), contractLine: { id: first } },
          { unitPrice: amount('18000.00'), contractLine: { id: second } },
        ],
      },
    ],
    invoices: {
      nodes: [
        {
          issueDate: '2026-01-01',
          total: amount('12000.00'),
          contract,
          lines: [{ amount: amount('12000.00'), servicePeriod: YEAR, contractLine: { id: first } }],
        },
        {
          issueDate: '2026-05-01',
          total: amount('4027.40'),
          contract,
          subscription: { contract },
          lines: [
            { amount: amount('-8054.79'), servicePeriod: AFTER, contractLine: { id: first } },
            { amount: amount('12082.19'), servicePeriod: AFTER, contractLine: { id: second } },
          ],
          posting: {
            status: 'POSTED',
            journalEntry: {
              source: { contract },
              lines: [
                { account: { role: 'RECEIVABLES' }, debit: amount('4027.40'), credit: amount('0.00') },
                { account: { role: 'DEFERRED_REVENUE' }, debit: amount('0.00'), credit: amount('4027.40') },
              ],
            },
          },
        },
      ],
    },
  })
})

const MONTHS = [
  '2026-01 1019.18',
  '2026-02 920.55',
  '2026-03 1019.17',
  '2026-04 986.31',
  '2026-05 1528.77',
  '2026-06 1479.45',
  '2026-07 1528.77',
  '2026-08 1528.76',
  '2026-09 1479.45',
  '2026-10 1528.77',
  '2026-11 1479.45',
  '2026-12 1528.77',
]

it('by the end of the year 16,027.40 are earned, at the new price from May on, and nothing is deferred', async () => {
  world.clock.set('2027-01-02T12:00:00Z')
  await earn('2026-12-31')
  const { lines } = await told()
  const none = { deferred: amount('0.00') }
  expect(lines).toMatchObject([
    { revenueSchedule: { ...none, recognized: amount('3945.21') } },
    { revenueSchedule: { ...none, recognized: amount('12082.19') } },
  ])
  expect(
    lines.flatMap(({ revenueSchedule: { entries } }) =>
      entries.map((entry) => `${entry.period} ${entry.amount.amount}`),
    ),
  ).toEqual(MONTHS)
  const [deferred] = await world.database.owner.rows({
    text: `SELECT sum(l.debit - l.credit)::int AS balance FROM erp.journal_line l
      JOIN erp.journal_entry e ON e.id = l.entry_id WHERE l.role = 'DEFERRED_REVENUE'`,
    values: [],
  })
  expect(deferred).toEqual({ balance: 0 })
  expect(await brokenRules(world)).toEqual([])
})

const linesOf = async (): Promise<readonly { readonly id: string }[]> => (await told()).lines
