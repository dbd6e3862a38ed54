// The same customer from three systems is one; two records of one are merged, and a merge can be undone.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { day, dispute, invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { contractFact, customerFact, opportunityFact } from '#test/support/facts.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const ANSWER =
  'workflow { id status steps { name system status } } replayed userErrors { code message field }'
const UPSERT = `mutation ($input: UpsertCustomerInput!) { payload: upsertCustomer(input: $input) {
  customer { id name legalName status region externalRefs { system externalId } taxIds { value } credit { onHold } }
  ${ANSWER} } }`
const SIDE = 'id status externalRefs { externalId } contracts(first: 10) { nodes { id } } mergedInto { id }'
const PAIR = `survivor { ${SIDE} } merged { ${SIDE} } ${ANSWER}`
const MERGE = `mutation ($input: MergeCustomersInput!) { payload: mergeCustomers(input: $input) { ${PAIR} } }`
const UNMERGE = `mutation ($input: UnmergeCustomersInput!) { payload: unmergeCustomers(input: $input) { ${PAIR} } }`

const STANDING =
  'query ($id: ID!) { customer(id: $id) { standing { level reasons { code amount { minorUnits } } } } }'

interface Standing {
  readonly level: string
  readonly reasons: readonly {
    readonly code: string
    readonly amount: { readonly minorUnits: string } | null
  }[]
}
type Upserted = FlowPayload & { readonly customer: { readonly id: string } | null }

let world: FlowWorld
let stopInsight: () => Promise<void>
let count = 0
beforeAll(async () => {
  world = await openFlowWorld()
  stopInsight = await world.startInsight()
})
beforeEach(() => {
  count += 1
})
afterAll(async () => {
  await stopInsight()
  await world.close()
})

const stated = (system: string, fields: object = {}) => ({
  externalRefs: [{ system, externalId: `${system}-${count}` }],
  name: 'Globex',
  taxIds: [{ type: 'eu_vat', value: `DE${count}` }],
  currency: 'EUR',
  idempotencyKey: `${system}-${count}`,
  ...fields,
})
const upsert = (system: string, fields?: object): Promise<Upserted> =>
  world.start(UPSERT, stated(system, fields))
const owner = (text: string, values: unknown[] = []): Promise<object[]> =>
  world.database.owner.rows({ text, values })
/** Customers with the tax registration of this test. */
const known = (): Promise<object[]> =>
  owner('SELECT id FROM crm.customer WHERE tax_ids::text LIKE $1', [`%"DE${count}"%`])

describe('a customer that systems state', () => {
  it('is one with a reference to each of three, and what its master says counts', async () => {
    await upsert('stripe', { legalName: 'Globex GmbH' })
    await upsert('salesforce', { status: 'ACTIVE', region: 'EMEA' })
    expect(await upsert('netsuite', { name: 'Globex Corporation', legalEntityId: 'entity-1' })).toMatchObject(
      {
        customer: {
          name: 'Globex',
          legalName: 'Globex GmbH',
          status: 'ACTIVE',
          region: 'EMEA',
          externalRefs: ['stripe', 'salesforce', 'netsuite'].map((system) => ({
            system,
            externalId: `${system}-${count}`,
          })),
          taxIds: [{ value: `DE${count}` }],
          credit: { onHold: false },
        },
        workflow: {
          status: 'COMPLETED',
          steps: [
            { name: 'upsertCustomer', system: 'CRM', status: 'DONE' },
            { name: 'openAccount', system: 'ERP', status: 'DONE' },
          ],
        },
        userErrors: [],
      },
    )
    expect(await known()).toHaveLength(1)
  })

  it('is one, 50 times at once from each of two systems', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, turn) => upsert(turn % 2 === 0 ? 'salesforce' : 'stripe')),
    )
    expect(new Set(answers.map(({ customer }) => customer?.id)).size).toBe(1)
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(2)
    expect(await known()).toHaveLength(1)
  })

  it('does not change where the same is stated again, and is found by the facts of that system', async () => {
    const { customer } = await upsert('salesforce')
    await upsert('salesforce', { idempotencyKey: `again-${count}` })
    expect(await owner('SELECT version FROM crm.customer WHERE id = $1', [customer?.id])).toEqual([
      { version: 1 },
    ])
  })

  it.each([
    ['no name', { name: ' ' }, 'NAME_MISSING', 'name'],
    [
      'an empty reference',
      { externalRefs: [{ system: '', externalId: '1' }] },
      'REFERENCE_MISSING',
      'externalRefs',
    ],
    ['an unknown company of ours', { legalEntityId: 'ent_none' }, 'REFERENCE_MISSING', 'legalEntityId'],
    [
      '21 tax ids',
      { taxIds: Array.from({ length: 21 }, (_, n) => ({ type: 'x', value: `${n}` })) },
      'TOO_MANY',
      'taxIds',
    ],
  ])('with %s starts nothing', async (_, fields, code, field) => {
    expect(await upsert('salesforce', fields)).toMatchObject({
      customer: null,
      workflow: null,
      userErrors: [{ code, field }],
    })
  })

  it('is not two at once: references of two are refused until these are merged', async () => {
    await upsert('salesforce', { taxIds: [] })
    await upsert('stripe', { taxIds: [], name: 'Globex Corp.' })
    const externalRefs = ['salesforce', 'stripe'].map((system) => ({
      system,
      externalId: `${system}-${count}`,
    }))
    expect(await upsert('netsuite', { taxIds: [], externalRefs })).toMatchObject({
      customer: null,
      workflow: { status: 'COMPENSATED' },
      userErrors: [{ code: 'DUPLICATE_ID', field: 'externalRefs' }],
    })
  })
})

const refsOf = (...ids: string[]) => ids.map((id) => ({ externalId: `sf-${id}` }))
const contractsOf = (...ids: string[]) => ({ nodes: ids.map((id) => ({ id: `ctr_${id}` })) })
/** What the books and billing hold, whoever's it is. */
const totals = (): Promise<object[]> =>
  owner(`SELECT (SELECT sum(debit) FROM erp.journal_line)::text AS debits,
    (SELECT count(*) FROM erp.journal_entry)::text AS entries,
    (SELECT sum(balance) FROM billing.invoice)::text AS owed,
    (SELECT sum(unapplied) FROM billing.payment)::text AS cash`)

/** What speaks against a customer, as the graph computes it and as it was told last. */
const standingOf = async (id: string): Promise<string[]> => {
  const { data } = await world.ask<{ customer: { standing: Standing } }>(STANDING, { id })
  const told = await world.database.owner.rows<{ after: Standing }>({
    text: 'SELECT after FROM insight.standing WHERE customer_id = $1',
    values: [id],
  })
  return [data?.customer.standing, told[0]?.after].map((standing) =>
    [
      standing?.level,
      ...(standing?.reasons ?? []).map(({ code, amount }) => `${code} ${amount?.minorUnits ?? ''}`),
    ]
      .join(', ')
      .trim(),
  )
}

describe('two records of one customer', () => {
  let [survivorId, mergedId] = ['', '']
  /** One of ours, and one that came with a company that was acquired: each has a contract; the other owes 300.00. */
  beforeEach(async () => {
    survivorId = `cus_ours_${count}`
    mergedId = `cus_acquired_${count}`
    await world.record({
      customers: [survivorId, mergedId].map((id) => customerFact({ id })),
      contracts: [survivorId, mergedId].map((customerId) =>
        contractFact({ id: `ctr_${customerId}`, number: `C-${customerId}`, customerId }),
      ),
      opportunities: [opportunityFact({ id: `opp_${count}`, customerId: mergedId })],
      invoices: [
        invoiceFact({
          id: `inv_${count}`,
          customerId: mergedId,
          number: `M-${count}`,
          issueDate: day('2026-03-01'),
          dueDate: day('2026-04-01'),
          lines: [invoiceLine(300_00n, { id: `line_${count}` })],
        }),
      ],
      payments: [paymentFact({ id: `pay_${count}`, customerId: mergedId, amount: 10_00n, allocations: [] })],
    })
  })

  const merge = (fields: object = {}): Promise<FlowPayload> =>
    world.start(MERGE, { survivorId, mergedId, idempotencyKey: `merge-${count}`, ...fields })
  const unmerge = (fields: object = {}): Promise<FlowPayload> =>
    world.start(UNMERGE, { mergedId, idempotencyKey: `unmerge-${count}`, ...fields })
  it('become one, with what both had, and two again with what each had', async () => {
    const before = await totals()
    expect(await merge()).toMatchObject({
      survivor: {
        id: survivorId,
        status: 'ACTIVE',
        externalRefs: refsOf(survivorId, mergedId),
        mergedInto: null,
      },
      merged: { status: 'MERGED', mergedInto: { id: survivorId }, contracts: { nodes: [] } },
      workflow: { status: 'COMPLETED' },
      userErrors: [],
    })
    expect(await unmerge()).toMatchObject({
      survivor: { externalRefs: refsOf(survivorId), contracts: contractsOf(survivorId) },
      merged: {
        status: 'ACTIVE',
        externalRefs: refsOf(mergedId),
        mergedInto: null,
        contracts: contractsOf(mergedId),
      },
      workflow: { status: 'COMPLETED' },
    })
    expect(await totals()).toEqual(before)
  })

  const comeToStand = (survivor: string, merged: string): Promise<unknown> =>
    expect
      .poll(async () => [await standingOf(survivorId), await standingOf(mergedId)], { interval: 20 })
      .toEqual([
        [survivor, survivor],
        [merged, merged],
      ])

  it('stand as one that owes what both owe, also what comes later, and as two again', async () => {
    await comeToStand('GOOD', 'AT_RISK, OVERDUE 29000')
    await merge()
    await comeToStand('AT_RISK, OVERDUE 29000', 'HOLD, INACTIVE')
    await world.record({
      payments: [
        paymentFact({ id: `pay_later_${count}`, customerId: mergedId, amount: 40_00n, allocations: [] }),
      ],
      disputes: [
        dispute({ id: `dsp_${count}`, customerId: mergedId, paymentId: `pay_${count}`, amount: 5_00n }),
      ],
    })
    await comeToStand('AT_RISK, OVERDUE 25000, DISPUTED 500', 'HOLD, INACTIVE')
    await unmerge()
    await comeToStand('GOOD', 'AT_RISK, OVERDUE 25000, DISPUTED 500')
  })

  it('are merged once, 50 times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => merge()))
    expect(new Set(answers.map(({ workflow }) => workflow?.id)).size).toBe(1)
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  })

  it.each([
    ['itself', () => ({ mergedId: survivorId }), 'SAME_CUSTOMER', 'mergedId'],
    ['one that there is not', () => ({ mergedId: 'cus_none' }), 'REFERENCE_MISSING', 'mergedId'],
  ])('are not merged with %s', async (_, fields, code, field) => {
    expect(await merge(fields())).toMatchObject({
      survivor: null,
      workflow: null,
      userErrors: [{ code, field }],
    })
  })

  it('are not merged twice, nor undone where they are not merged', async () => {
    expect((await unmerge({ idempotencyKey: `early-${count}` })).userErrors).toMatchObject([
      { code: 'STATUS_FORBIDS' },
    ])
    await merge()
    expect((await merge({ idempotencyKey: `again-${count}` })).userErrors).toMatchObject([
      { code: 'STATUS_FORBIDS' },
    ])
    await unmerge()
    expect((await unmerge({ idempotencyKey: `twice-${count}` })).userErrors).toMatchObject([
      { code: 'STATUS_FORBIDS' },
    ])
  })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
