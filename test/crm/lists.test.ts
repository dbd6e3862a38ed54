// The lists of CRM: every filter and order that the schema offers works, and more parents take no more statements.
import { isEnumType, isInputObjectType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractLine, day } from '#test/domain/documents.ts'
import { ask, entities, failuresOf } from '#test/support/ask.ts'
import {
  amendmentFact,
  contactFact,
  contractFact,
  customerFact,
  opportunityFact,
  quoteFact,
} from '#test/support/facts.ts'
import { openCrm, type TestCrm } from './support.ts'

const CUSTOMERS = 50
const SEGMENTS = ['SMALL_BUSINESS', 'MID_MARKET', 'ENTERPRISE'] as const
const STAGES = ['OPEN', 'WON', 'LOST'] as const
const numbers = Array.from({ length: CUSTOMERS }, (_, i) => i)

let crm: TestCrm
beforeAll(async () => {
  crm = await openCrm()
  await crm.record({
    customers: numbers.map((i) =>
      customerFact({
        id: `cus_${i}`,
        name: `Customer ${i % 10}`,
        status: i % 2 === 0 ? 'ACTIVE' : 'PROSPECT',
        segment: SEGMENTS[i % 3] ?? null,
        region: i % 5 === 0 ? 'EMEA' : 'AMER',
        parentId: i === 0 ? null : 'cus_0',
      }),
    ),
    contacts: numbers.map((i) => contactFact({ id: `con_${i}`, customerId: `cus_${i}` })),
    opportunities: numbers.flatMap((i) =>
      [0, 1].map((n) =>
        opportunityFact({
          id: `opp_${i}_${n}`,
          customerId: `cus_${i}`,
          stage: STAGES[i % 3] ?? 'OPEN',
          amount: BigInt(i % 7),
          expectedCloseDate: day('2026-01-01').add({ days: i % 30 }),
        }),
      ),
    ),
    quotes: numbers.map((i) => quoteFact({ id: `quo_${i}`, opportunityId: `opp_${i}_0` })),
    contracts: numbers.flatMap((i) =>
      [0, 1, 2].map((n) =>
        contractFact({
          id: `ctr_${i}_${n}`,
          customerId: `cus_${i}`,
          opportunityId: n === 0 ? `opp_${i}_0` : null,
          legalEntityId: i % 2 === 0 ? 'ent_us' : 'ent_de',
          status: n === 0 ? 'ACTIVE' : 'EXPIRED',
          startDate: day('2026-01-01').add({ days: i % 30 }),
          lines: [contractLine({ id: `ctl_${i}_${n}`, interval: null, servicePeriod: dayOf(i) })],
        }),
      ),
    ),
    amendments: numbers.map((i) => amendmentFact({ id: `amd_${i}`, contractId: `ctr_${i}_0` })),
  })
})
afterAll(() => crm.close())

const dayOf = (i: number) => {
  const start = day('2026-01-01').add({ days: i % 30 })
  return { start, end: start.add({ days: 1 }) }
}

interface Lists {
  readonly customers: { readonly nodes: readonly { readonly id: string }[]; readonly totalCount: number }
}

/** `Opportunity` → `opportunities`. */
const listOf = (name: string): string => `${name.toLowerCase().replace(/y$/, 'ie')}s`

describe('what the schema offers', () => {
  const NAMES = ['Customer', 'Contract', 'Opportunity'] as const

  it.each(NAMES)('every order of %s works, in both directions', async (name) => {
    const fields = crm.schema.getType(`${name}OrderField`)
    const values = isEnumType(fields) ? fields.getValues().map(({ name: field }) => field) : []
    expect(values.length).toBeGreaterThan(0)
    for (const field of values) {
      for (const direction of ['ASC', 'DESC']) {
        const list = `${listOf(name)}(first: 100, orderBy: { field: ${field}, direction: ${direction} })`
        const data = await ask<Record<string, { nodes: unknown[]; totalCount: number }>>(
          crm,
          `{ ${list} { nodes { id } totalCount } }`,
        )
        expect(data[listOf(name)]?.nodes).toHaveLength(Math.min(100, data[listOf(name)]?.totalCount ?? 0))
      }
    }
  })

  it.each(NAMES)('every filter of %s is one that the list knows', async (name) => {
    const filter = crm.schema.getType(`${name}Filter`)
    const fields = isInputObjectType(filter) ? Object.keys(filter.getFields()) : []
    expect(fields.length).toBeGreaterThan(0)
    for (const field of fields) {
      const condition = field.endsWith('Date') ? '{ lt: "1990-01-01" }' : '{ in: [] }'
      const data = await ask<Record<string, unknown>>(
        crm,
        `{ ${listOf(name)}(first: 1, filter: { ${field}: ${condition} }) { totalCount } }`,
      )
      expect(data).toEqual({ [listOf(name)]: { totalCount: 0 } })
    }
  })

  it('every list takes its page size from the client', () => {
    const types = [crm.schema.getQueryType(), crm.schema.getType('Customer')]
    const lists = types.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields()).filter(({ type: of }) => String(of).endsWith('Connection!'))
        : [],
    )
    expect(lists.map(({ name }) => name)).toEqual([
      'customers',
      'contracts',
      'opportunities',
      'opportunities',
      'contracts',
    ])
  })
})

describe('a filter', () => {
  it.each([
    ['customers(filter: { status: { in: [ACTIVE] } }, first: 1)', 25],
    ['customers(filter: { status: { in: [ACTIVE, PROSPECT] } }, first: 1)', 50],
    ['customers(filter: { segment: { in: [ENTERPRISE] }, region: { in: ["EMEA"] } }, first: 1)', 3],
    ['contracts(filter: { legalEntity: { in: ["ent_de"] }, status: { in: [ACTIVE] } }, first: 1)', 25],
    ['contracts(filter: { startDate: { gte: "2026-01-02", lt: "2026-01-04" } }, first: 1)', 12],
    ['contracts(filter: { endDate: { lt: "2027-01-01" } }, first: 1)', 0],
    ['opportunities(filter: { stage: { in: [WON, LOST] } }, first: 1)', 66],
    ['opportunities(filter: { expectedCloseDate: { gte: "2026-01-30" } }, first: 1)', 2],
  ])('%s matches %i', async (list, totalCount) => {
    expect(Object.values(await ask<object>(crm, `{ ${list} { totalCount } }`))).toEqual([{ totalCount }])
  })
})

describe('bad arguments are told with a code', () => {
  it.each([
    ['customers', 'BAD_USER_INPUT at customers'],
    ['customers(first: 0)', 'BAD_USER_INPUT at customers'],
    ['customers(first: 1000)', 'BAD_USER_INPUT at customers'],
    ['customers(first: 1, last: 1)', 'BAD_USER_INPUT at customers'],
    ['customers(first: 1, after: "nonsense")', 'CURSOR_INVALID at customers'],
    ['contracts(last: -1)', 'BAD_USER_INPUT at contracts'],
    ['opportunities(first: 101)', 'BAD_USER_INPUT at opportunities'],
  ])('%s: %s', async (list, failure) => {
    expect(await failuresOf(crm, `{ ${list} { totalCount } }`)).toEqual([failure])
  })

  it('in a list below another, at its place, while the rest is told', async () => {
    const failures = await failuresOf(
      crm,
      '{ customers(first: 2) { nodes { id contracts(first: 0) { totalCount } } } }',
    )
    expect(failures[0]).toBe('BAD_USER_INPUT at customers.nodes.0.contracts')
  })

  it('a cursor of one list in another', async () => {
    const { contracts } = await ask<{ contracts: { pageInfo: { endCursor: string } } }>(
      crm,
      '{ contracts(first: 1) { pageInfo { endCursor } } }',
    )
    const { endCursor: after } = contracts.pageInfo
    const below =
      'query ($after: String) { customer(id: "cus_0") { contracts(first: 1, after: $after) { totalCount } } }'
    expect(await failuresOf(crm, below, { after })).toEqual(['CURSOR_INVALID at customer.contracts'])
    const other = 'query ($after: String) { opportunities(first: 1, after: $after) { totalCount } }'
    expect(await failuresOf(crm, other, { after })).toEqual(['CURSOR_INVALID at opportunities'])
  })
})

describe('the number of statements', () => {
  const EVERYTHING = `query ($first: Int!) { customers(first: $first) { totalCount nodes {
    id parent { id parent { id } } subsidiaries { id } mergedInto { id } contacts { id customer { id } }
    contractSummary { active }
    opportunities(first: 2) {
      totalCount edges { cursor node { id customer { id } quotes { id lines { id } } contract { id } } }
    }
    contracts(first: 2, orderBy: { field: END_DATE, direction: ASC }) {
      totalCount pageInfo { endCursor }
      nodes {
        id customer { id } opportunity { id } renewalOf { id } lines { id value { amount } }
        amendments { id contract { id } }
      }
    }
  } } }`

  it('does not grow with the customers of a list', async () => {
    const few = await crm.statementsOf(() => ask(crm, EVERYTHING, { first: 5 }))
    const many = await crm.statementsOf(() => ask(crm, EVERYTHING, { first: 50 }))
    // One less: a page that is the whole list need not be counted.
    expect([few, few - 1]).toContain(many)
    // customers and their total; parents and customers of contacts, subsidiaries, contacts, summaries;
    // contracts and opportunities with totals, quotes, amendments; contracts of opportunities, and by id.
    expect(many).toBeLessThanOrEqual(16)
  })

  it.each<[string, (i: number) => string, string]>([
    [
      'Customer',
      (i) => `cus_${i}`,
      '{ name contractSummary { active } contracts(first: 3) { totalCount nodes { id } } }',
    ],
    ['Contract', (i) => `ctr_${i}_0`, '{ lines { id } amendments { id } }'],
    ['ContractLine', (i) => `ctl_${i}_0`, '{ value { amount } }'],
  ])('does not grow with the number of %s entities', async (typename, idOf, selection) => {
    const read = (count: number) => async (): Promise<void> => {
      const { failures } = await entities(crm, typename, numbers.slice(0, count).map(idOf), selection)
      expect(failures).toEqual([])
    }
    expect(await crm.statementsOf(read(50))).toBe(await crm.statementsOf(read(5)))
  })

  it('is one for a total that is asked for alone beside its page', async () => {
    const page = await crm.statementsOf(() => ask<Lists>(crm, '{ customers(first: 5) { nodes { id } } }'))
    const counted = await crm.statementsOf(() =>
      ask<Lists>(crm, '{ customers(first: 5) { nodes { id } totalCount } }'),
    )
    expect([page, counted]).toEqual([1, 2])
  })
})

describe('lists below customers', () => {
  it('are each the customer’s own, walked with its own cursors', async () => {
    const page = `contracts(first: 2, after: $after, orderBy: { field: START_DATE, direction: ASC }) {
      nodes { id } pageInfo { endCursor hasNextPage } totalCount }`
    interface Answer {
      readonly customer: {
        readonly contracts: {
          readonly nodes: readonly { readonly id: string }[]
          readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean }
          readonly totalCount: number
        }
      }
    }
    const read = async (after: string | null) =>
      (await ask<Answer>(crm, `query ($after: String) { customer(id: "cus_7") { ${page} } }`, { after }))
        .customer.contracts
    const first = await read(null)
    const second = await read(first.pageInfo.endCursor)
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(['ctr_7_0', 'ctr_7_1', 'ctr_7_2'])
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
    expect([first.totalCount, second.totalCount]).toEqual([3, 3])
  })

  it('hold at most 100 where they have no pages', async () => {
    await crm.record({
      contacts: Array.from({ length: 105 }, (_, i) =>
        contactFact({ id: `con_many_${i}`, customerId: 'cus_many', name: String(i).padStart(3, '0') }),
      ),
      customers: [customerFact({ id: 'cus_many', name: 'zz' })],
    })
    const { customer } = await ask<{ customer: { contacts: readonly { readonly name: string }[] } }>(
      crm,
      '{ customer(id: "cus_many") { contacts { name } } }',
    )
    expect(customer.contacts.map(({ name }) => Number(name))).toEqual(
      Array.from({ length: 100 }, (_, i) => i),
    )
  })
})
