// Who the customers are: found by what is written on a ticket, told in full, and related to each other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, failuresOf } from '#test/support/ask.ts'
import { contactFact, customerFact } from '#test/support/facts.ts'
import { openCrm, type TestCrm } from './support.ts'

let crm: TestCrm
beforeAll(async () => {
  crm = await openCrm()
  await crm.record({
    customers: [
      customerFact({
        id: 'cus_acme',
        name: 'Acme Anvils',
        legalName: 'Acme Corporation LLC',
        email: 'billing@acme.example',
        domain: 'acme.example',
        status: 'ACTIVE',
        parentId: 'cus_holding',
        taxIds: [{ type: 'us_ein', value: '12-3456789' }],
        address: { line1: '1 Main St', city: 'Reno', postalCode: '89501', region: 'NV', country: 'US' },
        region: 'AMER',
        segment: 'ENTERPRISE',
        owner: { name: 'Grace', email: 'grace@us.example' },
        currency: 'USD',
      }),
      customerFact({ id: 'cus_holding', name: 'Holding 100% Ltd', email: 'office@holding.example' }),
      customerFact({ id: 'cus_snake', name: 'snake_case & "Söhne" [GmbH]', legalName: 'Back\\slash' }),
      customerFact({ id: 'cus_muller', name: 'MÜLLER Werke', parentId: 'cus_holding' }),
      customerFact({ id: 'cus_istanbul', name: 'İstanbul Tekstil' }),
      customerFact({ id: 'cus_tokyo', name: '東京商事', currency: 'JPY' }),
      customerFact({ id: 'cus_old', name: 'Acme (old)', status: 'MERGED', mergedIntoId: 'cus_acme' }),
    ],
    contacts: [
      contactFact({ id: 'con_zoe', customerId: 'cus_acme', name: 'Zoe' }),
      contactFact({ id: 'con_ada', customerId: 'cus_acme', name: 'Ada', email: 'ada@acme.example' }),
      contactFact({ id: 'con_bob', customerId: 'cus_tokyo', name: 'Bob' }),
    ],
  })
})
afterAll(() => crm.close())

describe('a search', () => {
  const SEARCH =
    'query ($search: String) { customers(search: $search, first: 100) { nodes { id } totalCount } }'
  interface Found {
    readonly customers: { readonly nodes: readonly { readonly id: string }[]; readonly totalCount: number }
  }
  const ALL = ['acme', 'holding', 'istanbul', 'muller', 'old', 'snake', 'tokyo']

  it.each<[string, string | null, readonly string[]]>([
    ['a word of the name', 'anvils', ['acme']],
    ['a part of a word', 'nvil', ['acme']],
    ['a word that several have', 'acme', ['acme', 'old']],
    ['whatever its case', 'AcMe ANVILS', ['acme']],
    ['in capitals for what has none', 'SÖHNE', ['snake']],
    ['in small letters for what is in capitals', 'müller', ['muller']],
    ['with a capital that has a letter of its own', 'İstanbul', ['istanbul']],
    ['in another script', '商事', ['tokyo']],
    ['two words, wherever they stand', 'llc anvils', ['acme']],
    ['two words of which only one occurs', 'acme werke', []],
    ['the legal name', 'corporation', ['acme']],
    ['the e-mail address', 'office@holding.example', ['holding']],
    ['the domain', 'acme.example', ['acme']],
    ['the id in the other system', 'sf-cus_tokyo', ['tokyo']],
    ['a percent sign as itself', '%', ['holding']],
    ['an underscore as itself', 'snake_case', ['snake']],
    ['an underscore as no joker', 'ac_e', []],
    ['a backslash as itself', '\\', ['snake']],
    ['a bracket as itself', '[gmbh]', ['snake']],
    ['a quotation mark as itself', '"', ['snake']],
    ['an opening bracket alone', '[', ['snake']],
    ['blanks before, after and between', '  acme \t anvils \n', ['acme']],
    ['nothing', '', ALL],
    ['blanks alone', '   ', ALL],
    ['no search', null, ALL],
    ['what nobody has', 'zzz', []],
    ['the syntax of the database', `' OR 1=1 --`, []],
  ])('for %s', async (_, search, expected) => {
    const { customers } = await ask<Found>(crm, SEARCH, { search })
    expect(customers.nodes.map(({ id }) => id.replace('cus_', '')).toSorted()).toEqual(expected)
    expect(customers.totalCount).toBe(expected.length)
  })

  it.each([
    ['more words than anyone types', 'word '.repeat(11)],
    ['more text than anyone types', 'x'.repeat(201)],
    ['a character that no text can have', 'acme\u0000'],
  ])('of %s is refused with BAD_USER_INPUT', async (_, search) => {
    expect(await failuresOf(crm, SEARCH, { search })).toEqual(['BAD_USER_INPUT at customers'])
  })

  it('can be combined with a filter and an order', async () => {
    const { customers } = await ask<Found>(
      crm,
      `{ customers(search: "acme", filter: { status: { in: [ACTIVE] } }, first: 5,
          orderBy: { field: RECORDED_AT, direction: DESC }) { nodes { id } totalCount } }`,
    )
    expect(customers).toEqual({ nodes: [{ id: 'cus_acme' }], totalCount: 1 })
  })
})

describe('a customer', () => {
  it('is told in full', async () => {
    const { customer } = await ask<{ customer: unknown }>(
      crm,
      `{ customer(id: "cus_acme") {
        id version recordedAt externalRefs { system instance objectType externalId url }
        name legalName status email domain taxIds { type value }
        address { line1 city postalCode region country }
        region segment owner { name email } currency
        parent { id name } subsidiaries { id } mergedInto { id }
        contacts { id name email phone title customer { id } }
        contracts(first: 1) { nodes { id } totalCount } opportunities(last: 1) { totalCount }
        contractSummary { active suspended nextEndDate }
      } }`,
    )
    expect(customer).toEqual({
      id: 'cus_acme',
      version: 1,
      recordedAt: '2026-06-15T12:00:00Z',
      externalRefs: [
        {
          system: 'salesforce',
          instance: 'test',
          objectType: 'Account',
          externalId: 'sf-cus_acme',
          url: null,
        },
      ],
      name: 'Acme Anvils',
      legalName: 'Acme Corporation LLC',
      status: 'ACTIVE',
      email: 'billing@acme.example',
      domain: 'acme.example',
      taxIds: [{ type: 'us_ein', value: '12-3456789' }],
      address: { line1: '1 Main St', city: 'Reno', postalCode: '89501', region: 'NV', country: 'US' },
      region: 'AMER',
      segment: 'ENTERPRISE',
      owner: { name: 'Grace', email: 'grace@us.example' },
      currency: 'USD',
      parent: { id: 'cus_holding', name: 'Holding 100% Ltd' },
      subsidiaries: [],
      mergedInto: null,
      contacts: [
        {
          id: 'con_ada',
          name: 'Ada',
          email: 'ada@acme.example',
          phone: null,
          title: null,
          customer: { id: 'cus_acme' },
        },
        { id: 'con_zoe', name: 'Zoe', email: null, phone: null, title: null, customer: { id: 'cus_acme' } },
      ],
      contracts: { nodes: [], totalCount: 0 },
      opportunities: { totalCount: 0 },
      contractSummary: { active: 0, suspended: 0, nextEndDate: null },
    })
  })

  it('knows its subsidiaries by name', async () => {
    const data = await ask(crm, '{ customer(id: "cus_holding") { subsidiaries { name } parent { id } } }')
    expect(data).toEqual({
      customer: { subsidiaries: [{ name: 'Acme Anvils' }, { name: 'MÜLLER Werke' }], parent: null },
    })
  })

  it('that was merged is still there, and says into which', async () => {
    const data = await ask(crm, '{ customer(id: "cus_old") { status mergedInto { id name } } }')
    expect(data).toEqual({
      customer: { status: 'MERGED', mergedInto: { id: 'cus_acme', name: 'Acme Anvils' } },
    })
  })

  it('of which little is known has nothing where nothing is known', async () => {
    const data = await ask(
      crm,
      '{ customer(id: "cus_tokyo") { legalName address { city } taxIds { type } segment } }',
    )
    expect(data).toEqual({ customer: { legalName: null, address: null, taxIds: [], segment: null } })
  })

  it('whose parent has not arrived yet has none', async () => {
    await crm.record({ customers: [customerFact({ id: 'cus_early', parentId: 'cus_late' })] })
    expect(await ask(crm, '{ customer(id: "cus_early") { parent { id } } }')).toEqual({
      customer: { parent: null },
    })
  })
})

describe('an unknown id gives null and', () => {
  it.each([
    ['customer', 'cus_nobody'],
    ['contract', 'ctr_nothing'],
    ['opportunity', 'opp_nothing'],
    ['customer', 'ctr_1'],
    ['customer', ''],
    ['customer', 'x'.repeat(100_000)],
    ['customer', `' OR '1'='1`],
  ])('%s NOT_FOUND: %s', async (field, id) => {
    expect(await failuresOf(crm, `query ($id: ID!) { ${field}(id: $id) { id } }`, { id })).toEqual([
      `NOT_FOUND at ${field}`,
    ])
  })

  it('with a character that no id can have BAD_USER_INPUT', async () => {
    expect(await failuresOf(crm, '{ customer(id: "\\u0000") { id } }')).toEqual([
      'BAD_USER_INPUT at customer',
    ])
  })
})
