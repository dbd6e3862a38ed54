// What was agreed with customers: deals, quotes, contracts with what they are worth, and their amendments.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractLine, day, range } from '#test/domain/documents.ts'
import { ask } from '#test/support/ask.ts'
import { amendmentFact, contractFact, customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { openCrm, type TestCrm } from './support.ts'

let crm: TestCrm
beforeAll(async () => {
  crm = await openCrm()
  await crm.record({
    customers: [customerFact(), customerFact({ id: 'cus_tokyo', currency: 'JPY' })],
    opportunities: [
      opportunityFact({
        stage: 'WON',
        closedOn: day('2025-12-15'),
        owner: { name: 'G', email: 'g@x.example' },
      }),
    ],
    quotes: [
      quoteFact({ id: 'quo_old', number: 'Q-1', validUntil: day('2025-10-31') }),
      quoteFact({
        id: 'quo_new',
        number: 'Q-2',
        validUntil: day('2025-12-31'),
        lines: [
          { id: 'qul_1', productId: 'prd_1', quantity: '2.5', unitPrice: 333n },
          { id: 'qul_2', productId: 'prd_2', quantity: '1', unitPrice: 100n },
        ],
      }),
    ],
    contracts: [
      contractFact({
        opportunityId: 'opp_1',
        lines: [
          contractLine({ id: 'ctl_late', servicePeriod: range('2026-07-01', '2027-01-01'), quantity: '3' }),
          contractLine({ id: 'ctl_early', servicePeriod: range('2026-01-01', '2026-07-01') }),
          contractLine({
            id: 'ctl_once',
            interval: null,
            unitPrice: 50_000n,
            servicePeriod: range('2026-03-01', '2026-03-01'),
          }),
        ],
      }),
      contractFact({
        id: 'ctr_2',
        number: 'C-2',
        status: 'SIGNED',
        startDate: day('2027-01-01'),
        endDate: day('2028-01-01'),
        renewalOfId: 'ctr_1',
      }),
      contractFact({
        id: 'ctr_jpy',
        customerId: 'cus_tokyo',
        currency: 'JPY',
        lines: [contractLine({ id: 'ctl_jpy', unitPrice: 1_000n })],
      }),
    ],
    amendments: [
      amendmentFact({ id: 'amd_1', effectiveDate: day('2026-04-01'), contractValueDelta: -12_34n }),
      amendmentFact({
        id: 'amd_2',
        effectiveDate: day('2026-07-01'),
        kind: 'ADD',
        status: 'PREVIEWED',
        reason: 'More seats',
        contractValueDelta: 5_00n,
      }),
    ],
  })
})
afterAll(() => crm.close())

describe('a contract', () => {
  it('is told in full, its lines by start date and its latest amendment first', async () => {
    const { contract } = await ask<{ contract: unknown }>(
      crm,
      `{ contract(id: "ctr_1") {
        number status currency: totalContractValue { currency } signedOn startDate endDate billingAnchor autoRenew
        customer { id name } opportunity { id } legalEntity { id } renewalOf { id }
        lines {
          id product { id } quantity unitPrice { amount currency minorUnits }
          interval { unit count } servicePeriod { start end } value { amount }
        }
        totalContractValue { amount minorUnits currency }
        amendments { id kind status effectiveDate reason contractValueDelta { amount } contract { id } }
      } }`,
    )
    const price = { amount: '100.00', currency: 'USD', minorUnits: '10000' }
    const monthly = { unit: 'MONTH', count: 1 }
    expect(contract).toEqual({
      number: 'C-1',
      status: 'ACTIVE',
      currency: { currency: 'USD' },
      signedOn: '2025-12-15',
      startDate: '2026-01-01',
      endDate: '2027-01-01',
      billingAnchor: '2026-01-01',
      autoRenew: true,
      customer: { id: 'cus_acme', name: 'Acme' },
      opportunity: { id: 'opp_1' },
      legalEntity: { id: 'ent_us' },
      renewalOf: null,
      lines: [
        {
          id: 'ctl_early',
          product: { id: 'product-1' },
          quantity: '1',
          unitPrice: price,
          interval: monthly,
          servicePeriod: { start: '2026-01-01', end: '2026-07-01' },
          value: { amount: '600.00' },
        },
        {
          id: 'ctl_once',
          product: { id: 'product-1' },
          quantity: '1',
          unitPrice: { amount: '500.00', currency: 'USD', minorUnits: '50000' },
          interval: null,
          servicePeriod: { start: '2026-03-01', end: '2026-03-01' },
          value: { amount: '500.00' },
        },
        {
          id: 'ctl_late',
          product: { id: 'product-1' },
          quantity: '3',
          unitPrice: price,
          interval: monthly,
          servicePeriod: { start: '2026-07-01', end: '2027-01-01' },
          value: { amount: '1800.00' },
        },
      ],
      totalContractValue: { amount: '2900.00', minorUnits: '290000', currency: 'USD' },
      amendments: [
        {
          id: 'amd_2',
          kind: 'ADD',
          status: 'PREVIEWED',
          effectiveDate: '2026-07-01',
          reason: 'More seats',
          contractValueDelta: { amount: '5.00' },
          contract: { id: 'ctr_1' },
        },
        {
          id: 'amd_1',
          kind: 'UPDATE',
          status: 'APPLIED',
          effectiveDate: '2026-04-01',
          reason: null,
          contractValueDelta: { amount: '-12.34' },
          contract: { id: 'ctr_1' },
        },
      ],
    })
  })

  it('says which one it continues', async () => {
    expect(await ask(crm, '{ contract(id: "ctr_2") { renewalOf { number } lines { id } } }')).toEqual({
      contract: { renewalOf: { number: 'C-1' }, lines: [] },
    })
  })

  it('in a currency without minor units is worth whole units', async () => {
    const data = await ask(
      crm,
      '{ contract(id: "ctr_jpy") { totalContractValue { amount minorUnits } lines { unitPrice { amount } } } }',
    )
    expect(data).toEqual({
      contract: {
        totalContractValue: { amount: '12000', minorUnits: '12000' },
        lines: [{ unitPrice: { amount: '1000' } }],
      },
    })
  })
})

it('a deal knows its quotes, the latest first, each with its total, and the contract that came of it', async () => {
  const { opportunity } = await ask<{ opportunity: unknown }>(
    crm,
    `{ opportunity(id: "opp_1") {
      name stage amount { amount currency } expectedCloseDate closedOn owner { name } customer { id }
      contract { id }
      quotes {
        number status validUntil total { amount } opportunity { id }
        lines { id product { id } quantity unitPrice { amount } }
      }
    } }`,
  )
  expect(opportunity).toEqual({
    name: 'First deal',
    stage: 'WON',
    amount: { amount: '1000.00', currency: 'USD' },
    expectedCloseDate: '2026-09-30',
    closedOn: '2025-12-15',
    owner: { name: 'G' },
    customer: { id: 'cus_acme' },
    contract: { id: 'ctr_1' },
    quotes: [
      {
        number: 'Q-2',
        status: 'PRESENTED',
        validUntil: '2025-12-31',
        total: { amount: '9.33' },
        opportunity: { id: 'opp_1' },
        lines: [
          { id: 'qul_1', product: { id: 'prd_1' }, quantity: '2.5', unitPrice: { amount: '3.33' } },
          { id: 'qul_2', product: { id: 'prd_2' }, quantity: '1', unitPrice: { amount: '1.00' } },
        ],
      },
      {
        number: 'Q-1',
        status: 'PRESENTED',
        validUntil: '2025-10-31',
        total: { amount: '0.00' },
        opportunity: { id: 'opp_1' },
        lines: [],
      },
    ],
  })
})

describe('the summary of a customer', () => {
  it.each<[string, Parameters<typeof contractFact>[0][], object]>([
    ['without contracts', [], { active: 0, suspended: 0, nextEndDate: null }],
    [
      'counts what is active and what is suspended',
      [{}, { status: 'ACTIVE' }, { status: 'SUSPENDED' }, { status: 'EXPIRED' }, { status: 'SIGNED' }],
      { active: 2, suspended: 1, nextEndDate: null },
    ],
    [
      'names the earliest end of those in their term that do not renew by themselves',
      [
        { autoRenew: false, endDate: day('2026-11-01') },
        { autoRenew: false, endDate: day('2026-10-01') },
        { autoRenew: true, endDate: day('2026-07-01') },
        { autoRenew: false, endDate: day('2026-08-01'), status: 'TERMINATED' },
        { autoRenew: false, endDate: day('2026-09-01'), status: 'SUSPENDED' },
      ],
      { active: 3, suspended: 1, nextEndDate: '2026-10-01' },
    ],
  ])('%s', async (story, contracts, expected) => {
    const id = `cus_${story}`
    await crm.record({
      customers: [customerFact({ id })],
      contracts: contracts.map((fields, i) => contractFact({ ...fields, id: `${id}_${i}`, customerId: id })),
    })
    const data = await ask(
      crm,
      'query ($id: ID!) { customer(id: $id) { contractSummary { active suspended nextEndDate } } }',
      { id },
    )
    expect(data).toEqual({ customer: { contractSummary: expected } })
  })
})
