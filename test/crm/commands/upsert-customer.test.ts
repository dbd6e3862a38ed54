// The same customer from several systems is one customer, however often and in whatever order they tell of it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CustomerFact } from '#domain/crm.ts'
import type { StatedCustomer } from '#domain/customer-identity.ts'
import type { ExternalRef } from '#domain/entity.ts'
import { readRows } from '#platform/table.ts'
import {
  type CustomerUpsert,
  setCustomerStatus,
  upsertCustomer,
} from '#subgraphs/crm/commands/upsert-customer.ts'
import { customers } from '#subgraphs/crm/store.ts'
import { at50Once } from '#test/support/at-once.ts'
import { customerFact } from '#test/support/facts.ts'
import { type CrmCommands, openCrmCommands } from './support.ts'

let crm: CrmCommands
beforeAll(async () => {
  crm = await openCrmCommands()
})
beforeEach(() => crm.reset())
afterAll(() => crm.close())

const ref = (system: string, externalId: string): ExternalRef => ({
  system,
  instance: 'prod',
  objectType: 'customer',
  externalId,
  url: null,
  sourceVersion: 1n,
})

const VAT = { type: 'eu_vat', value: 'DE123456789' }

const statement = (fields: Partial<StatedCustomer> = {}): StatedCustomer => ({
  externalRefs: [ref('salesforce', '001')],
  name: 'Acme',
  legalName: null,
  email: null,
  domain: null,
  taxIds: [],
  address: null,
  region: null,
  segment: null,
  owner: null,
  currency: 'USD',
  ...fields,
})

const upsert = (
  fields: Partial<StatedCustomer> = {},
  status: CustomerUpsert['status'] = null,
  key = 'wfl_1/customer',
) => upsertCustomer(crm.db, crm.effect(key), { stated: statement(fields), status })

const stored = async (id: string | undefined): Promise<CustomerFact | undefined> =>
  (await readRows(crm.db, customers, [id ?? '']))[0]

const systemsOf = (fact: CustomerFact | undefined): string[] =>
  (fact?.externalRefs ?? []).map(({ system }) => system)

describe('a customer that a system tells of', () => {
  it('is a prospect at first, 50 times at once', async () => {
    const [outcome, ...others] = await at50Once(() => upsert())
    expect(others).toEqual([])
    expect(outcome?.value).toMatchObject({ isNew: true, version: 1, statusBefore: null })
    expect(await stored(outcome?.value?.customerId)).toMatchObject({ status: 'PROSPECT', name: 'Acme' })
    expect(await crm.countEvents()).toBe(1n)
  })

  it('is one, told by three systems, and told again', async () => {
    const inCrm = { externalRefs: [ref('salesforce', '001')], taxIds: [VAT] }
    const inBilling = { externalRefs: [ref('stripe', 'cus_1'), ref('salesforce', '001')] }
    const inErp = { externalRefs: [ref('netsuite', '77')], taxIds: [VAT], legalName: 'Acme GmbH' }
    const told = [inCrm, inBilling, inErp, inCrm, inBilling, inErp]
    const ids = []
    for (const [n, fields] of told.entries())
      ids.push((await upsert(fields, null, `k${n}`)).value?.customerId)
    expect(new Set(ids).size).toBe(1)
    const customer = await stored(ids[0])
    expect(systemsOf(customer)).toEqual(['salesforce', 'stripe', 'netsuite'])
    expect(customer).toMatchObject({ legalName: 'Acme GmbH', taxIds: [VAT] })
    expect(await crm.countEvents()).toBe(3n)
  })

  it('is one, told by two systems at the same moment', async () => {
    const systems = ['salesforce', 'stripe', 'netsuite', 'hubspot']
    const outcomes = await Promise.all(
      systems.map((system) => upsert({ externalRefs: [ref(system, '1')], taxIds: [VAT] }, null, system)),
    )
    const ids = new Set(outcomes.map(({ value }) => value?.customerId))
    expect(ids.size).toBe(1)
    expect(systemsOf(await stored([...ids][0])).toSorted()).toEqual(systems.toSorted())
  })

  it('is the one that intake brought, which keeps what is not told', async () => {
    await crm.record({
      customers: [customerFact({ status: 'PROSPECT', email: 'pay@acme.test', region: 'EMEA' })],
    })
    const known = [{ ...ref('salesforce', 'sf-cus_acme'), instance: 'test', objectType: 'Account' }]
    const { value } = await upsert({ externalRefs: known, name: 'Acme Inc.', region: 'AMER' }, 'ACTIVE')
    expect(value).toEqual({ customerId: 'cus_acme', version: 2, isNew: false, statusBefore: 'PROSPECT' })
    expect(await stored('cus_acme')).toMatchObject({
      status: 'ACTIVE',
      name: 'Acme Inc.',
      email: 'pay@acme.test',
      region: 'AMER',
    })
  })

  it('is the one that carries on where it was merged', async () => {
    const merged = {
      status: 'MERGED',
      mergedIntoId: 'cus_acme',
      externalRefs: [ref('stripe', 'cus_2')],
    } as const
    await crm.record({ customers: [customerFact(), customerFact({ id: 'cus_old', ...merged })] })
    const { value } = await upsert({ externalRefs: [ref('stripe', 'cus_2')] })
    expect(value?.customerId).toBe('cus_acme')
    expect(systemsOf(await stored('cus_acme'))).toEqual(['salesforce', 'stripe'])
  })
})

it.each<[string, Partial<StatedCustomer>, string, string]>([
  ['without a name', { name: ' ' }, 'NAME_MISSING', 'name'],
  ['in a currency that is none', { currency: 'XXQ' }, 'CURRENCY_UNKNOWN', 'currency'],
  ['with a reference to nothing', { externalRefs: [ref('stripe', '')] }, 'REFERENCE_MISSING', 'externalRefs'],
  [
    'with references of two customers',
    { externalRefs: [ref('stripe', '1'), ref('netsuite', '2')] },
    'DUPLICATE_ID',
    'externalRefs',
  ],
])('is refused %s, and nothing is written', async (_, fields, code, field) => {
  await crm.record({
    customers: [
      customerFact({ id: 'cus_1', externalRefs: [ref('stripe', '1')] }),
      customerFact({ id: 'cus_2', externalRefs: [ref('netsuite', '2')] }),
    ],
  })
  expect((await upsert(fields)).violations).toMatchObject([{ code, field }])
  expect(await crm.countEvents()).toBe(2n)
})

const become = (status: 'ACTIVE' | 'PROSPECT', key: string, customerId = 'cus_acme') =>
  setCustomerStatus(crm.db, crm.effect(key), { customerId, status })

describe('what a customer is to us', () => {
  it('can be changed and taken back', async () => {
    await crm.record({ customers: [customerFact({ status: 'PROSPECT' })] })
    const { value } = await become('ACTIVE', 'k1')
    expect(value?.statusBefore).toBe('PROSPECT')
    expect((await become('ACTIVE', 'k2')).value?.version).toBe(2)
    await become('PROSPECT', 'k3')
    expect(await stored('cus_acme')).toMatchObject({ status: 'PROSPECT' })
    expect(await crm.countEvents()).toBe(3n)
  })

  it('is settled once it was merged', async () => {
    await crm.record({ customers: [customerFact({ status: 'MERGED', mergedIntoId: 'cus_2' })] })
    expect((await become('ACTIVE', 'k1')).violations).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'customerId' },
    ])
    expect((await become('ACTIVE', 'k1', 'cus_x')).violations).toMatchObject([
      { code: 'REFERENCE_MISSING', field: 'customerId' },
    ])
  })
})
