// Two records of one customer become one, and two again where that was wrong: nothing is lost on the way.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Customer } from '#domain/crm.ts'
import type { Table } from '#platform/table.ts'
import { readRows } from '#platform/table.ts'
import { mergeCustomers, unmergeCustomers } from '#subgraphs/crm/commands/merge-customers.ts'
import { upsertCustomer } from '#subgraphs/crm/commands/upsert-customer.ts'
import { contacts, contracts, customers, opportunities } from '#subgraphs/crm/store.ts'
import { at50Once } from '#test/support/at-once.ts'
import { contactFact, contractFact, customerFact, externalRef, opportunityFact } from '#test/support/facts.ts'
import { type CrmCommands, openCrmCommands } from './support.ts'

let crm: CrmCommands
beforeAll(async () => {
  crm = await openCrmCommands()
})
beforeEach(async () => {
  await crm.reset()
  const old = { customerId: 'cus_old' }
  await crm.record({
    customers: [
      customerFact({ taxIds: [VAT], status: 'PROSPECT' }),
      customerFact({ id: 'cus_old', taxIds: [VAT, EIN], parentId: 'cus_group' }),
      customerFact({ id: 'cus_child', parentId: 'cus_old' }),
      customerFact({ id: 'cus_older', status: 'MERGED', mergedIntoId: 'cus_old' }),
      customerFact({ id: 'cus_other' }),
    ],
    contacts: [contactFact(), contactFact({ id: 'con_bob', ...old })],
    opportunities: [opportunityFact(old)],
    contracts: [contractFact(old)],
  })
})
afterAll(() => crm.close())

const VAT = { type: 'eu_vat', value: 'DE123456789' }
const EIN = { type: 'us_ein', value: '12-3456789' }

const merge = (survivorId = 'cus_acme', mergedId = 'cus_old', key = 'wfl_1/merge') =>
  mergeCustomers(crm.db, crm.effect(key), { survivorId, mergedId })
const unmerge = (mergedId = 'cus_old', key = 'wfl_1/unmerge') =>
  unmergeCustomers(crm.db, crm.effect(key), { mergedId })

const customer = async (id: string): Promise<Customer | undefined> =>
  (await readRows(crm.db, customers, [id]))[0]

/** Whose something is. */
async function ownerOf(source: Table<{ readonly id: string; readonly customerId: string }>, id: string) {
  return (await readRows(crm.db, source, [id]))[0]?.customerId
}

const owners = async () =>
  Promise.all([
    ownerOf(contacts as never, 'con_bob'),
    ownerOf(opportunities as never, 'opp_1'),
    ownerOf(contracts as never, 'ctr_1'),
  ])

const moved = { contacts: 1, opportunities: 1, contracts: 1, subsidiaries: 1 }

describe('a merge', () => {
  it('moves all that belongs to the one to the other, 50 times at once', async () => {
    expect(await at50Once(() => merge())).toEqual([
      { value: { survivorId: 'cus_acme', mergedId: 'cus_old', ...moved } },
    ])
    expect(await owners()).toEqual(['cus_acme', 'cus_acme', 'cus_acme'])
    const survivor = await customer('cus_acme')
    expect(survivor?.externalRefs.map(({ externalId }) => externalId)).toEqual(['sf-cus_acme', 'sf-cus_old'])
    expect(survivor).toMatchObject({ taxIds: [VAT, EIN], status: 'ACTIVE', version: 2 })
    expect(await customer('cus_old')).toMatchObject({ status: 'MERGED', mergedIntoId: 'cus_acme' })
    expect(await customer('cus_child')).toMatchObject({ parentId: 'cus_acme' })
    expect(await customer('cus_older')).toMatchObject({ mergedIntoId: 'cus_acme' })
    expect(await crm.eventsOf('cus_old')).toEqual(['customer.created', 'customer.merged'])
  })

  it('is one customer for whoever tells of either', async () => {
    await merge()
    const { value } = await upsertCustomer(crm.db, crm.effect('wfl_2/customer'), {
      stated: { ...customerFact(), externalRefs: [externalRef('Account', 'cus_old')] },
      status: null,
    })
    expect(value?.customerId).toBe('cus_acme')
  })

  it('stands, whatever their systems say anew of either: only who undoes it does that', async () => {
    await merge()
    await crm.record({
      customers: [
        customerFact({ name: 'Acme Inc.', sourceVersion: 5n }),
        customerFact({ id: 'cus_old', email: 'ap@old.example', sourceVersion: 5n }),
      ],
    })
    const survivor = await customer('cus_acme')
    expect(survivor?.name).toBe('Acme Inc.')
    expect(survivor?.externalRefs.map(({ externalId }) => externalId)).toEqual(['sf-cus_acme', 'sf-cus_old'])
    const old = { email: 'ap@old.example', status: 'MERGED', mergedIntoId: 'cus_acme' }
    expect(await customer('cus_old')).toMatchObject(old)
    expect((await unmerge()).value).toMatchObject(moved)
  })

  it('of a company into a subsidiary of its subsidiary is refused: the two would be above each other', async () => {
    await crm.record({ customers: [customerFact({ id: 'cus_grandchild', parentId: 'cus_child' })] })
    expect((await merge('cus_grandchild')).violations).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'survivorId' },
    ])
    expect((await merge('cus_old', 'cus_grandchild', 'wfl_2/merge')).violations).toBeUndefined()
  })

  it('of a company into its own subsidiary leaves nobody its own parent', async () => {
    expect((await merge('cus_child')).value).toMatchObject({ subsidiaries: 0 })
    expect(await customer('cus_child')).toMatchObject({ parentId: 'cus_group' })
    await unmerge()
    expect(await customer('cus_child')).toMatchObject({ parentId: 'cus_old' })
  })

  it.each([
    ['with itself', 'cus_acme', 'cus_acme', 'SAME_CUSTOMER', 'mergedId'],
    ['of one that is merged already', 'cus_acme', 'cus_older', 'STATUS_FORBIDS', 'mergedId'],
    ['into one that is merged', 'cus_older', 'cus_acme', 'STATUS_FORBIDS', 'survivorId'],
    ['of an unknown customer', 'cus_acme', 'cus_x', 'REFERENCE_MISSING', 'mergedId'],
    ['into an unknown customer', 'cus_x', 'cus_acme', 'REFERENCE_MISSING', 'survivorId'],
  ])('%s is refused, and nothing is written', async (_, survivorId, mergedId, code, field) => {
    const events = await crm.countEvents()
    expect((await merge(survivorId, mergedId)).violations).toMatchObject([{ code, field }])
    expect(await crm.countEvents()).toBe(events)
  })

  it('both ways round at once happens one way', async () => {
    const outcomes = await Promise.all([
      merge('cus_acme', 'cus_old', 'wfl_1/merge'),
      merge('cus_old', 'cus_acme', 'wfl_2/merge'),
    ])
    expect(outcomes.filter(({ value }) => value !== undefined)).toHaveLength(1)
  })
})

describe('undoing a merge', () => {
  it('gives back what moved, 50 times at once', async () => {
    const before = await Promise.all(['cus_acme', 'cus_old', 'cus_child', 'cus_older'].map(customer))
    await merge()
    expect(await at50Once(() => unmerge())).toEqual([
      { value: { survivorId: 'cus_acme', mergedId: 'cus_old', ...moved } },
    ])
    expect(await owners()).toEqual(['cus_old', 'cus_old', 'cus_old'])
    for (const was of before) {
      const { version: _, recordedAt: __, status, ...rest } = was ?? {}
      expect(await customer(was?.id ?? '')).toMatchObject(rest)
      // It bought something by then: that is not taken back.
      if (was?.id !== 'cus_acme') expect((await customer(was?.id ?? ''))?.status).toBe(status)
    }
    expect(await merge('cus_acme', 'cus_old', 'wfl_2/merge')).toMatchObject({ value: moved })
  })

  it('leaves what the survivor got since, and what it gave away', async () => {
    await merge()
    await crm.record({
      contacts: [
        contactFact({ id: 'con_new' }),
        contactFact({ id: 'con_bob', customerId: 'cus_other', sourceVersion: 2n }),
      ],
    })
    expect((await unmerge()).value).toMatchObject({ contacts: 0, contracts: 1 })
    expect(await ownerOf(contacts as never, 'con_new')).toBe('cus_acme')
    expect(await ownerOf(contacts as never, 'con_bob')).toBe('cus_other')
  })

  it('goes back merge by merge', async () => {
    await merge()
    await merge('cus_other', 'cus_acme', 'wfl_2/merge')
    expect((await unmerge()).violations).toMatchObject([{ code: 'STATUS_FORBIDS', field: 'mergedId' }])
    await unmerge('cus_acme', 'wfl_2/unmerge')
    expect((await unmerge('cus_old', 'wfl_3/unmerge')).value).toMatchObject(moved)
    expect(await owners()).toEqual(['cus_old', 'cus_old', 'cus_old'])
  })

  it('is of a merge by command', async () => {
    expect((await unmerge('cus_older')).violations).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'mergedId' },
    ])
  })
})
