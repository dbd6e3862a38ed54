// What CRM does with facts: it keeps them, tells what happened, and takes the same ones any number of times.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { contractLine, day, range } from '#test/domain/documents.ts'
import {
  amendmentFact,
  contactFact,
  contractFact,
  customerFact,
  opportunityFact,
  quoteFact,
} from '#test/support/facts.ts'
import { openCrm, type TestCrm } from './support.ts'

let crm: TestCrm
beforeAll(async () => {
  crm = await openCrm()
})
beforeEach(() => crm.reset())
afterAll(() => crm.close())

/** One fact of each kind that CRM masters. */
const deal = (): Partial<Facts> => ({
  customers: [customerFact()],
  contacts: [contactFact()],
  opportunities: [opportunityFact()],
  quotes: [quoteFact({ lines: [{ id: 'qul_1', productId: 'prd_1', quantity: '2.5', unitPrice: 7n }] })],
  contracts: [contractFact({ lines: [contractLine({ id: 'ctl_1' })] })],
  amendments: [amendmentFact({ contractValueDelta: -5n })],
})

/** Types of all events about an object, oldest first: `contract.signed`. */
async function eventsOf(id: string): Promise<string[]> {
  const rows = await crm.owner.rows<{ type: string }>({
    text: 'SELECT type FROM crm.event WHERE aggregate_id = $1 ORDER BY version',
    values: [id],
  })
  return rows.map(({ type }) => type.replace(/^revgraph\.crm\.(.*)\.v1$/, '$1'))
}

async function countOf(table: string): Promise<bigint> {
  const [row] = await crm.owner.rows<{ count: bigint }>({
    text: `SELECT count(*) FROM crm.${table}`,
    values: [],
  })
  return row?.count ?? 0n
}

it('creates what is new, and changes nothing when the same is said again', async () => {
  const all = (decision: string): unknown =>
    Object.fromEntries(
      Object.keys(deal()).map((kind) => [
        kind,
        { created: 0, changed: 0, unchanged: 0, stale: 0, [decision]: 1 },
      ]),
    )
  expect((await crm.record(deal())).counts).toEqual(all('created'))
  const events = await countOf('event')
  expect((await crm.record(deal())).counts).toEqual(all('unchanged'))
  expect(await countOf('event')).toBe(events)
  expect(events).toBe(6n)
})

it('gives back the contracts that were named as they are now, changed or not', async () => {
  await crm.record({ contracts: [contractFact({ number: 'C-1', sourceVersion: 2n })] })
  const { contracts } = await crm.record({
    contracts: [contractFact({ number: 'old', sourceVersion: 1n }), contractFact({ id: 'ctr_2' })],
  })
  expect(contracts.map(({ id, number, version }) => `${id} ${number} v${version}`).toSorted()).toEqual([
    'ctr_1 C-1 v1',
    'ctr_2 C-1 v1',
  ])
})

describe('tells what happened', () => {
  it('to a customer', async () => {
    await crm.record({ customers: [customerFact({ sourceVersion: 1n })] })
    await crm.record({ customers: [customerFact({ sourceVersion: 2n, name: 'Acme Inc.' })] })
    const merged = customerFact({ sourceVersion: 3n, status: 'MERGED', mergedIntoId: 'cus_2' })
    await crm.record({ customers: [merged] })
    expect(await eventsOf('cus_acme')).toEqual(['customer.created', 'customer.changed', 'customer.merged'])
  })

  it('to a contract', async () => {
    const line = contractLine({ id: 'ctl_1', servicePeriod: range('2026-01-01', '2027-01-01') })
    const stages = [
      contractFact({ status: 'DRAFT', signedOn: null, lines: [line] }),
      contractFact({ status: 'SIGNED', lines: [line] }),
      contractFact({ status: 'ACTIVE', lines: [line] }),
      contractFact({ status: 'ACTIVE', lines: [{ ...line, quantity: '2' }] }),
      contractFact({ status: 'SUSPENDED', lines: [{ ...line, quantity: '2' }] }),
      contractFact({ status: 'ACTIVE', lines: [{ ...line, quantity: '2' }] }),
      contractFact({ status: 'RENEWED', lines: [{ ...line, quantity: '2' }] }),
    ]
    for (const stage of stages) await crm.record({ contracts: [stage] })
    expect(await eventsOf('ctr_1')).toEqual([
      'contract.created',
      'contract.signed',
      'contract.activated',
      'contract.amended',
      'contract.suspended',
      'contract.resumed',
      'contract.renewed',
    ])
  })

  it('to a deal, its quote and an amendment', async () => {
    await crm.record(deal())
    await crm.record({
      opportunities: [opportunityFact({ stage: 'WON', closedOn: day('2026-06-01') })],
      quotes: [quoteFact({ status: 'ACCEPTED' })],
      amendments: [amendmentFact({ status: 'COMPENSATED' })],
    })
    expect(await eventsOf('opp_1')).toEqual(['opportunity.created', 'opportunity.won'])
    expect(await eventsOf('quo_1')).toEqual(['quote.created', 'quote.accepted'])
    expect(await eventsOf('amd_1')).toEqual(['amendment.applied', 'amendment.compensated'])
  })
})

describe('refuses a contract that cannot be priced', () => {
  it.each([
    ['a currency that is none', { currency: 'XXQ' }, 'CURRENCY_UNKNOWN'],
    ['an end before its start', { endDate: day('2025-12-31') }, 'DATE_ORDER'],
    ['a quantity that is none', { lines: [contractLine({ quantity: 'many' })] }, 'QUANTITY_INVALID'],
    [
      'service outside of its term',
      { lines: [contractLine({ servicePeriod: range('2026-01-01', '2027-02-01') })] },
      'DATE_OUTSIDE_CONTRACT',
    ],
  ])('%s, with all that came in the same call', async (_, fields, code) => {
    const facts = { customers: [customerFact()], contracts: [contractFact(fields)] }
    await expect(crm.record(facts)).rejects.toMatchObject({
      name: 'InvalidFactError',
      violations: [{ code }],
    })
    expect([await countOf('customer'), await countOf('contract'), await countOf('event')]).toEqual([
      0n,
      0n,
      0n,
    ])
  })

  it('but not one that the rules allow: a term without days', async () => {
    const once = contractFact({
      startDate: day('2026-01-01'),
      endDate: day('2026-01-01'),
      lines: [contractLine({ interval: null, servicePeriod: range('2026-01-01', '2026-01-01') })],
    })
    expect((await crm.record({ contracts: [once] })).contracts).toMatchObject([
      { totalContractValue: 10_000n },
    ])
  })
})
