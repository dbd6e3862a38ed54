// The books open an account for a customer once, and accounting stops and resumes selling to it on credit.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import { type AccountRequest, openAccount } from '#subgraphs/erp/commands/account.ts'
import { releaseCreditHold, setCreditHold } from '#subgraphs/erp/commands/credit-hold.ts'
import { customerRegions } from '#subgraphs/erp/rule-store.ts'
import { creditProfiles } from '#subgraphs/erp/tables.ts'
import { booksOf, creditProfile, openingFacts, type TestBooks } from '#test/erp/books.ts'
import { at50Once } from '#test/support/at-once.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

let database: TestDatabase
let books: TestBooks
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  books = booksOf(database)
  await books.record({ legalEntities: openingFacts().legalEntities })
})
afterAll(() => database.close())

const effect = (effectKey = 'wfl_1/account'): Effect => ({ ...books.context(), effectKey })

const open = (fields: Partial<AccountRequest> = {}, key?: string) =>
  openAccount(books.db, effect(key), {
    customerId: 'customer-1',
    region: 'AMER',
    legalEntityId: 'entity-1',
    currency: 'USD',
    ...fields,
  })

const eventsOf = async (name: string): Promise<number> =>
  (await books.events())[`revgraph.erp.creditProfile.${name}.v1`] ?? 0

describe('an account', () => {
  it('is opened without a limit, with the region that may choose accounts, 50 times at once', async () => {
    const [outcome, ...others] = await at50Once(() => open())
    expect(others).toEqual([])
    expect(outcome?.value).toMatchObject({ isNew: true, onHold: false })
    expect(await readRows(books.db, creditProfiles, [outcome?.value?.creditProfileId ?? ''])).toMatchObject([
      { customerId: 'customer-1', currency: 'USD', creditLimit: null, version: 1 },
    ])
    expect(await readRows(books.db, customerRegions, ['customer-1'])).toMatchObject([{ region: 'AMER' }])
    expect(await eventsOf('created')).toBe(1)
  })

  it('is one a customer, whichever workflow opens it', async () => {
    const keys = ['wfl_1/account', 'wfl_2/account', 'wfl_3/account']
    const opened = await Promise.all(keys.map((key) => open({}, key)))
    expect(new Set(opened.map(({ value }) => value?.creditProfileId)).size).toBe(1)
    expect(opened.filter(({ value }) => value?.isNew)).toHaveLength(1)
    expect((await open({ currency: 'EUR' }, 'wfl_4/account')).value?.isNew).toBe(false)
    expect(await eventsOf('created')).toBe(1)
  })

  it('that an outside system has as well is named as there, also where accounting had its credit before', async () => {
    await books.record({ creditProfiles: [creditProfile()] })
    const madeAs = {
      system: 'erp-us',
      instance: 'default',
      objectType: 'account',
      externalId: 'gl_1',
      url: null,
      sourceVersion: 0n,
    }
    const { value } = await open({ madeAs })
    expect(value?.isNew).toBe(false)
    const [kept] = await readRows(books.db, creditProfiles, [value?.creditProfileId ?? ''])
    expect(kept?.externalRefs).toContainEqual(madeAs)
  })

  it('that accounting has on hold stays so, and says so', async () => {
    await books.record({ creditProfiles: [creditProfile({ onHold: true, holdReason: 'Overdue' })] })
    expect((await open()).value).toEqual({ creditProfileId: 'cpr_1', isNew: false, onHold: true })
    expect(await eventsOf('changed')).toBe(0)
  })

  it.each([
    ['an unknown company', { legalEntityId: 'entity-x' }, 'REFERENCE_MISSING', 'legalEntityId'],
    ['a currency that is none', { currency: 'XXQ' }, 'CURRENCY_UNKNOWN', 'currency'],
  ])('is refused for %s, and nothing is written', async (_, fields, code, field) => {
    const events = await books.events()
    expect((await open(fields)).violations).toMatchObject([{ code, field }])
    expect(await books.events()).toEqual(events)
  })
})

const hold = (reason = 'Invoice overdue', key = 'wfl_1/hold') =>
  setCreditHold(books.db, effect(key), { customerId: 'customer-1', reason })
const release = (key = 'wfl_1/release') =>
  releaseCreditHold(books.db, effect(key), { customerId: 'customer-1' })
const held = () => readRows(books.db, creditProfiles, ['cpr_1'])

describe('a credit hold', () => {
  const changed = { value: { creditProfileId: 'cpr_1', isChanged: true } }
  const asBefore = { value: { creditProfileId: 'cpr_1', isChanged: false } }

  it('stops the customer, 50 times at once, until it is released', async () => {
    await books.record({ creditProfiles: [creditProfile()] })
    expect(await at50Once(() => hold())).toEqual([changed])
    expect(await held()).toMatchObject([{ onHold: true, holdReason: 'Invoice overdue' }])
    expect(await at50Once(() => release())).toEqual([changed])
    expect(await held()).toMatchObject([{ onHold: false, holdReason: null, creditLimit: 10_000_00n }])
    expect(await release('wfl_2/release')).toEqual(asBefore)
    expect(await eventsOf('changed')).toBe(2)
  })

  it('that is there keeps its reason', async () => {
    await books.record({ creditProfiles: [creditProfile({ onHold: true, holdReason: 'Disputed' })] })
    expect(await hold()).toEqual(asBefore)
    expect(await held()).toMatchObject([{ holdReason: 'Disputed', version: 1 }])
  })

  it('needs a reason and an account', async () => {
    expect((await hold(' ')).violations).toMatchObject([{ code: 'REASON_MISSING', field: 'reason' }])
    expect((await hold()).violations).toMatchObject([{ code: 'REFERENCE_MISSING', field: 'customerId' }])
    expect((await release()).violations).toMatchObject([{ code: 'REFERENCE_MISSING', field: 'customerId' }])
    expect(await eventsOf('changed')).toBe(0)
  })
})
