// A contract's term begins and ends by command: nothing is deleted, and what is so already stays so.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ContractFact } from '#domain/crm.ts'
import { readRows } from '#platform/table.ts'
import { activateContract, expireContract, terminateContract } from '#subgraphs/crm/commands/contract.ts'
import { contracts } from '#subgraphs/crm/store.ts'
import { contractLine, day } from '#test/domain/documents.ts'
import { at50Once } from '#test/support/at-once.ts'
import { contractFact } from '#test/support/facts.ts'
import { type CrmCommands, openCrmCommands } from './support.ts'

let crm: CrmCommands
beforeAll(async () => {
  crm = await openCrmCommands()
})
beforeEach(() => crm.reset())
afterAll(() => crm.close())

/** A contract for 2026 at 100.00 a month. */
const given = (fields: Partial<ContractFact> = {}) =>
  crm.record({ contracts: [contractFact({ lines: [contractLine()], ...fields })] })

const activate = (contractId = 'ctr_1') => activateContract(crm.db, crm.effect(), { contractId })
const terminate = (on = '2026-05-01', contractId = 'ctr_1') =>
  terminateContract(crm.db, crm.effect(), { contractId, on: day(on) })

describe('activating', () => {
  it('begins the term of a signed contract, 50 times at once', async () => {
    await given({ status: 'SIGNED' })
    expect(await at50Once(activate)).toEqual([{ value: { contractId: 'ctr_1', number: 'C-1', version: 2 } }])
    expect(await crm.eventsOf('ctr_1')).toEqual(['contract.signed', 'contract.activated'])
  })

  it('leaves an active one as it is', async () => {
    await given()
    expect((await activate()).value?.version).toBe(1)
  })

  it.each(['DRAFT', 'SUSPENDED', 'EXPIRED', 'TERMINATED', 'RENEWED'] as const)(
    'is refused for one that is %s',
    async (status) => {
      await given({ status })
      expect((await activate()).violations).toMatchObject([{ code: 'STATUS_FORBIDS', field: 'contractId' }])
      expect(await crm.countEvents()).toBe(1n)
    },
  )

  it('is refused for one that there is not', async () => {
    expect((await activate('ctr_x')).violations).toMatchObject([
      { code: 'REFERENCE_MISSING', field: 'contractId' },
    ])
  })
})

const expire = () => expireContract(crm.db, crm.effect(), { contractId: 'ctr_1' })
const lastYear = { startDate: day('2025-01-01'), endDate: day('2026-01-01'), autoRenew: false }

describe('expiring', () => {
  it('ends one whose term is over, 50 times at once', async () => {
    await given({ ...lastYear, lines: [] })
    expect(await at50Once(expire)).toEqual([{ value: { contractId: 'ctr_1', number: 'C-1', version: 2 } }])
    expect(await crm.eventsOf('ctr_1')).toEqual(['contract.signed', 'contract.expired'])
  })

  it.each<[string, Partial<ContractFact>, string]>([
    ['that renews by itself', { autoRenew: true }, 'STATUS_FORBIDS'],
    ['that is terminated', { status: 'TERMINATED' }, 'STATUS_FORBIDS'],
    ['whose term runs on', { endDate: day('2026-12-31') }, 'PERIOD_NOT_ENDED'],
  ])('is refused for one %s', async (_, fields, code) => {
    await given({ ...lastYear, lines: [], ...fields })
    expect((await expire()).violations).toMatchObject([{ code, field: 'contractId' }])
  })
})

describe('terminating', () => {
  it('ends it on the day, with what was delivered until then, 50 times at once', async () => {
    await given()
    expect(await at50Once(() => terminate())).toMatchObject([{ value: { version: 2 } }])
    expect(await readRows(crm.db, contracts, ['ctr_1'])).toMatchObject([
      { status: 'TERMINATED', endDate: day('2026-05-01'), totalContractValue: 40_000n, autoRenew: false },
    ])
    expect(await crm.eventsOf('ctr_1')).toEqual(['contract.signed', 'contract.terminated'])
  })

  it('leaves nothing of one whose term has not begun', async () => {
    await given({ status: 'SIGNED' })
    await terminate('2025-12-20')
    expect(await readRows(crm.db, contracts, ['ctr_1'])).toMatchObject([
      { status: 'TERMINATED', endDate: day('2026-01-01'), totalContractValue: 0n, lines: [] },
    ])
  })

  it('leaves one that is over as it is', async () => {
    await given({ status: 'TERMINATED' })
    expect((await terminate()).value?.version).toBe(1)
  })

  it.each<[string, Partial<ContractFact>, string, string, string]>([
    ['a draft', { status: 'DRAFT' }, '2026-05-01', 'STATUS_FORBIDS', 'contractId'],
    ['one that was renewed', { status: 'RENEWED' }, '2026-05-01', 'STATUS_FORBIDS', 'contractId'],
    ['a day after its term', {}, '2027-01-02', 'DATE_OUTSIDE_CONTRACT', 'on'],
  ])('is refused for %s', async (_, fields, on, code, field) => {
    await given(fields)
    expect((await terminate(on)).violations).toMatchObject([{ code, field }])
    expect(await crm.countEvents()).toBe(1n)
  })
})
