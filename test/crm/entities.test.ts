// What the gateway asks by id: CRM resolves what it masters, in the order asked; the unknown is null and NOT_FOUND.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contractLine } from '#test/domain/documents.ts'
import { ask, entities } from '#test/support/ask.ts'
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
  await crm.record({
    customers: [customerFact(), customerFact({ id: 'cus_2', name: 'Second' })],
    contacts: [contactFact()],
    opportunities: [opportunityFact()],
    quotes: [quoteFact()],
    contracts: [
      contractFact({ lines: [contractLine({ id: 'ctl_1' }), contractLine({ id: 'ctl_2', quantity: '2' })] }),
      contractFact({
        id: 'ctr_jpy',
        currency: 'JPY',
        lines: [contractLine({ id: 'ctl_jpy', productId: 'prd_9', unitPrice: 50n })],
      }),
    ],
    amendments: [amendmentFact()],
  })
})
afterAll(() => crm.close())

it.each<[string, string, string, unknown]>([
  ['Customer', 'cus_acme', '{ name }', { name: 'Acme' }],
  ['Contact', 'con_ada', '{ name customer { name } }', { name: 'Ada', customer: { name: 'Acme' } }],
  ['Opportunity', 'opp_1', '{ name }', { name: 'First deal' }],
  ['Quote', 'quo_1', '{ number }', { number: 'Q-1' }],
  ['Contract', 'ctr_1', '{ number }', { number: 'C-1' }],
  ['Amendment', 'amd_1', '{ kind contract { id } }', { kind: 'UPDATE', contract: { id: 'ctr_1' } }],
  [
    'ContractLine',
    'ctl_jpy',
    '{ product { id } unitPrice { amount currency } servicePeriod { start end } value { amount } }',
    {
      product: { id: 'prd_9' },
      unitPrice: { amount: '50', currency: 'JPY' },
      servicePeriod: { start: '2026-01-01', end: '2027-01-01' },
      value: { amount: '600' },
    },
  ],
])('a %s is found by its id, and nothing by an unknown one', async (typename, id, selection, expected) => {
  const { found, failures } = await entities(crm, typename, [id, 'unknown', id], selection)
  expect(found).toEqual([expected, null, expected])
  expect(failures).toEqual(['NOT_FOUND at _entities.1'])
})

it('lines of several contracts come in the order asked, with their own currencies', async () => {
  const { found } = await entities(
    crm,
    'ContractLine',
    ['ctl_jpy', 'nope', 'ctl_2', 'ctl_1'],
    '{ id unitPrice { amount } }',
  )
  expect(found).toEqual([
    { id: 'ctl_jpy', unitPrice: { amount: '50' } },
    null,
    { id: 'ctl_2', unitPrice: { amount: '100.00' } },
    { id: 'ctl_1', unitPrice: { amount: '100.00' } },
  ])
})

it('of several types in one call', async () => {
  const data = await ask(
    crm,
    `query ($of: [_Any!]!) { _entities(representations: $of) {
      __typename ... on Customer { name } ... on Contract { number } ... on ContractLine { quantity }
    } }`,
    {
      of: [
        { __typename: 'ContractLine', id: 'ctl_2' },
        { __typename: 'Customer', id: 'cus_2' },
        { __typename: 'Contract', id: 'ctr_1' },
      ],
    },
  )
  expect(data).toEqual({
    _entities: [
      { __typename: 'ContractLine', quantity: '2' },
      { __typename: 'Customer', name: 'Second' },
      { __typename: 'Contract', number: 'C-1' },
    ],
  })
})

it('tells the gateway its schema', async () => {
  const { _service } = await ask<{ _service: { sdl: string } }>(crm, '{ _service { sdl } }')
  expect(_service.sdl).toContain('type Customer')
})
