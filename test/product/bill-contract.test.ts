// A contract that runs is billed again and again: each period once, on the day after it began, whatever is done to it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { meetDeadlines } from '#subgraphs/operations/deadlines/meet.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { creditProfile } from '#test/erp/books.ts'
import { customerFact } from '#test/support/facts.ts'
import { ADDRESS } from './deals.ts'
import type { FlowWorld } from './flows.ts'
import {
  AUGUST,
  billedFor,
  JULY,
  JUNE,
  lookOn as lookOnDay,
  openMonthlyWorld,
  signMonthly,
  underWay,
} from './monthly.ts'

const WORKFLOW = 'workflow { id status } userErrors { code message field }'
const BILL = `mutation ($input: BillContractInput!) { payload: billContract(input: $input) {
  contract { id } invoice { total { amount } tax { amount } posting { status } } replayed ${WORKFLOW} } }`
const SUSPEND = `mutation ($input: SuspendContractInput!) { payload: suspendContract(input: $input) { ${WORKFLOW} } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { payload: resolveException(input: $input) { ${WORKFLOW} } }`
const CANCEL = `mutation ($input: CancelContractInput!) { payload: cancelContract(input: $input) { ${WORKFLOW} } }`

let world: FlowWorld
let count = 0
let contractId = ''
beforeAll(async () => {
  world = await openMonthlyWorld()
})
/** Support for 310.00 a month for a year, from 15 June on, where four percent of tax fall due. */
beforeEach(async () => {
  count += 1
  world.clock.set('2026-06-15T12:00:00Z')
  ;({ contractId } = await signMonthly(world, String(count), ADDRESS))
})
afterAll(() => world.close())

const owner = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  world.database.owner.rows<Row>({ text, values })
const lookOn = (date: string): Promise<void> => lookOnDay(world, date)
const billed = (): Promise<string[]> => billedFor(world, contractId)

/** The contracts of this test's customer, by their terms. */
const terms = (): Promise<object[]> =>
  owner(
    `SELECT c.status, c.start_date::text AS start, s.status AS subscription,
        (SELECT sum(total)::text FROM billing.invoice i WHERE i.contract_id = c.id AND i.issue_date >= $2) AS billed
      FROM crm.contract c LEFT JOIN billing.subscription s ON s.contract_id = c.id
      WHERE c.customer_id = $1 ORDER BY c.start_date`,
    [`cus_${count}`, '2027-06-01'],
  )

const period = (): Promise<object[]> =>
  owner(`SELECT current_period->>'start' AS start, status FROM billing.subscription WHERE contract_id = $1`, [
    contractId,
  ])

it('is billed for the next period on the day after it began, once, whoever looks and however often', async () => {
  await lookOn('2026-07-15')
  expect(await billed()).toEqual([JUNE])
  await Promise.all(Array.from({ length: 10 }, () => lookOn('2026-07-16')))
  await lookOn('2026-07-20')
  expect(await billed()).toEqual([JUNE, JULY])
  expect(await period()).toEqual([{ start: '2026-07-15', status: 'ACTIVE' }])
})

it('is billed with its tax, and posted', async () => {
  world.clock.set('2026-07-16T12:00:00Z')
  expect(await world.start(BILL, { contractId, idempotencyKey: `bill-${count}` })).toMatchObject({
    contract: { id: contractId },
    invoice: { total: { amount: '322.40' }, tax: { amount: '12.40' }, posting: { status: 'POSTED' } },
    workflow: { status: 'COMPLETED' },
    userErrors: [],
  })
})

it('is billed for all that was missed by one invoice', async () => {
  await lookOn('2026-09-14')
  expect(await billed()).toEqual([JUNE, JULY, AUGUST])
  expect(await owner('SELECT number FROM billing.invoice WHERE contract_id = $1', [contractId])).toHaveLength(
    2,
  )
  expect(await period()).toEqual([{ start: '2026-08-15', status: 'ACTIVE' }])
})

it('is billed in its turn for a period that begins on the very day on which an earlier one is billed', async () => {
  await lookOn('2026-08-15')
  expect(await billed()).toEqual([JUNE, JULY])
  await lookOn('2026-08-16')
  expect(await billed()).toEqual([JUNE, JULY, AUGUST])
})

it('that is to stand still later is billed until then', async () => {
  const suspended = { contractId, effectiveDate: '2026-09-01', idempotencyKey: `later-${count}` }
  expect(await world.start(SUSPEND, suspended)).toMatchObject({ userErrors: [] })
  for (const date of ['2026-07-16', '2026-08-16', '2026-09-16', '2027-06-16']) await lookOn(date)
  expect(await billed()).toEqual([JUNE, JULY, '2026-08-15 2026-09-01 17000'])
})

/** The workflows of a kind that were begun for this test's customer, oldest first. */
const begun = async (flow: string): Promise<string[]> => {
  const rows = await owner<{ status: string }>(
    'SELECT status FROM operations.workflow WHERE customer_id = $1 AND flow = $2 ORDER BY place',
    [`cus_${count}`, flow],
  )
  return rows.map(({ status }) => status)
}

/** Has accounting hold the customer's credit, or let go of it. */
async function hold(sourceVersion: bigint, holdReason: string | null): Promise<void> {
  const customerId = `cus_${count}`
  const [profile] = await owner<{ id: string }>('SELECT id FROM erp.credit_profile WHERE customer_id = $1', [
    customerId,
  ])
  const fact = creditProfile({ id: profile?.id ?? '', customerId, onHold: holdReason !== null, holdReason })
  const externalRefs = fact.externalRefs.map((ref) => ({ ...ref, sourceVersion }))
  await world.record({ creditProfiles: [{ ...fact, externalRefs }] })
}

/** Nobody has decided by a day. */
async function letDeadlinesPass(date: string): Promise<void> {
  world.clock.set(`${date}T00:05:00Z`)
  const context = { subgraph: 'operations', clock: world.clock, correlationId: 'deadlines' }
  await meetDeadlines(world.database.of('operations'), context)
  await expect.poll(() => underWay(world), { interval: 20 }).toEqual([])
}

const moveTo = (region: string, sourceVersion: bigint): Promise<unknown> =>
  world.record({
    customers: [
      customerFact({
        id: `cus_${count}`,
        status: 'ACTIVE',
        address: { ...ADDRESS, region },
        sourceVersion,
      }),
    ],
  })

describe('a bill that was called off', () => {
  it('is made on another day after all, and what a person has still to mend is not begun twice', async () => {
    await moveTo('ZZ', 2n)
    await lookOn('2026-07-16')
    await lookOn('2026-07-17')
    expect(await begun('billContract')).toEqual(['EXCEPTION'])
    const { data } = await world.ask<{ exceptions: { nodes: { id: string }[] } }>(
      'query ($of: [ID!]!) { exceptions(first: 1, filter: { customer: { in: $of } }) { nodes { id } } }',
      { of: [`cus_${count}`] },
    )
    const exceptionId = data?.exceptions.nodes[0]?.id
    const callOff = { exceptionId, action: 'COMPENSATE', reason: 'The address is wrong' }
    await world.start(RESOLVE, { ...callOff, idempotencyKey: `off-${count}` })
    await lookOn('2026-07-17')
    expect(await begun('billContract')).toEqual(['COMPENSATED'])
    await moveTo('NY', 3n)
    await lookOn('2026-07-18')
    await lookOn('2026-07-19')
    expect(await begun('billContract')).toEqual(['COMPENSATED', 'COMPLETED'])
    expect(await billed()).toEqual([JUNE, JULY])
  })
})

describe('a term', () => {
  it('begins on its first day', async () => {
    await lookOn('2026-06-15')
    expect(await terms()).toMatchObject([{ status: 'ACTIVE', subscription: 'ACTIVE' }])
  })

  it('is billed twelve times, and goes on for another one at the same price', async () => {
    await lookOn('2027-05-31')
    await Promise.all(Array.from({ length: 5 }, () => lookOn('2027-06-15')))
    expect(await billed()).toHaveLength(12)
    await lookOn('2027-06-16')
    expect(await terms()).toEqual([
      { status: 'RENEWED', start: '2026-06-15', subscription: 'CANCELED', billed: null },
      { status: 'ACTIVE', start: '2027-06-15', subscription: 'ACTIVE', billed: '32240' },
    ])
  })

  it('waits at the gate of its renewal while accounting holds the customer’s credit', async () => {
    await lookOn('2027-06-14')
    await hold(1n, 'Insolvent')
    await lookOn('2027-06-15')
    await lookOn('2027-06-20')
    expect(await begun('renewContract')).toEqual(['AWAITING_APPROVAL'])
    expect(await terms()).toMatchObject([{ status: 'ACTIVE' }])
  })

  it('that was not renewed in time is tried again once a day, until nothing holds it up any more', async () => {
    await lookOn('2027-06-14')
    await hold(1n, 'Insolvent')
    await lookOn('2027-06-15')
    await letDeadlinesPass('2027-06-18')
    await lookOn('2027-06-18')
    expect(await begun('renewContract')).toEqual(['COMPENSATED'])
    await Promise.all(Array.from({ length: 5 }, () => lookOn('2027-06-19')))
    await lookOn('2027-06-20')
    expect(await begun('renewContract')).toEqual(['COMPENSATED', 'AWAITING_APPROVAL'])
    await letDeadlinesPass('2027-06-22')
    await hold(2n, null)
    await lookOn('2027-06-23')
    await lookOn('2027-06-24')
    expect(await begun('renewContract')).toEqual(['COMPENSATED', 'COMPENSATED', 'COMPLETED'])
    expect(await terms()).toMatchObject([{ status: 'RENEWED' }, { status: 'ACTIVE', start: '2027-06-15' }])
  })

  it('ends with its last day where it was not to go on, and nothing is billed after it', async () => {
    await owner('UPDATE crm.contract SET auto_renew = false WHERE id = $1', [contractId])
    await lookOn('2027-06-16')
    await lookOn('2027-07-16')
    expect(await billed()).toHaveLength(12)
    expect(await terms()).toMatchObject([{ status: 'EXPIRED', subscription: 'CANCELED' }])
  })
})

it.each([
  ['that stands still', SUSPEND, { status: 'SUSPENDED', subscription: 'PAUSED' }],
  ['after it was cancelled', CANCEL, { status: 'TERMINATED', subscription: 'CANCELED' }],
])('is not billed for service %s', async (_, change, status) => {
  await world.start(change, { contractId, effectiveDate: '2026-07-15', idempotencyKey: `change-${count}` })
  await lookOn('2026-09-16')
  expect(await billed()).toEqual([JUNE])
  expect(await terms()).toMatchObject([status])
})

describe('what cannot be billed starts nothing', () => {
  it.each([
    ['an unknown contract', () => ({ contractId: 'ctr_none' }), 'REFERENCE_MISSING'],
    ['one of which all is billed', () => ({ contractId }), 'LINES_MISSING'],
  ])('%s', async (_, fields, code) => {
    const asked = { idempotencyKey: `bill-${count}`, ...fields() }
    expect(await world.start(BILL, asked)).toMatchObject({
      invoice: null,
      workflow: null,
      userErrors: [{ code, field: 'contractId' }],
    })
  })

  it('one that another system bills', async () => {
    await owner(
      `UPDATE billing.subscription
        SET external_refs = external_refs || jsonb_set(external_refs, '{0,system}', '"stripe"') WHERE contract_id = $1`,
      [contractId],
    )
    await lookOn('2026-07-16')
    expect(await billed()).toEqual([JUNE])
    expect(await world.start(BILL, { contractId, idempotencyKey: `bill-${count}` })).toMatchObject({
      userErrors: [{ code: 'STATUS_FORBIDS', field: 'contractId' }],
    })
  })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
