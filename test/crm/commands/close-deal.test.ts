// What closing a deal does in CRM: a contract is signed and the opportunity is won, each once for its step.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DealTerms } from '#domain/deal.ts'
import { readRows } from '#platform/table.ts'
import { reopenOpportunity, winOpportunity } from '#subgraphs/crm/commands/opportunity.ts'
import { signContract } from '#subgraphs/crm/commands/sign-contract.ts'
import { readDeal } from '#subgraphs/crm/deal-store.ts'
import { contracts, opportunities } from '#subgraphs/crm/store.ts'
import { yearly } from '#test/domain/deals.ts'
import { contractLine, day, range } from '#test/domain/documents.ts'
import { contractFact, customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { at50Once } from '#test/support/at-once.ts'
import { type CrmCommands, openCrmCommands } from './support.ts'

let crm: CrmCommands
beforeAll(async () => {
  crm = await openCrmCommands()
})
beforeEach(async () => {
  await crm.reset()
  await crm.record({ customers: [customerFact()], opportunities: [opportunityFact()], quotes: [quoteFact()] })
})
afterAll(() => crm.close())

const term = range('2026-11-01', '2027-11-01')

const terms = (fields: Partial<DealTerms> = {}): DealTerms => ({
  opportunityId: 'opp_1',
  draftId: null,
  series: 'C-US',
  customerId: 'cus_acme',
  legalEntityId: 'ent_us',
  currency: 'USD',
  signedOn: term.start,
  startDate: term.start,
  endDate: term.end,
  billingAnchor: null,
  autoRenew: true,
  lines: [
    {
      id: null,
      productId: 'prd_1',
      quantity: '1',
      unitPrice: 1_200_000n,
      interval: yearly,
      servicePeriod: term,
    },
  ],
  totalContractValue: 1_200_000n,
  ...fields,
})

const sign = (fields: Partial<DealTerms> = {}, key = 'wfl_1/contract') =>
  signContract(crm.db, crm.effect(key), terms(fields))

const win = () =>
  winOpportunity(crm.db, crm.effect('wfl_1/won'), {
    opportunityId: 'opp_1',
    closedOn: day('2026-11-01'),
    amount: 1_200_000n,
  })

describe('signing the contract of a deal', () => {
  it('makes one that binds both sides, with the next number of its series', async () => {
    const { value } = await sign()
    expect(value).toMatchObject({ number: 'C-US-000001', version: 1 })
    const [contract] = await readRows(crm.db, contracts, [value?.contractId ?? ''])
    expect(contract).toMatchObject({
      opportunityId: 'opp_1',
      status: 'SIGNED',
      signedOn: day('2026-11-01'),
      totalContractValue: 1_200_000n,
      externalRefs: [{ system: 'revgraph', externalId: 'wfl_1/contract' }],
    })
    expect(contract?.lines.map(({ id }) => id)).toEqual(value?.lineIds)
    expect(await crm.eventsOf(value?.contractId ?? '')).toEqual(['contract.signed'])
  })

  it('counts each series by itself, and loses no number where a contract is refused', async () => {
    await crm.record({ opportunities: ['opp_2', 'opp_3'].map((id) => opportunityFact({ id })) })
    await sign()
    const beyond = { ...terms().lines[0], servicePeriod: range('2026-11-01', '2028-01-01') }
    expect(
      (await sign({ opportunityId: 'opp_2', lines: [beyond as DealTerms['lines'][number]] }, 'k2'))
        .violations,
    ).toMatchObject([{ code: 'DATE_OUTSIDE_CONTRACT', field: 'lines.0.servicePeriod' }])
    expect((await sign({ opportunityId: 'opp_2' }, 'k2')).value?.number).toBe('C-US-000002')
    expect((await sign({ opportunityId: 'opp_3', series: 'C-DE' }, 'k3')).value?.number).toBe('C-DE-000001')
  })

  it('signs the draft where there is one', async () => {
    const line = contractLine({ id: 'ctl_7', servicePeriod: term })
    const draft = contractFact({
      startDate: term.start,
      endDate: term.end,
      status: 'DRAFT',
      signedOn: null,
      opportunityId: 'opp_1',
      number: 'C-7',
    })
    await crm.record({ contracts: [draft] })
    expect(await readDeal(crm.db, 'opp_1')).toMatchObject({ draft: { id: 'ctr_1' }, lastLegalEntityId: null })
    expect((await sign({ draftId: 'ctr_1', lines: [line] })).value).toEqual({
      contractId: 'ctr_1',
      number: 'C-7',
      version: 2,
      lineIds: ['ctl_7'],
    })
    expect(await crm.eventsOf('ctr_1')).toEqual(['contract.created', 'contract.signed'])
  })

  it('is one effect, 50 times at once', async () => {
    const [outcome, ...others] = await at50Once(() => sign())
    expect(others).toEqual([])
    expect(await crm.eventsOf(outcome?.value?.contractId ?? '')).toEqual(['contract.signed'])
    expect((await readDeal(crm.db, 'opp_1'))?.lastLegalEntityId).toBe('ent_us')
  })

  it('makes one contract a deal, whichever workflow comes first', async () => {
    const outcomes = await Promise.all(['wfl_1/contract', 'wfl_2/contract'].map((key) => sign({}, key)))
    expect(outcomes.flatMap(({ violations = [] }) => violations)).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'opportunityId' },
    ])
  })

  it.each<[string, Partial<DealTerms>, string, string]>([
    ['an unknown customer', { customerId: 'cus_x' }, 'REFERENCE_MISSING', 'customerId'],
    ['a customer that was merged', { customerId: 'cus_old' }, 'STATUS_FORBIDS', 'customerId'],
    ['an unknown deal', { opportunityId: 'opp_x' }, 'REFERENCE_MISSING', 'opportunityId'],
    ['a lost deal', { opportunityId: 'opp_lost' }, 'STATUS_FORBIDS', 'opportunityId'],
    ['an unknown draft', { draftId: 'ctr_x' }, 'REFERENCE_MISSING', 'draftId'],
    ['a draft that is none any more', { draftId: 'ctr_1' }, 'STATUS_FORBIDS', 'draftId'],
    ['a term that ends before it starts', { endDate: day('2026-10-01') }, 'DATE_ORDER', 'endDate'],
  ])('is refused for %s, and nothing is written', async (_, fields, code, field) => {
    await crm.record({
      customers: [customerFact({ id: 'cus_old', status: 'MERGED', mergedIntoId: 'cus_acme' })],
      opportunities: [opportunityFact({ id: 'opp_lost', stage: 'LOST' })],
      contracts: [contractFact()],
    })
    const events = await crm.countEvents()
    expect((await sign(fields)).violations).toEqual(
      expect.arrayContaining([expect.objectContaining({ code, field })]),
    )
    expect(await crm.countEvents()).toBe(events)
  })
})

describe('a won opportunity', () => {
  it('is what was sold, 50 times at once', async () => {
    expect(await at50Once(win)).toEqual([
      { value: { opportunityId: 'opp_1', version: 2, amountBefore: '100000' } },
    ])
    expect(await readRows(crm.db, opportunities, ['opp_1'])).toMatchObject([
      { stage: 'WON', closedOn: day('2026-11-01'), amount: 1_200_000n },
    ])
    expect(await crm.eventsOf('opp_1')).toEqual(['opportunity.created', 'opportunity.won'])
  })

  it('is open again once that is taken back, and can be won again', async () => {
    await win()
    const reopened = await reopenOpportunity(crm.db, crm.effect('wfl_1/won.undo'), {
      opportunityId: 'opp_1',
      amount: 1_000_00n,
    })
    expect(reopened.value?.version).toBe(3)
    expect(await readRows(crm.db, opportunities, ['opp_1'])).toMatchObject([
      { stage: 'OPEN', closedOn: null, amount: 1_000_00n },
    ])
    await winOpportunity(crm.db, crm.effect('wfl_2/won'), {
      opportunityId: 'opp_1',
      closedOn: day('2026-11-02'),
      amount: 5n,
    })
    expect(await crm.eventsOf('opp_1')).toEqual([
      'opportunity.created',
      'opportunity.won',
      'opportunity.changed',
      'opportunity.won',
    ])
  })

  it('is decided once', async () => {
    await win()
    const again = await winOpportunity(crm.db, crm.effect('wfl_2/won'), {
      opportunityId: 'opp_1',
      closedOn: day('2026-11-02'),
      amount: 5n,
    })
    expect(again.violations).toMatchObject([{ code: 'STATUS_FORBIDS', field: 'opportunityId' }])
    const open = { opportunityId: 'opp_2', amount: 5n }
    await crm.record({ opportunities: [opportunityFact({ id: 'opp_2' })] })
    expect((await reopenOpportunity(crm.db, crm.effect(), open)).violations).toMatchObject([
      { code: 'STATUS_FORBIDS', field: 'opportunityId' },
    ])
    expect(await crm.countEvents()).toBe(5n)
  })

  it('is one that there is', async () => {
    const unknown = { opportunityId: 'opp_x', closedOn: day('2026-11-02'), amount: 5n }
    expect((await winOpportunity(crm.db, crm.effect(), unknown)).violations).toMatchObject([
      { code: 'REFERENCE_MISSING', field: 'opportunityId' },
    ])
  })
})
